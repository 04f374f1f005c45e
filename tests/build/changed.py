"""A program some of whose stages have another version."""

from __future__ import annotations

import pytest

from kb.build import stages


def changed_stage(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    now = stages.versions()
    assert now.keys() >= set(names)
    monkeypatch.setattr(stages, "versions", lambda: now | dict.fromkeys(names, "another"))
