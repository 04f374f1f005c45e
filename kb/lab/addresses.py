"""Writes `docs/addresses.md` from `data/addresses.tsv`.

    python -m kb.lab.addresses > docs/addresses.md

A test checks that every rule of the application is listed, that each example answers, and that
the document is what this module writes.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.swedish.tables import rows

CHANGE = "change"
"""The kind of answer of a form that changes something."""

_HEAD = """\
# Addresses

Every address answers with and without JavaScript, in Swedish, and keeps its state in itself, so
that it can be shared, kept and followed. Searches take `q`, the facets `kommun`, `grupp`,
`person`, `ar` and `slag` (each as often as wished), `fran` and `till`, `utan` (a kind of match
left out), `sortera` and `sida`. Written by `python -m kb.lab.addresses`.

| address | gives | what it is | for example |
| --- | --- | --- | --- |
"""

_CHANGES = """
What changes something is sent as a form with a token of the page it stood on; without it nothing
is changed.

| address | does |
| --- | --- |
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address that is read.

    Attributes:
        rule: Its rule, as the application declares it.
        gives: The kind of its answer.
        what: What it is.
        example: An address that answers with the seeds as library.
    """

    rule: str
    gives: str
    what: str
    example: str


def read() -> tuple[Address, ...]:
    """Return the addresses that can be read, in the order of the document."""
    return tuple(
        Address(rule=row[0], gives=row[1], what=row[2], example=row[3])
        for row in rows("kb.lab", "addresses.tsv")
        if row[1] != CHANGE
    )


def changes() -> dict[str, str]:
    """Return the addresses that change something: rules, and what each does."""
    return {row[0]: row[2] for row in rows("kb.lab", "addresses.tsv") if row[1] == CHANGE}


def document() -> str:
    """Return `docs/addresses.md`."""
    asked = "".join(
        f"| `{one.rule}` | {one.gives} | {one.what} | `{one.example}` |\n" for one in read()
    )
    changed = "".join(f"| `{rule}` | {what} |\n" for rule, what in changes().items())
    return f"{_HEAD}{asked}{_CHANGES}{changed}"


if __name__ == "__main__":
    print(document(), end="")
