"""The writer against a naive reference: random documents, updates, removals and merges."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings, strategies as st
from whoosh import index

from kb.errors import OperatorError
from kb.search.entry import facts as facts_of, row as row_of
from kb.search.facets import FACETS
from kb.search.fields import Field
from kb.search.whoosh_engine import WhooshKind
from kb.search.whoosh_engine.schema import schema
from kb.search.whoosh_engine.segment import open_segments
from kb.search.whoosh_engine.writer import ArrayIndexWriter
from kb.swedish.analysis import default_analyzer
from tests.search.naive import document, postings

ANALYZER = default_analyzer()
WORDS = st.sampled_from(
    ["familjehem", "familjehemmet", "rekrytering", "Klippan", "barn-", "och", "äldreomsorg",
     "Strémberg", "nätvrk", "SoL", "12.30", "x" * 300, " " * 400, "§"]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=9).map(" ".join)
IDS = st.sampled_from(["a", "b", "c", "ö", "å.txt"])
DAYS = st.none() | st.dates(dt.date(2001, 1, 1), dt.date(2020, 1, 1))


@st.composite
def documents(draw):
    text = draw(TEXTS)
    guess = (0, len(text.split()[0]), "Strömberg") if text.split() and draw(st.booleans()) else None
    if guess and not text.startswith(text.split()[0]):
        guess = None
    return document(
        draw(IDS), text, group=draw(st.sampled_from([None, "Nätverket", "Styrgrupp"])),
        day=draw(DAYS), damaged=draw(st.booleans()), guess=guess,
    )  # fmt: skip


COMMITS = st.lists(
    st.tuples(
        st.lists(documents() | IDS, max_size=6), st.sampled_from(["merge", "optimize", "keep"])
    ),
    max_size=4,
)


@settings(max_examples=40, deadline=None)
@given(COMMITS, st.sampled_from([1, 30, 10_000]))
def test_an_index_holds_what_was_put_in(tmp_path_factory, commits, batch):
    opened = index.create_in(str(tmp_path_factory.mktemp("index")), schema())
    there = {}
    for steps, how in commits:
        writer = ArrayIndexWriter(opened, ANALYZER, batch)
        for step in steps:
            if isinstance(step, str):
                assert writer.remove(step) == (there.pop(step, None) is not None)
            else:
                writer.add(step)
                there[step.id] = step
        writer.commit(optimize=how == "optimize", merge=how != "keep")
    check(opened, there)


def check(opened, there):
    segments = open_segments(opened)
    assert opened.doc_count() == len(there)
    alive = {s.rows.id(doc): (s, doc) for s in segments for doc in s.alive().tolist()}
    assert alive.keys() == there.keys()
    expected = {doc_id: postings(document, ANALYZER) for doc_id, document in there.items()}
    for doc_id, (segment, doc) in alive.items():
        check_document(segment, doc, there[doc_id], expected[doc_id])
        assert segment.find(doc_id) == doc
    for segment in segments:
        check_postings(segment, expected)


def check_document(segment, doc, document, expected):
    assert segment.rows.document(doc) == document
    assert segment.rows.row(doc) == row_of(document)
    check_facets(segment, doc, document)
    tokens = segment.tokens.document(doc)
    passage, length = segment.rows.passage(doc)
    assert passage[:length] == document.repaired.text
    found = {}
    for number, position in zip(tokens.types.tolist(), tokens.positions.tolist(), strict=True):
        for field in list(Field)[:7]:
            for term in segment.tokens.terms(number, field):
                found.setdefault((field, term), []).append(position)
                assert number in segment.tokens.types_of(field, term)
        marked = segment.tokens.terms(number, Field.REPAIRED)
        assert bool(marked) == (segment.tokens.original(number) is not None)
    zones = (Field.TITLE, Field.HEADING)
    assert found == {key: at for key, at in expected.items() if key[0] not in zones}
    spans = list(zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True))
    words = list(ANALYZER.tokens(document.repaired.text))
    assert spans[: len(words)] == [(word.start, word.end) for word in words]
    facts = [token.text for fact in facts_of(document) for token in ANALYZER.tokens(fact)]
    assert [passage[a:b] for a, b in spans[len(words) :]] == facts


def check_facets(segment, doc, document):
    rows, row = segment.rows, row_of(document)
    for facet in FACETS.values():
        column = rows.facets[facet]
        a, b = column.starts[doc : doc + 2]
        assert tuple(column.values[n] for n in column.ordinals[a:b].tolist()) == tuple(
            facet.values(document.minutes)
        )
    a, b = rows.date_starts[doc : doc + 2]
    assert rows.days[a:b].tolist() == [day.toordinal() for day in row.dates]
    assert rows.likely[doc] == (row.likely.toordinal() if row.likely else 0)


def check_postings(segment, expected):
    ids = {doc: segment.rows.id(doc) for doc in segment.alive().tolist()}
    for field in Field:
        reader = segment.fields[field]
        assert list(reader.terms) == sorted(reader.terms)
        found = {}
        for term in reader.prefix(b""):
            one = reader.get(term)
            starts = one.starts.tolist()
            for at, doc in enumerate(one.docs.tolist()):
                if doc in ids:
                    places = one.positions[starts[at] : starts[at + 1]].tolist()
                    found[ids[doc], term.decode()] = places
        assert found == {
            (doc_id, term): places
            for doc_id in ids.values()
            for (own, term), places in expected[doc_id].items()
            if own is field
        }
        for doc, doc_id in ids.items():
            length = sum(len(p) for (own, _), p in expected[doc_id].items() if own is field)
            assert reader.exact_lengths[doc] == length


def test_nothing_is_seen_of_what_was_not_committed(tmp_path):
    kind = WhooshKind()
    assert kind.build(tmp_path, [document("a", "familjehem")]) == 1
    with kind.writer(tmp_path) as writer:
        writer.add(document("b", "rekrytering"))
        writer.remove("a")
    with kind.writer(tmp_path) as writer:
        assert writer.commit() == 1
    assert kind.open(tmp_path).ids() == {"a"}


def test_an_open_engine_keeps_what_it_had(tmp_path):
    kind = WhooshKind()
    kind.build(tmp_path, [document("a", "familjehem")])
    before = open_segments(index.open_dir(str(tmp_path)))
    with kind.writer(tmp_path) as writer:
        writer.add(document("a", "rekrytering"))
        assert writer.commit() == 1
    assert before[0].rows.document(0).repaired.text == "familjehem"
    assert before[0].tokens.types_of(Field.FORM, "familjehem").tolist()
    assert kind.open(tmp_path).document("a").repaired.text == "rekrytering"


def test_one_writer_at_a_time(tmp_path):
    kind = WhooshKind()
    kind.build(tmp_path, [])
    with kind.writer(tmp_path), pytest.raises(OperatorError):
        kind.writer(tmp_path)
