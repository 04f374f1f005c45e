import math

import pytest

from kb.repair.context import Context
from kb.repair.usage import default_usage, write


def test_usage_holds_no_names_and_no_rare_words(tmp_path):
    costs = {"på": 5.0, "pa": 9.0, "möte": 8.0, "lind": 9.0}
    texts = ["Möte på möte. Lind på möte 7 pa möte"] * 60 + ["ovanligt ord"]
    target = tmp_path / "usage.tsv"
    write(texts, costs, target, "2026-11-22")
    rows = [r.split("\t") for r in target.read_text("utf-8").splitlines() if r[0] != "#"]
    words = {row[0]: row for row in rows}
    assert words.keys() == {"*", "0", "möte", "pa", "på"}
    assert words["på"][3] == "pa"
    assert words["på"][4] == "möte:120"


def test_a_neighbour_makes_a_word_likelier_or_dearer():
    context = Context({("två", "år"): 50}, {("två"): (100, 10)}, {"år", "är"}, 5)
    prior = -math.log(0.01)
    assert context.bonus("två", "år", prior) < -3
    # Chance would give one: that it was not seen tells nothing.
    assert context.bonus("två", "är", prior) == pytest.approx(0)
    assert context.bonus("två", "är", -math.log(0.2)) > 0
    assert context.bonus("två", "hus", prior) == 0
    assert context.bonus("sju", "år", prior) == 0


def test_minutes_tell_years_from_being():
    context = default_usage().context
    assert context.bonus("nästa", "år", 6.3) < -2 < context.bonus("nästa", "är", 3.6)
