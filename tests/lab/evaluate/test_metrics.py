import pytest

from kb.lab.evaluate.metrics import judged, ndcg, precision, recall

GRADES = {"a": 3, "b": 2, "c": 1, "d": 0}


def test_ideal_order_gives_one():
    assert ndcg(["a", "b", "c", "d"], GRADES) == pytest.approx(1)


def test_ndcg_of_a_ranking_worked_out_by_hand():
    # gains 1, 0, 7 at ranks 1, 2, 3: 1/1 + 0 + 7/2; ideal 7/1 + 3/log2(3) + 1/2
    assert ndcg(["c", "d", "a"], GRADES) == pytest.approx(4.5 / 9.392789, abs=1e-6)


def test_a_better_grade_higher_up_gives_more():
    assert ndcg(["a", "c"], GRADES) > ndcg(["c", "a"], GRADES) > ndcg(["c", "b"], GRADES)


def test_ndcg_sees_no_further_than_its_depth():
    assert ndcg(["d", "a"], GRADES, depth=1) == 0
    assert ndcg(["a"], GRADES, depth=1) == pytest.approx(1)


def test_unjudged_documents_take_up_room_and_give_nothing():
    assert ndcg(["x", "a"], GRADES) == pytest.approx(ndcg(["d", "a"], GRADES))


def test_nothing_relevant_or_nothing_found_gives_no_gain():
    assert ndcg(["a"], {"a": 0}) == 0
    assert ndcg(["a"], {}) == 0
    assert ndcg([], GRADES) == 0


def test_precision_counts_grade_two_and_up_over_all_places():
    assert precision(["a", "c", "b", "x"], GRADES, depth=4) == pytest.approx(0.5)
    assert precision(["a"], GRADES, depth=10) == pytest.approx(0.1)


def test_recall_of_whole_ranking_and_of_its_top():
    assert recall(["x", "b", "a"], GRADES) == 1
    assert recall(["x", "b", "a"], GRADES, depth=2) == pytest.approx(0.5)
    assert recall([], {"c": 1}) == 1


def test_a_document_found_twice_counts_once():
    assert precision(["a", "a"], GRADES, depth=2) == pytest.approx(0.5)
    assert recall(["a", "a"], GRADES) == pytest.approx(0.5)


def test_judged_share():
    assert judged(["a", "d", "x", "y"], GRADES) == pytest.approx(0.5)
    assert judged(["x", "a"], GRADES, depth=1) == 0
    assert judged([], GRADES) == 1
