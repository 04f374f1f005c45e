from __future__ import annotations

import pytest
from hypothesis import example, given, strategies as st

from kb.search.budget import MAX_WORDS
from kb.search.vocabulary import CollectionVocabulary, Pattern
from kb.swedish.analysis import fold
from tests.search.memory import MemoryField, lexicon

letters = st.text("abåäe", min_size=1, max_size=6)


@given(st.sets(letters), st.text("abåäe", min_size=1, max_size=5), st.booleans(), st.booleans())
@example({"familjehem", "hemsida", "hemma", "himmel"}, "hem", True, True)
def test_parts_of_words_find_the_words_that_have_them(
    words: set[str], part: str, prefix: bool, suffix: bool
):
    own = lexicon(dict.fromkeys(words, 1))
    found = [own.word(n) for n in own.matching(part, prefix, suffix).tolist()]
    fits = {
        (True, True): lambda word: part in word,
        (True, False): lambda word: word.startswith(part),
        (False, True): lambda word: word.endswith(part),
    }.get((prefix, suffix))
    if fits:
        assert sorted(found) == sorted(filter(fits, words))


@pytest.mark.parametrize(
    ("part", "prefix", "suffix"), [("hem", True, True), ("hem", False, True), ("fam", True, False)]
)
def test_inner_parts_are_not_sought_word_by_word(monkeypatch, part, prefix, suffix):
    words = {f"ord{n}x": 1 for n in range(5_000)} | {"familjehem": 1, "hemmet": 1}
    own = lexicon(words)
    read: list[int] = []
    term = MemoryField.term
    monkeypatch.setattr(MemoryField, "term", lambda me, n: read.append(n) or term(me, n))
    monkeypatch.setattr(MemoryField, "all_terms", lambda me: pytest.fail("all words were read"))
    assert len(own.matching(part, prefix, suffix)) in (1, 2)
    assert len(read) <= 2


@given(st.sets(letters), letters)
def test_words_are_found_by_what_they_are_without_their_dots(words: set[str], plain: str):
    own = lexicon(dict.fromkeys(words, 1))
    expected = {word for word in words if fold(word) == fold(plain) != word}
    assert set(own.dotted(fold(plain))) == expected


def test_the_commonest_of_too_many_words_are_taken():
    words = {f"a{n:05}": n for n in range(1, MAX_WORDS + 100)}
    taken, more = CollectionVocabulary([lexicon(words)], []).words(Pattern("a", prefix=True))
    assert more
    assert set(taken) == {word for word, n in words.items() if n >= 100}
    assert CollectionVocabulary([lexicon(words)], []).words(Pattern("a0000", prefix=True)) == (
        tuple(f"a{n:05}" for n in range(1, 10)),
        False,
    )


@pytest.mark.parametrize(
    ("beginning", "expected"), [("barn", ("barn", "barnet")), ("b", ("barn", "barnet")), ("x", ())]
)
def test_the_commonest_words_are_suggested_first(beginning: str, expected: tuple[str, ...]):
    vocabulary = CollectionVocabulary(
        [lexicon({"barn": 5, "barnet": 4}), lexicon({"barnen": 1})], []
    )
    assert vocabulary.beginning(beginning, 2) == expected
