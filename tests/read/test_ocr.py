"""Whether text can be recognised, as seen by a server that runs for months."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from kb.read import ocr


def install(folder: Path, languages: str, version: str) -> None:
    program = folder / ocr.PROGRAM
    program.write_text(
        f'#!/bin/sh\n[ "$1" = --list-langs ] && echo "{languages}" || echo {version}\n'
    )
    program.chmod(0o755)


def test_swedish_and_newer_versions_are_seen_by_a_running_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(ocr, "time", SimpleNamespace(monotonic=lambda: clock.now))
    monkeypatch.setenv("PATH", str(tmp_path))
    ocr._version.cache_clear()
    assert ocr.version() is None
    install(tmp_path, "eng", "5.3.0")
    assert ocr.version() is None
    install(tmp_path, "eng swe", "5.3.0")
    clock.now += ocr._REMEMBERED
    assert ocr.version() == "5.3.0"
    install(tmp_path, "eng swe", "5.4.1")
    clock.now += ocr._REMEMBERED
    assert ocr.version() == "5.4.1"
    (tmp_path / ocr.PROGRAM).unlink()
    assert ocr.version() is None
    ocr._version.cache_clear()


def test_it_is_not_asked_about_for_every_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ocr, "time", SimpleNamespace(monotonic=lambda: 5.0))
    monkeypatch.setenv("PATH", str(tmp_path))
    install(tmp_path, "swe", "5.3.0")
    ocr._version.cache_clear()
    assert ocr.version() == "5.3.0"
    install(tmp_path, "swe", "5.4.1")
    assert ocr.version() == "5.3.0"
    ocr._version.cache_clear()
