import json

import pytest

from kb.errors import UserError
from kb.lab.evaluate.ocr import RepairTally, run, words
from kb.lab.evaluate.table import FigureRow


def test_words_are_counted_before_and_after():
    tally = RepairTally()
    tally.count("för", "fér", "för")
    tally.count("för", "fér", "fér")
    tally.count("att", "att", "att")
    tally.count("man", "man", "män")
    corrected, harmed = tally.rows("Prov", 0.9, 0.6)
    assert (corrected.value, corrected.holds) == (0.5, False)
    assert (harmed.value, harmed.holds) == (0.5, True)


def test_a_row_says_when_it_is_under_its_floor():
    assert str(FigureRow("Fart", 2_500, 3_000, "ord/s")).endswith("≥ 3 000 ord/s  UNDER GOLVET")
    assert "93,50 %" in str(FigureRow("Rättade", 0.935, 0.93))


def test_no_page_is_judged_by_what_was_learned_from_it(tmp_path):
    folder = tmp_path / "corpora" / "ocr" / "train"
    folder.mkdir(parents=True)
    for origin in ("a", "b"):
        for reading in ("eng", "gar"):
            rows = [[["Nätverket"], ["Natverket"]], [["möts"], ["méts"]], [["i"], ["i"]]] * 3
            text = " ".join(word for _, read in rows for word in read)
            (folder / f"{origin}_1.{reading}.txt").write_text(text, "utf-8")
            (folder / f"{origin}_1.{reading}.align.json").write_text(json.dumps(rows), "utf-8")
    corrected, harmed, *_ = words(tmp_path)
    assert corrected.value == 1
    assert harmed.value == 0


def test_without_data_it_says_what_is_missing(tmp_path):
    with pytest.raises(UserError, match="finns inte"):
        run(tmp_path)
