"""The hand-written lists keep what has been reached, with some room to change rules."""

from pathlib import Path

import pytest

from kb.errors import UserError
from kb.lab.evaluate import swedish

GOLD = Path(__file__).parents[1] / "gold"


@pytest.mark.parametrize("name", ["swedish_pairs.tsv", "swedish_pairs_blind.tsv"])
def test_conflation(analyzer, name):
    found = swedish.conflation(swedish.read_pairs(GOLD / name), analyzer)
    assert found.recall >= 0.96, found.missed
    assert found.false_merges <= 0.04, found.merged


@pytest.mark.parametrize("name", ["swedish_compounds.tsv", "swedish_compounds_blind.tsv"])
def test_compounds(analyzer, name):
    found = swedish.compounds(swedish.read_compounds(GOLD / name), analyzer)
    assert found.exact >= 0.93, (found.finer, found.coarser, found.wrong)
    assert found.left_whole >= 0.97, found.cut


class Halves:
    """An analyzer that knows nothing but to cut words in the middle."""

    def tokens(self, text):
        from kb.swedish.analysis import Token, Word

        middle = len(text) // 2
        parts = (text[:middle], text[middle:])
        yield Token(
            Word(form=text, lemma=text, key=text[0], parts=parts, part_keys=(), folded=text),
            text,
            0,
            len(text),
            0,
        )


def test_deviations_are_told_apart():
    wanted = [("barnhem", "bar+nhem", True), ("ab", "a+b", True), ("huset", "huset", False)]
    found = swedish.compounds([*wanted, ("abcdef", "ab+c+def", True)], Halves())
    assert (found.compounds, found.wholes) == (3, 1)
    assert found.exact == pytest.approx(2 / 3)
    assert found.left_whole == 0
    assert [got for got, _ in found.coarser] == ["abc+def"]
    assert found.right == 1


def test_merges_and_misses_are_listed():
    pairs = [
        swedish.WordPair("bo", "bygga", False, "neg"),
        swedish.WordPair("gå", "fick", True, "verb"),
        swedish.WordPair("gå", "gick", True, "verb"),
    ]
    found = swedish.conflation(pairs, Halves())
    assert (found.recall, found.false_merges) == (0.5, 1.0)
    assert [pair.second for pair in found.missed] == ["fick"]


def test_speed_is_measured():
    pace = swedish.speed("Rekrytering av familjehem. " * 50)
    assert pace.warm > 0
    assert pace.cold > 0
    assert pace.megabytes > 1


def test_a_floor_missed_fails_the_run(tmp_path, capsys):
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "stem_pairs.tsv").write_text("word1\tword2\tconflate\tcategory\nbok\tgris\t1\tneg\n")
    (gold / "compounds.tsv").write_text("word\tsplit\tis_compound\nfamiljehem\tfamilje+hem\t1\n")
    assert swedish.run(tmp_path) == 1
    assert "bok/gris" in capsys.readouterr().out


def test_a_missing_list_is_told_in_swedish(tmp_path):
    with pytest.raises(UserError, match="går inte att läsa"):
        swedish.run(tmp_path)
