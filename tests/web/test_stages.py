"""An index that some stage of another version made breaks no page, and says what mends it."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from kb.build import background, stages
from kb.build.current_index import CurrentIndex
from kb.build.watch import Watcher
from kb.cli import main
from kb.config import Settings
from kb.web import create_app
from tests import indexes
from tests.build.changed import changed_stage
from tests.web.access import with_key
from tests.web.test_addresses import READ

STAGES = [stage for stage in stages.STAGES if not stage.name.startswith("reader.")]
STAGES += [stage for stage in stages.STAGES if stage.name == "reader.text"]


@pytest.fixture
def settings() -> Settings:
    return indexes.built()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The indexes that somebody wanted to have built."""
    found: list[Path] = []
    monkeypatch.setattr(background, "start", lambda settings: found.append(settings.index))
    return found


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_each_address_answers_and_says_what_mends(
    settings: Settings,
    started: list[Path],
    stage: stages.Stage,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    changed_stage(monkeypatch, stage.name)
    client = with_key(create_app(settings, CurrentIndex(settings)))
    answered = {}
    for address in READ:
        answer = client.get(address.example)
        allowed = {200, 404, 503} if stage.opens else {200, 404}
        if answer.status_code not in allowed:
            answered[address.example] = answer.status_code
    assert answered == {}
    page = client.get("/bibliotek").text
    assert stage.label in page
    assert "kb build" in page
    assert bool(started) == stage.opens  # what cannot be opened is built by itself
    where = ["--library", str(settings.library), "--index", str(settings.index)]
    assert main(["status", *where]) == 1
    said = capsys.readouterr().out
    assert stage.label in said
    assert "Åtgärda med: kb build" in said


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_the_watcher_has_it_built(
    settings: Settings,
    started: list[Path],
    stage: stages.Stage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
):
    changed_stage(monkeypatch, stage.name)
    watcher = Watcher(replace(settings, watch=True), seconds=0)
    watcher.look()
    watcher.look()
    assert started == [settings.index]
    assert not [one for one in caplog.records if one.levelno >= logging.ERROR]


def test_an_unforeseen_error_does_not_end_the_watch(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    watcher = Watcher(settings, seconds=0)
    looks = iter([KeyError("knowledge"), None])

    def look() -> None:
        error = next(looks)
        if error:
            raise error
        watcher.stop()

    monkeypatch.setattr(watcher, "look", look)
    watcher._run()
    assert "the library cannot be watched" in caplog.text
