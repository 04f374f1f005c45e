"""Minutes that were once misread: each case a kind of fault, with what a careful reader sees."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kb.model import Minutes, SourceText
from kb.parse import parse
from kb.repair import repair

CASES = sorted((Path(__file__).parent / "cases").glob("*.json"))


def _time(minutes: Minutes, key: str) -> str | None:
    stated = getattr(minutes, key)
    return stated.strftime("%H:%M") if stated else None


def _found(minutes: Minutes, key: str) -> Any:
    """Return what was read of a kind, as the cases write it."""
    match key:
        case "people":
            return sorted(
                [person.name, person.presence.value, person.role and person.role.value]
                for person in minutes.participants
            )
        case "mun":
            return sorted([each.name, each.part.value] for each in minutes.municipalities)
        case "act":
            return [list(action.who) for action in minutes.actions]
        case "dec":
            return [decision.text for decision in minutes.decisions]
        case "meet":
            return [
                [each.date.isoformat(), each.time and each.time.strftime("%H:%M")]
                for each in minutes.meetings
            ]
        case "sec":
            return [section.heading for section in minutes.sections]
        case "date":
            return minutes.date.stated and minutes.date.stated.isoformat()
        case "prop":
            return minutes.date.proposed and minutes.date.proposed.isoformat()
        case "time" | "end_time":
            return _time(minutes, key)
        case _:
            return getattr(minutes, key)


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_case_is_read_as_a_careful_reader_would(file: Path):
    text = file.with_suffix(".txt").read_text("utf-8")
    minutes = parse(repair(SourceText.of(text, f"{file.stem}.txt")))
    expected = json.loads(file.read_text("utf-8"))["expect"]
    for key, wanted in expected.items():
        if key == "not_people":
            assert not {person.name for person in minutes.participants} & set(wanted)
        elif key == "not_sec":
            assert not {section.heading for section in minutes.sections} & set(wanted)
        else:
            assert _found(minutes, key) == (sorted(wanted) if key in ("people", "mun") else wanted)


def test_there_are_cases():
    assert len(CASES) >= 20
