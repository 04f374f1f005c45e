from collections import defaultdict
from pathlib import Path

import pytest

from kb.config import Settings
from kb.lab.evaluate.collection import load

GOLD = Path(__file__).parents[2] / "gold"


def rows(name):
    lines = (GOLD / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.fixture(scope="module")
def queries():
    return rows("ranking_queries.tsv")


@pytest.fixture(scope="module")
def judgements():
    grades = defaultdict(dict)
    for qid, document, grade in rows("ranking_judgements.tsv"):
        assert document not in grades[qid], f"{qid}: {document} is judged twice"
        grades[qid][document] = int(grade)
    return grades


def test_there_are_queries_enough_and_each_is_whole(queries):
    assert len(queries) >= 60
    assert len({qid for qid, *_ in queries}) == len(queries)
    for _, text, category, split, need in queries:
        assert text
        assert category
        assert split in {"dev", "test"}
        assert need.endswith(".")


def test_every_query_has_a_relevant_document_and_contrast(queries, judgements):
    assert set(judgements) == {qid for qid, *_ in queries}
    for qid, grades in judgements.items():
        assert set(grades.values()) <= {0, 1, 2, 3}, qid
        assert max(grades.values()) >= 2, qid
        assert min(grades.values()) <= 1, qid


def test_variants_of_a_query_share_judgements_and_half(queries, judgements):
    groups = defaultdict(list)
    for qid, _, _, split, need in queries:
        groups[qid.rstrip("abcd")].append((judgements[qid], split, need))
    for qid, variants in groups.items():
        assert all(variant == variants[0] for variant in variants), qid


def test_the_halves_are_about_even(queries):
    dev = sum(split == "dev" for *_, split, _ in queries)
    assert abs(2 * dev - len(queries)) <= 0.2 * len(queries)


def test_judged_documents_are_in_the_collection(judgements):
    shared = Settings.from_environment().shared
    if not shared.is_dir():
        pytest.skip("the folder of evaluation data (KB_SHARED) is not here")
    known = {document.id for document in load(shared)}
    assert {id_ for grades in judgements.values() for id_ in grades} <= known
