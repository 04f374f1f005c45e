"""LaTeX and Typst said in plain words, every place kept."""

import pytest

from kb.parse import parse
from kb.parse.text.markup import plain
from tests.parse.conftest import unrepaired

LATEX = r"""\documentclass[protokoll]{klass}
\KOMAoptions{headwidth = 18cm}
\title{Styrelsemöte 3}
\begin{document}
\textbf{Plats:} Biblioteket\\
\section{Öppnande}
Mötet öppnades. % glöm inte klockan
\subsection*{Val av justerare}
\begin{beslut}
    \item Anna Ek väljs enligt 5 \S~i stadgan.
\end{beslut}
"""

TYPST = """#import "mall.typ": setup
#show: setup.with(
  date: datetime(year: 2024, month: 3, day: 5)
)
= Öppnande
// == Struken punkt
Mötet öppnades, se https://example.org/a.
== Val av justerare
#lista(
  [Anna Ek väljs.],
  [
    Bo Ek väljs.
  ]
)
"""


@pytest.mark.parametrize("text", [LATEX, TYPST, "a <!-- b\nc --> d", "Vanlig text. # 5 {x}"])
def test_places_are_kept(text):
    made = plain(text)
    assert len(made) == len(text)
    assert [at for at, c in enumerate(text) if c == "\n"] == [
        at for at, c in enumerate(made) if c == "\n"
    ]


def lines(text):
    return [" ".join(line.split()) for line in plain(text).splitlines() if line.strip()]


def test_latex():
    assert lines(LATEX) == [
        "Styrelsemöte 3",
        "Plats: Biblioteket",
        "# Öppnande",
        "Mötet öppnades.",
        "## Val av justerare",
        "Beslut:",
        "- Anna Ek väljs enligt 5 § i stadgan.",
    ]


def test_typst():
    assert lines(TYPST) == [
        "Datum: 2024-03-05",
        "# Öppnande",
        "Mötet öppnades, se https://example.org/a.",
        "## Val av justerare",
        "- Anna Ek väljs.",
        "- Bo Ek väljs.",
    ]


@pytest.mark.parametrize("text", [LATEX, TYPST])
def test_headings_are_found(text):
    minutes = parse(unrepaired(text))
    assert [(s.heading, s.level) for s in minutes.sections] == [
        ("Öppnande", 1),
        ("Val av justerare", 2),
    ]
    first = minutes.sections[0]
    assert first.heading_span.slice(text) == "Öppnande"
