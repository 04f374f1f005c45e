import random
from itertools import pairwise

from kb.model import Change, ChangeKind, OffsetMap, Reading, Span
from kb.repair.changes import apply, compose


def change(start, original, repaired, kind=ChangeKind.LAYOUT, alternatives=()):
    span = Span(start, start + len(original))
    return Change(
        span=span,
        original=original,
        repaired=repaired,
        probability=0.9,
        kind=kind,
        alternatives=alternatives,
    )


def test_two_passes_over_the_same_word_become_one_change():
    source = "social-\ntjansten har"
    first = (change(0, "social-\ntjansten ", "socialtjansten\n"),)
    middle = apply(source, first)
    reading = (Reading("socialtjänst", 0.1),)
    second = (change(0, "socialtjansten", "socialtjänsten", ChangeKind.WORD, reading),)
    (joined,) = compose(source, first, middle, second)
    assert joined.span == Span(0, 17)
    assert joined.repaired == "socialtjänsten\n"
    assert joined.kind is ChangeKind.WORD
    assert joined.probability == 0.9 * 0.9
    assert joined.alternatives == (Reading("socialtjänst\n", 0.1),)


def test_something_taken_out_joins_the_word_around_it():
    source = "so\u00adciala fragor"
    first = (change(2, "\u00ad", ""),)
    second = (change(0, "sociala", "Sociala"), change(8, "fragor", "frågor"))
    joined = compose(source, first, "sociala fragor", second)
    assert [(c.original, c.repaired) for c in joined] == [
        ("so\u00adciala", "Sociala"),
        ("fragor", "frågor"),
    ]


def test_changes_side_by_side_stay_apart():
    source = "abcd"
    first = (change(0, "ab", "x"),)
    second = (change(1, "cd", "yz"),)
    assert [c.span for c in compose(source, first, "xcd", second)] == [Span(0, 2), Span(2, 4)]


def random_changes(text, chance):
    place, found = 0, []
    while place < len(text):
        width = chance.randrange(0, 4)
        if chance.random() < 0.3 and place + width <= len(text):
            repaired = "".join(chance.choices("ÅÄÖ", k=chance.randrange(0, 4)))
            found.append(change(place, text[place : place + width], repaired))
            place += 1
        place += width or 1
    return tuple(found)


def test_whatever_two_passes_do_the_joined_changes_do_the_same():
    chance = random.Random(4)
    for _ in range(2000):
        source = "".join(chance.choices("abcdef ", k=20))
        first = random_changes(source, chance)
        middle = apply(source, first)
        second = random_changes(middle, chance)
        joined = compose(source, first, middle, second)
        assert apply(source, joined) == apply(middle, second)
        assert all(c.span.slice(source) == c.original for c in joined)
        assert all(a.span.end <= b.span.start for a, b in pairwise(joined))
        places = OffsetMap(joined)
        for c in joined:
            if c.repaired and c.original:
                assert (
                    places.to_repaired(c.span.start, c.span.end)
                    .slice(apply(source, joined))
                    .startswith(c.repaired[:1])
                )
