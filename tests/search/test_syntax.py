from __future__ import annotations

import pytest

from kb.search.syntax import Atom, Clause, parse_query


def words(*texts: str) -> tuple[Clause, ...]:
    return tuple(Clause((Atom(text),)) for text in texts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("familjehem rekrytering", words("familjehem", "rekrytering")),
        ("  familjehem  ", words("familjehem")),
        ("familjehem OCH rekrytering", words("familjehem", "rekrytering")),
        ('"den 9 maj"', (Clause((Atom("den 9 maj", phrase=True),)),)),
        ("”den 9 maj”", (Clause((Atom("den 9 maj", phrase=True),)),)),
        ('"den 9 maj', (Clause((Atom("den 9 maj", phrase=True),)),)),
        ("-oslo", (Clause((Atom("oslo"),), negated=True),)),
        ('-"på gång"', (Clause((Atom("på gång", phrase=True),), negated=True),)),
        ("barn- och ungdom", words("barn-", "och", "ungdom")),
        ("Bengtsson-Höganäs", words("Bengtsson-Höganäs")),
        ("familj*", (Clause((Atom("familj", prefix=True),)),)),
        ("*hem", (Clause((Atom("hem", suffix=True),)),)),
        ("*hem*", (Clause((Atom("hem", prefix=True, suffix=True),)),)),
        ("-*hem*", (Clause((Atom("hem", prefix=True, suffix=True),), negated=True),)),
        ("buss ELLER tåg", (Clause((Atom("buss"), Atom("tåg"))),)),
        ("a b ELLER c ELLER d", (*words("a"), Clause((Atom("b"), Atom("c"), Atom("d"))))),
        ("ELLER buss", words("buss")),
        ("buss ELLER", words("buss")),
        ("buss ELLER -tåg", (*words("buss"), Clause((Atom("tåg"),), negated=True))),
        ("§ 5", words("§", "5")),
        ("", ()), ("   ", ()), ("*", ()), ('"', ()), ('""', ()), ("- - -", ()), ("( ) & |", ()),
    ],
)  # fmt: skip
def test_query_forms(text: str, expected: tuple[Clause, ...]):
    assert parse_query(text) == expected
