"""Corrections over repairs: exact places, and the same damage elsewhere."""

from __future__ import annotations

from hypothesis import given, strategies as st

from kb import repair
from kb.model import (
    Change,
    ChangeKind,
    Correction,
    Damage,
    Quality,
    RepairedText,
    SourceText,
    Span,
)
from kb.repair import corrections
from kb.repair.changes import apply

DAMAGED = (
    "Narvarande fran Sval6v och Hoganis. Nasta mote ar den 7 februari. Vi maste gora nagot at "
    "fragan om famil-\njehem i Sval6v. Socialtjansten ar med pa motet och foraldrarna far hora av "
    "sig. Det ar viktigt att alla kommer till motet."
)
CLEAN = "Närvarande från Svalöv. Ordet Sval6v står i en text som är hel och väl läst på svenska."


def source(text: str) -> SourceText:
    return SourceText("a.txt", text, (Span(0, len(text)),), "0" * 64, "utf-8")


def by_hand(repaired: RepairedText) -> list[tuple[str, str, float]]:
    return [
        (c.original, c.repaired, c.probability)
        for c in repaired.changes
        if c.kind is ChangeKind.CORRECTION
    ]


def sound(repaired: RepairedText) -> bool:
    text, end = repaired.source.text, 0
    for change in repaired.changes:
        assert end <= change.span.start <= change.span.end
        assert change.span.slice(text) == change.original
        end = change.span.end
    assert end <= len(text)
    return apply(text, repaired.changes) == repaired.text


def test_a_correction_goes_before_what_the_program_thinks():
    repaired = repair.repair(source(DAMAGED), [Correction("Hoganis", "Hoganäset")])
    assert by_hand(repaired) == [("Hoganis", "Hoganäset", 1.0)]
    assert "Hoganäset. Nästa möte" in repaired.text
    assert sound(repaired)


def test_a_correction_holds_everywhere_or_in_one_place():
    everywhere = repair.repair(source(DAMAGED), [Correction("Sval6v", "Svalan")])
    assert everywhere.text.count("Svalan") == 2
    second = DAMAGED.rindex("Sval6v")
    one = repair.repair(source(DAMAGED), [Correction("Sval6v", "Svalan", second)])
    assert "från Svalöv" in one.text
    assert "i Svalan" in one.text
    both = [Correction("Sval6v", "Svalan", second), Correction("Sval6v", "Svalövs")]
    mixed = repair.repair(source(DAMAGED), both)
    assert "från Svalövs" in mixed.text
    assert "i Svalan" in mixed.text
    assert sound(everywhere)
    assert sound(one)
    assert sound(mixed)


def test_a_word_may_be_said_to_stand_right():
    repaired = repair.repair(source(DAMAGED), [Correction("Hoganis", "Hoganis")])
    assert by_hand(repaired) == [("Hoganis", "Hoganis", 1.0)]
    assert "Hoganis" in repaired.text


def test_a_clean_text_is_corrected_but_not_by_others():
    assert by_hand(repair.repair(source(CLEAN), [Correction("Sval6v", "Svalöv")]))
    untouched = repair.repair(source(CLEAN), (), {"Sval6v": "Svalöv"})
    assert untouched.text == CLEAN
    assert not untouched.changes


def test_the_same_damage_elsewhere_is_read_the_same():
    repaired = repair.repair(source(DAMAGED), (), {"Hoganis": "Haganäs", "Nasta mote": "Nästa mot"})
    assert by_hand(repaired) == [("Hoganis", "Haganäs", 0.99), ("Nasta mote", "Nästa mot", 0.99)]
    assert sound(repaired)


def test_a_documents_own_corrections_go_before_those_of_others():
    own = [Correction("Hoganis", "Höganäs", DAMAGED.index("Hoganis"))]
    repaired = repair.repair(source(DAMAGED), own, {"Hoganis": "Haganäs"})
    assert by_hand(repaired) == [("Hoganis", "Höganäs", 1.0)]


def test_a_word_joined_over_a_line_end_keeps_the_line_end():
    before = repair.repair(source(DAMAGED))
    joined = next(change for change in before.changes if "\n" in change.original)
    wanted = Correction(joined.original, "fosterhem")
    repaired = repair.repair(source(DAMAGED), [wanted])
    assert "fosterhem" in repaired.text
    assert repaired.text.count("\n") == before.text.count("\n")
    assert sound(repaired)


def test_only_readings_that_tell_one_word_spread():
    told = {
        "Sval6v": "Svalöv",
        "Hoganis": "Höganäs",
        "temaomrddena": "temaområdena",
        "fragorna": "frågorna",
        "Hikan Strémberg": "Håkan Strömberg",
    }
    several = {"ar": "är", "man": "män", "bra": "barn", "satt": "sätt"}
    assert repair.spreading(told | several) == told


def test_what_does_not_fit_is_told():
    own = [Correction("Hoganis", "x"), Correction("Hogani", "x"), Correction("borta", "x", 3)]
    assert repair.unfit(source(DAMAGED), own) == own[1:]


def test_half_of_a_longer_repair():
    text = "nitverk-\net och nitverk"
    whole = Change(Span(0, 11), "nitverk-\net", "nätverket\n", 0.9, ChangeKind.LAYOUT)
    made = RepairedText(
        source(text), apply(text, [whole]), (whole,), Quality(0.5, 0.0, Damage.NONE), ()
    )
    made = RepairedText(made.source, made.text, made.changes, made.quality, (made.quality,))
    put = corrections.overlay(made, [Correction("nitverk", "nätverk")], {})
    assert put.text == "nätverket\n och nätverk"
    one = corrections.overlay(made, [Correction("nitverk", "nätverk", 0)], {})
    assert one.text == "nätverk-\net och nitverk"
    assert sound(put)
    assert sound(one)


letters = st.text("ab6 \n-", max_size=40)
words = st.text("ab6", min_size=1, max_size=3)


@st.composite
def repaired_texts(draw: st.DrawFn) -> RepairedText:
    text = draw(letters)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    changes = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        span = Span(start, end)
        kind = draw(st.sampled_from(list(ChangeKind)))
        changes.append(Change(span, span.slice(text), draw(letters), 0.5, kind))
    quality = Quality(0.5, 0.0, draw(st.sampled_from(list(Damage))))
    return RepairedText(source(text), apply(text, changes), tuple(changes), quality, (quality,))


corrections_made = st.lists(
    st.builds(Correction, words, words, st.none() | st.integers(0, 40)), max_size=4
)


@given(repaired_texts(), corrections_made, st.dictionaries(words, words, max_size=4))
def test_applying_the_changes_gives_the_text(
    repaired: RepairedText, own: list[Correction], elsewhere: dict[str, str]
):
    put = corrections.overlay(repaired, own, elsewhere)
    assert sound(put)
    decided = {c.original for c in put.changes if c.probability == corrections.DECIDED}
    for correction in own:
        if correction.places(repaired.source.text):
            assert correction.original in decided
