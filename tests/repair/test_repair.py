import pytest

from kb.model import Damage, OffsetMap, SourceText, Span
from kb.repair import repair
from kb.repair.changes import apply
from tests.repair.sources import as_source, seed


@pytest.mark.parametrize("number", ["001", "002", "003"])
def test_clean_seeds_come_back_as_they_are(number):
    source = seed(number)
    repaired = repair(source)
    assert repaired.text == source.text
    assert repaired.changes == ()
    assert repaired.quality.damage is Damage.NONE


def test_the_heading_of_000_is_made_whole():
    repaired = repair(seed("000"))
    assert "Anteckningar från föräldragruppens möte den 24 oktober 2017" in repaired.text
    assert repaired.quality.damage is Damage.EXTRACTION
    mended = {c.original: c.repaired for c in repaired.changes}
    assert mended["fö ra ldragruppens"] == "föräldragruppens"


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_changes_lead_from_the_source_to_the_text_and_back(number):
    source = seed(number)
    repaired = repair(source)
    assert apply(source.text, repaired.changes) == repaired.text
    places = OffsetMap(repaired.changes)
    done = 0
    for change in repaired.changes:
        assert change.span.start >= done
        done = change.span.end
        assert change.span.slice(source.text) == change.original
        assert 0 < change.probability <= 1
        here = places.to_repaired(change.span.start, change.span.end)
        assert here.slice(repaired.text) == change.repaired
        assert places.to_source(here.start, here.end) == change.span


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "-", "a", "ö", "\u00ad", "å ä ö", "\ufeff", "é6£"]
)
def test_no_text_is_too_odd(text):
    repaired = repair(as_source(text))
    assert apply(text, repaired.changes) == repaired.text


def test_004_reads_as_a_person_would_have_written_it():
    repaired = repair(seed("004"))
    for line in [
        " Datum och tid: 2020-01-10 kl. 9-12",
        "Närvarande socialchefer:",
        "Cathrine Eriksson (ordf.) Höganäs",
        "Håkan Strömberg Landskrona",
        "Ej närvarande:",
        "Annelie Börjesdotter Perstorp",
        "Vilka är de viktiga frågorna 2020?",
        "• Lägesrapport i kommunerna",
    ]:
        assert line in repaired.text.split("\n"), line
    assert repaired.quality.damage is Damage.NO_SWEDISH


def test_what_an_editor_decided_holds_on_damaged_pages_only():
    damaged = repair(seed("004"), elsewhere={"Ehnberg": "Ehnbergh"})
    assert "Monica Ehnbergh Åstorp" in damaged.text
    clean = seed("002")
    assert repair(clean, elsewhere={"Bryggan": "Briggan"}).text == clean.text


def test_pages_are_judged_one_by_one():
    clean, damaged = seed("001").text, seed("004").text
    pages = (Span(0, len(clean)), Span(len(clean), len(clean) + len(damaged)))
    source = SourceText("två.txt", clean + damaged, pages, "", "utf-8")
    repaired = repair(source)
    assert [page.damage for page in repaired.page_quality] == [Damage.NONE, Damage.NO_SWEDISH]
    assert repaired.quality.damage is Damage.NO_SWEDISH
    assert repaired.text.startswith(clean)
    assert apply(source.text, repaired.changes) == repaired.text
