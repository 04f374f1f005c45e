"""Documents that vanish many at once are kept until somebody decides."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kb import corrections
from kb.build import background, missing, pipeline
from kb.build.current_index import CurrentIndex
from kb.build.missing import MissingAnswer
from kb.build.status import status
from kb.cli import main
from kb.config import Settings
from kb.library import Library, log, trash
from kb.model import Fact, FactCorrection
from kb.search.query import Query
from kb.web import create_app
from tests.build.changed import changed_stage
from tests.web.access import with_key
from tests.web.forms import csrf_token

COUNT = 12


def minutes(number: int) -> str:
    return f"Möte i Bjuv den {number + 1} maj 2019\n\nOm kvarngrillning{number}.\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(library=tmp_path / "library", index=tmp_path / "index")
    settings.library.mkdir()
    for number in range(COUNT):
        (settings.library / f"{number}.txt").write_text(minutes(number), "utf-8")
    pipeline.build(settings.library, settings.index)
    return settings


def found(settings: Settings, word: str = "möte") -> int:
    engine = CurrentIndex(settings).engine()
    assert engine
    return engine.search(Query(word)).total


def lose(settings: Settings, count: int) -> None:
    for number in range(count):
        (settings.library / f"{number}.txt").unlink()


def build(settings: Settings, **options: bool) -> pipeline.BuildReport:
    return pipeline.build(settings.library, settings.index, **options)


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("count", [6, COUNT])
def test_many_at_once_are_kept_and_asked_about(settings: Settings, count: int, full: bool):
    lose(settings, count)
    question = f"{count} anteckningar saknas i mappen. Är den ansluten?"
    assert question in status(settings.library, settings.index).problems
    assert build(settings, full=full).documents == COUNT
    state = status(settings.library, settings.index)
    assert state.problems == (question,)
    assert len(state.missing) == count
    assert (state.originals, state.tally.total) == (COUNT - count, COUNT - count)
    assert state.command is None  # a build alone does not answer
    assert found(settings) == COUNT
    assert build(settings).indexed == 0


def test_a_few_are_removed_without_a_question(settings: Settings):
    lose(settings, 5)
    assert build(settings).documents == COUNT - 5
    assert status(settings.library, settings.index).ok


def test_they_come_back_by_themselves(settings: Settings, tmp_path: Path):
    settings.library.rename(tmp_path / "away")
    settings.library.mkdir()
    (settings.library / "stray.txt").write_text("Möte om annat", "utf-8")
    assert build(settings).documents == COUNT + 1
    shutil.rmtree(settings.library)
    (tmp_path / "away").rename(settings.library)
    build(settings)
    state = status(settings.library, settings.index)
    assert state.ok
    assert state.searchable == COUNT


def test_some_that_come_back_do_not_let_the_others_go(settings: Settings):
    lose(settings, 8)
    build(settings)
    for number in range(6):
        (settings.library / f"{number}.txt").write_text(minutes(number), "utf-8")
    assert build(settings).documents == COUNT
    assert status(settings.library, settings.index).missing == ("6.txt", "7.txt")


def test_the_answer_to_remove(settings: Settings):
    lose(settings, 8)
    build(settings)
    paths = status(settings.library, settings.index).missing
    missing.answer(settings.index, paths, MissingAnswer.REMOVE)
    report = build(settings)
    assert (report.documents, report.removed) == (COUNT - 8, 8)
    assert status(settings.library, settings.index).ok
    assert found(settings, "kvarngrillning0") == 0


def test_the_answer_to_keep(settings: Settings):
    lose(settings, 8)
    build(settings)
    paths = status(settings.library, settings.index).missing
    missing.answer(settings.index, paths, MissingAnswer.KEEP)
    assert build(settings).documents == COUNT
    assert status(settings.library, settings.index).ok
    assert found(settings) == COUNT


def test_from_the_command_line(settings: Settings, capsys: pytest.CaptureFixture[str]):
    lose(settings, 8)
    where = [str(settings.library), "--index", str(settings.index)]
    assert main(["build", *where]) == 0
    assert main(["status", "--library", *where]) == 1
    assert "--missing ta-bort" in capsys.readouterr().out
    assert main(["build", *where, "--missing", "ta-bort"]) == 0
    assert main(["status", "--library", *where]) == 0
    assert main(["build", *where, "--missing", "behall"]) == 1
    assert "Inga dokument saknas" in capsys.readouterr().err


def test_on_the_page(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(background, "start", lambda settings: None)
    lose(settings, 8)
    client = with_key(create_app(settings, CurrentIndex(settings)))
    page = client.get("/").text
    assert "8 anteckningar saknas i mappen. Är den ansluten?" in page
    assert "Ta bort dem" in page
    assert "Behåll dem" in page

    def answered(what: str) -> int:
        form = {"svar": what, "csrf_token": csrf_token(client, "/")}
        sent = client.post("/bygget/saknade", data=form, headers={"Origin": "http://localhost"})
        return sent.status_code

    assert answered("annat") == 400
    assert answered("ta-bort") == 303
    assert next(iter(log.events(settings.library))).act is log.Act.REMOVE_MISSING
    assert build(settings).documents == COUNT - 8


def test_a_whole_top_folder_is_asked_about(settings: Settings):
    folder = settings.library / "Bjuv"
    folder.mkdir()
    for number in range(2):
        (folder / f"{number}.txt").write_text(minutes(13 + number), "utf-8")
    build(settings)
    shutil.rmtree(folder)
    build(settings)
    assert status(settings.library, settings.index).missing == ("Bjuv/0.txt", "Bjuv/1.txt")


def test_what_was_moved_or_removed_on_the_pages_is_not_missing(settings: Settings):
    (settings.library / "2019").mkdir()
    for number in range(8):
        (settings.library / f"{number}.txt").rename(settings.library / f"2019/{number}.txt")
    build(settings)
    assert status(settings.library, settings.index).ok
    library = Library(settings.library)
    for number in range(8):
        trash.remove(library, f"2019/{number}.txt", "anna")
    trash.empty(library, "anna")
    assert build(settings).documents == COUNT - 8
    assert status(settings.library, settings.index).ok


def test_what_is_hidden_stays_hidden(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    """The sidecar is gone with the file, so a new index cannot hide what it hid."""
    text = "# Möte\n\nOm avtal.\n\n## Enskilt ärende\n\nOm hemlighetsordet.\n"
    (settings.library / "0.txt").write_text(text, "utf-8")
    hiding = FactCorrection(Fact.HIDDEN, "Enskilt ärende")
    corrections.add_fact(settings.library / "0.txt", hiding)
    build(settings)
    assert found(settings, "hemlighetsordet") == 0
    lose(settings, 8)
    (settings.library / "0.txt.toml").unlink()
    build(settings)
    assert found(settings, "hemlighetsordet") == 0
    changed_stage(monkeypatch, "engine", "knowledge")
    report = build(settings)
    assert "0.txt" in {failure.path for failure in report.failures}
    assert report.documents == COUNT - 1
    assert found(settings, "hemlighetsordet") == 0
