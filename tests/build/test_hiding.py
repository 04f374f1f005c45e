"""A hiding that no longer fits hides all of its document, until somebody has looked."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb import corrections
from kb.build import pipeline
from kb.build.current_index import CurrentIndex
from kb.build.status import FileTally, status
from kb.config import Settings
from kb.library import sidecar
from kb.model import Fact, FactCorrection
from kb.search.query import Query
from kb.web import create_app
from tests.build.changed import changed_stage
from tests.web.access import with_key
from tests.web.forms import csrf_token

NAME = "a.md"
OWN = {"Origin": "http://localhost"}
TEXT = """# Minnesanteckningar Nätverket 2021-03-03

Närvarande: Bo Bengtsson, Klippan

## Inledning

Alla hälsades välkomna till Klippan.

## Enskilt ärende

Gredelinfamiljen placeras. Beslut: Gruppen beslutar att avvakta.

## Övrigt

Inget övrigt fanns.
"""


@pytest.fixture
def place(tmp_path: Path) -> Settings:
    settings = Settings(library=tmp_path / "library", index=tmp_path / "index")
    settings.library.mkdir()
    (settings.library / NAME).write_text(TEXT, "utf-8")
    (settings.library / "b.md").write_text("# Annat möte 2021-04-04\n\nOm Bjuv.\n", "utf-8")
    hide(settings, "Enskilt ärende")
    pipeline.build(settings.library, settings.index)
    return settings


def hide(settings: Settings, heading: str, name: str = NAME, start: int | None = None) -> None:
    fact = FactCorrection(Fact.HIDDEN, heading, start=start, by="anna")
    corrections.add_fact(settings.library / name, fact)


def build(settings: Settings) -> pipeline.BuildReport:
    return pipeline.build(settings.library, settings.index)


def edit(settings: Settings, before: str, after: str, name: str = NAME) -> None:
    file = settings.library / name
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), "utf-8")


def everywhere(settings: Settings, word: str, doc_id: str = NAME) -> list[str]:
    """Return where a reader reads a word: search, pages, API, original, what is known."""
    source = CurrentIndex(settings)
    stranger = create_app(settings, source).test_client()
    asked = "N%C3%A4tverket"  # in the heading: what is typed is not what is looked for
    paths = [
        f"/sok?q={asked}", f"/sok.csv?q={asked}", f"/sok.json?q={asked}", f"/sok.atom?q={asked}",
        f"/forslag?q={word[:6]}", f"/api/v1/suggest?q={word[:6]}", f"/api/v1/search?q={asked}",
        f"/dokument/{doc_id}", f"/dokument/{doc_id}?lasning=original", f"/original/{doc_id}",
        f"/api/v1/documents/{doc_id}", "/beslut", "/personer", "/bibliotek", "/rattningar",
        "/api/v1/status", "/grupper", "/api/v1/statements/beslut", "/",
    ]  # fmt: skip
    found = [path for path in paths if word in stranger.get(path).get_data(as_text=True)]
    engine = source.engine()
    assert engine
    if engine.search(Query(word)).total:
        found.append("search")
    return found


def test_a_hidden_section_is_nowhere_and_the_rest_is_there(place):
    assert everywhere(place, "Gredelinfamiljen") == []
    assert everywhere(place, "avvakta") == []
    assert "search" in everywhere(place, "välkomna")
    assert status(place.library, place.index).withheld == {}


def test_a_heading_that_is_edited_hides_all(place):
    edit(place, "Enskilt ärende", "Enskilda ärenden")
    report = build(place)
    assert everywhere(place, "Gredelinfamiljen") == []
    assert everywhere(place, "välkomna") == []
    assert everywhere(place, "Bengtsson") == []
    assert report.documents == 1
    state = status(place.library, place.index)
    assert state.ok
    assert list(state.withheld) == [NAME]
    assert "”Enskilt ärende” ska vara dolt" in state.withheld[NAME]
    assert state.tally == FileTally(searchable=1, withheld=1)
    assert state.tally.total == state.originals
    # And the next builds neither show it nor make a new index of the same.
    again = build(place)
    assert again.generation == report.generation
    assert everywhere(place, "Gredelinfamiljen") == []


def test_what_is_withheld_is_in_no_file_of_the_index(place):
    edit(place, "Enskilt ärende", "Enskilda ärenden")
    generation = build(place).generation
    for file in generation.folder.rglob("*"):
        if file.is_file():
            for word in ("Gredelinfamiljen", "gredelinfamiljen"):
                assert word.encode() not in file.read_bytes(), file


@pytest.mark.parametrize("full", [False, True])
def test_a_text_that_is_read_otherwise_by_a_later_version_hides_all(place, monkeypatch, full):
    from kb import parse
    from kb.model import Minutes, RepairedText

    before = parse.parse

    def without_headings(repaired: RepairedText) -> Minutes:
        from dataclasses import replace

        return replace(before(repaired), sections=())

    monkeypatch.setattr(parse, "parse", without_headings)
    changed_stage(monkeypatch, "parser")
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0})
    pipeline.build(place.library, place.index, full=full)
    state = status(place.library, place.index)
    if NAME not in state.withheld:
        pytest.fail(f"the later version was not used: {state}")
    assert everywhere(place, "Gredelinfamiljen") == []


def test_editors_are_told_and_choose_another_heading(place):
    edit(place, "Enskilt ärende", "Enskilda ärenden")
    build(place)
    source = CurrentIndex(place)
    app = create_app(place, source)
    client, stranger = with_key(app), app.test_client()
    health = client.get("/bibliotek").text
    assert "Dolda tills någon har sett på dem" in health
    assert "”Enskilt ärende” ska vara dolt" in health
    assert "Enskilt ärende" not in stranger.get("/bibliotek").text
    assert "dolda tills någon har sett på dem" in stranger.get("/bibliotek").text
    answer = client.get(f"/dokument/{NAME}")
    assert answer.location == "/rattningar"
    listed = client.get("/rattningar").text
    assert "hela anteckningen är dold" in listed
    assert "”Enskilt ärende” ska vara dolt" in listed
    assert f'href="/original/{NAME}"' in listed
    assert client.get(f"/original/{NAME}").status_code == 200
    assert stranger.get(f"/dokument/{NAME}").status_code == 404
    assert NAME not in stranger.get("/rattningar").text
    form = {
        "csrf_token": csrf_token(client, "/rattningar"),
        "dokument": NAME, "fakta": "hide", "value": "Enskilt ärende",
        "heading": "Enskilda ärenden", "lista": "1",
    }  # fmt: skip
    assert client.post("/rattningar/fakta/i-stallet", data=form, headers=OWN).status_code == 303
    assert [fact.value for fact in corrections.load(place.library / NAME).facts] == [
        "Enskilda ärenden"
    ]
    build(place)
    assert status(place.library, place.index).withheld == {}
    assert everywhere(place, "Gredelinfamiljen") == []
    assert "search" in everywhere(place, "välkomna")


def test_another_heading_that_is_not_there_either_hides_all_the_same(place):
    edit(place, "Enskilt ärende", "Enskilda ärenden")
    held = corrections.load(place.library / NAME).facts
    fact = FactCorrection(Fact.HIDDEN, "Enskilda frågor", by="anna")
    corrections.replace_fact(place.library / NAME, held[0], fact)
    build(place)
    assert everywhere(place, "Gredelinfamiljen") == []
    assert list(status(place.library, place.index).withheld) == [NAME]


def test_others_that_say_the_same_stay_closed_at_every_build(place):
    (place.library / "0.md").write_text(TEXT, "utf-8")
    build(place)
    hide(place, "Finns inte")
    for _ in range(3):
        build(place)
        for doc_id in ("0.md", NAME):
            assert everywhere(place, "Gredelinfamiljen", doc_id) == []
            assert everywhere(place, "avvakta", doc_id) == []


def test_whoever_takes_it_back_shows_all(place):
    edit(place, "Enskilt ärende", "Enskilda ärenden")
    build(place)
    sidecar(place.library / NAME).unlink()
    build(place)
    assert "search" in everywhere(place, "Gredelinfamiljen")


def test_one_of_several_of_the_same_heading_that_is_renamed_hides_all(place):
    edit(place, "## Inledning", "## Övrigt")
    sidecar(place.library / NAME).unlink()
    text = (place.library / NAME).read_text("utf-8")
    hide(place, "Övrigt", start=text.rindex("Övrigt"))
    build(place)
    assert everywhere(place, "fanns") == []
    assert "search" in everywhere(place, "välkomna")
    edit(place, "## Övrigt\n\nInget", "## Övriga frågor\n\nInget")
    build(place)
    assert everywhere(place, "fanns") == []
    assert list(status(place.library, place.index).withheld) == [NAME]


def test_before_it_is_built_a_hiding_that_does_not_fit_is_closed_to_readers(place):
    hide(place, "Finns inte")
    app = create_app(place, CurrentIndex(place))
    stranger, client = app.test_client(), with_key(app)
    assert stranger.get(f"/dokument/{NAME}").status_code == 404
    assert stranger.get(f"/api/v1/documents/{NAME}").status_code == 404
    assert client.get(f"/dokument/{NAME}").status_code == 200


def test_before_it_is_built_a_hidden_section_is_not_in_the_api(place):
    hide(place, "Inledning")
    app = create_app(place, CurrentIndex(place))
    answer = app.test_client().get(f"/api/v1/documents/{NAME}").text
    assert "välkomna" not in answer
    assert "Inledning" not in answer
    assert "Enskilt" not in answer


def test_what_is_hidden_in_one_that_says_the_same_is_hidden(place):
    (place.library / "0.md").write_text(TEXT, "utf-8")
    build(place)
    assert everywhere(place, "Gredelinfamiljen") == []
    # Whichever of the two is shown, as when the one that was shown goes.
    text = (place.library / NAME).read_text("utf-8")
    (place.library / NAME).unlink()
    build(place)
    (place.library / NAME).write_text(text, "utf-8")
    hide(place, "Enskilt ärende")
    build(place)
    assert status(place.library, place.index).duplicates in ({NAME: "0.md"}, {"0.md": NAME})
    for doc_id in ("0.md", NAME):
        assert everywhere(place, "Gredelinfamiljen", doc_id) == []


def test_what_is_hidden_in_one_that_says_the_same_and_does_not_fit_hides_all(place):
    (place.library / "0.md").write_text(TEXT, "utf-8")
    sidecar(place.library / NAME).unlink()
    build(place)
    assert "search" in everywhere(place, "Gredelinfamiljen")
    (other,) = status(place.library, place.index).duplicates
    hide(place, "Enskilda ärenden", other)
    build(place)
    for doc_id in ("0.md", NAME):
        assert everywhere(place, "Gredelinfamiljen", doc_id) == []
