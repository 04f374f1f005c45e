import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from kb.swedish.analysis import Analyzer, fold


@pytest.mark.parametrize(
    "words",
    [
        "rekrytering rekrytera rekryteringen rekryteras rekryteringarna",
        "familjehem familjehemmet familjehemmen familjehems familjehemmens",
        "orosanmälan orosanmälningar orosanmälningarna orosanmälans",
        "familjehemsrekrytering familjehemsrekryteringen familjehemsrekryteringar",
        "samordna samordnas samordning samordningen samordnade",
        "nätverksmöte nätverksmöten nätverksmötena nätverksmötets",
        "samplanera samplanering samplaneringen",
        "boendestödjare boendestödjarna boendestödjaren",
        "sälja sålde sålt säljs",
    ],
)
def test_one_class(analyzer, words):
    assert len({analyzer.word(word).key for word in words.split()}) == 1


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("handla", "handling"),
        ("regera", "regering"),
        ("förena", "förening"),
        ("förena", "idrottsföreningar"),
        ("höra", "hora"),
        ("rad", "råd"),
        ("får", "far"),
        ("skola", "ska"),
        ("handläggare", "handlägga"),
        ("utredare", "utredning"),
        ("styrelse", "styra"),
    ],
)
def test_kept_apart(analyzer, word, other):
    assert analyzer.word(word).key != analyzer.word(other).key


def test_inflections_share_their_lemma_and_derivations_only_their_key(analyzer):
    verb, noun, plural = map(analyzer.word, ("placera", "placering", "placeringar"))
    assert noun.lemma == plural.lemma == "placering"
    assert verb.lemma == "placera"
    assert verb.key == noun.key == plural.key


def test_a_query_finds_the_parts_of_a_compound(analyzer):
    word = analyzer.word("familjehemsrekryteringen")
    assert word.parts == ("familje", "hems", "rekryteringen")
    wanted = {analyzer.word(part).key for part in ("familj", "hem", "familjehem", "rekrytera")}
    assert wanted <= set(word.part_keys)


def test_a_whole_word_has_no_parts(analyzer):
    word = analyzer.word("utveckling")
    assert (word.parts, word.part_keys) == ((), ())


def test_parts_keep_what_agents_and_latin_words_lose(analyzer):
    assert "brukare" in analyzer.word("brukarråd").part_keys
    assert "presidium" in analyzer.word("presidiemöte").part_keys


def test_half_a_compound_is_completed(analyzer):
    first, *_ = analyzer.tokens("barn- och ungdomsverksamhet")
    assert analyzer.word("barnverksamhet").key in first.word.part_keys


def test_a_hyphen_at_the_end_completes_nothing(analyzer):
    assert [token.word.part_keys for token in analyzer.tokens("barn-")] == [()]


def test_abbreviations_stay_as_they_are(analyzer):
    keys = [token.word.key for token in analyzer.tokens("BUP bup Bup BUP:s LVU lvu")]
    assert keys == ["bup"] * 4 + ["lvu"] * 2


def test_tokens_tell_their_place(analyzer):
    text = "Rutiner för familjehem."
    tokens = list(analyzer.tokens(text))
    assert [text[token.start : token.end] for token in tokens] == ["Rutiner", "för", "familjehem"]
    assert [token.position for token in tokens] == [0, 1, 2]


def test_letters_are_kept_and_folded_apart(analyzer):
    word = analyzer.word("hälsa")
    assert "ä" in word.key
    assert word.folded == "halsa" == fold("hälsa")


def test_the_form_may_be_written_anyhow(analyzer):
    assert analyzer.word("FAMILJEHEM") == analyzer.word("familjehem")


def test_anything_can_be_a_word(analyzer):
    for form in ("", "x", "-", "s", "ö" * 500, "familjehem" * 30, "a1b2", "日本", "\u0308"):
        assert analyzer.word(form).form == form


def test_threads_see_the_same(analyzer):
    text = "Rekryteringen av familjehemmen diskuterades med Weman-Widegård i Klippan. " * 20
    alone = list(analyzer.tokens(text))
    fresh = Analyzer()
    with ThreadPoolExecutor(4) as pool:
        assert all(
            found == alone for found in pool.map(lambda _: list(fresh.tokens(text)), range(8))
        )


def test_importing_reads_no_word_list():
    heavy = "{'simplemma', 'wordfreq', 'snowballstemmer'}"
    code = f"import sys, kb.swedish.analysis; assert not {heavy} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
