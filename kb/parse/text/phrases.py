"""The phrases that minutes are read by, from `data/`, as vocabularies that forgive damage."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kb.model import Presence, Role
from kb.swedish.closed_list import Vocabulary, vocabulary
from kb.swedish.tables import rows, words

PACKAGE = "kb.parse"

PRESENCES = {
    "present": Presence.PRESENT,
    "absent": Presence.ABSENT,
    "guest": Presence.GUEST,
    "other": Presence.OTHER,
}
ROLES = {
    "chair": Role.CHAIR,
    "secretary": Role.SECRETARY,
    "adjuster": Role.ADJUSTER,
    "coopted": Role.COOPTED,
    "deputy": Role.DEPUTY,
}


@dataclass(frozen=True, slots=True)
class PeopleLabel:
    """What a label over people says of them; no presence: they do not count."""

    presence: Presence | None
    role: Role | None
    open: bool


@dataclass(frozen=True, slots=True)
class MeetingWord:
    """A word for a meeting: one or many, and which body it lets meet."""

    many: bool
    body: str | None


@cache
def kinds() -> Vocabulary[str]:
    """Words for kinds of minutes, and the kind."""
    return Vocabulary({row[0]: row[1] for row in rows(PACKAGE, "kinds.tsv")})


@cache
def people_labels() -> Vocabulary[PeopleLabel]:
    """Labels over people."""
    table = {}
    for row in rows(PACKAGE, "attendance.tsv"):
        role = ROLES.get(row[2]) if len(row) > 2 else None
        table[row[0]] = PeopleLabel(PRESENCES.get(row[1]), role, "open" in row[3:])
    return Vocabulary(table)


@cache
def attendance_words() -> Vocabulary[frozenset[str]]:
    """Words that labels over people are made of, and what each says."""
    return Vocabulary(
        {row[0]: frozenset(row[1].split()) for row in rows(PACKAGE, "attendance_words.tsv")}
    )


@cache
def elections() -> Vocabulary[str]:
    """First words of points at which somebody is elected."""
    return vocabulary(words(PACKAGE, "elections.txt"))


@cache
def field_labels() -> Vocabulary[frozenset[str]]:
    """Labels of header fields, and the kinds of fact they hold."""
    return Vocabulary({row[0]: frozenset(row[1].split()) for row in rows(PACKAGE, "fields.tsv")})


@cache
def roles() -> Vocabulary[Role]:
    """Words beside a name for what the person did."""
    return Vocabulary({row[0]: ROLES[row[1]] for row in rows(PACKAGE, "roles.tsv")})


@cache
def stands_in() -> Vocabulary[str]:
    """What stands between a deputy and whose place is taken."""
    return vocabulary(words(PACKAGE, "stands_in.txt"))


@cache
def presences() -> Vocabulary[Presence]:
    """Words beside a name for whether the person took part."""
    return Vocabulary({row[0]: PRESENCES[row[1]] for row in rows(PACKAGE, "presences.tsv")})


@cache
def meeting_words() -> Vocabulary[MeetingWord]:
    """Words for a meeting."""
    return Vocabulary(
        {
            row[0]: MeetingWord(row[1] == "many", row[2] if len(row) > 2 else None)
            for row in rows(PACKAGE, "meeting_words.tsv")
        }
    )


@cache
def months() -> Vocabulary[int]:
    """Months and their abbreviations, 1-12."""
    return Vocabulary({row[0]: int(row[1]) for row in rows(PACKAGE, "months.tsv")})


@cache
def weekdays() -> Vocabulary[int]:
    """Weekdays, Monday 0."""
    return Vocabulary({row[0]: int(row[1]) for row in rows(PACKAGE, "weekdays.tsv")})


@cache
def signoffs() -> Vocabulary[str]:
    """What stands before a signature: "secretary", "greeting" or "close"."""
    return Vocabulary({row[0]: row[1] for row in rows(PACKAGE, "signoff.tsv")})


@cache
def headings() -> Vocabulary[str]:
    """Headings known whatever the layout."""
    return vocabulary(words(PACKAGE, "headings.txt"))


@cache
def parts() -> Vocabulary[str]:
    """Labels within a point, and what stands under them: "decision", "proposal", "account"."""
    return Vocabulary({row[0]: row[1] for row in rows(PACKAGE, "parts.tsv")})


@cache
def adopting() -> frozenset[str]:
    """Words that open "Enligt kommunstyrelsens förslag", by which a proposal is followed."""
    return frozenset(words(PACKAGE, "adopting.txt"))


@cache
def unfinished() -> frozenset[str]:
    """Words that no heading ends in."""
    return frozenset(words(PACKAGE, "unfinished.txt"))


@cache
def containers() -> Vocabulary[str]:
    """Lines that only introduce the points."""
    return vocabulary(words(PACKAGE, "containers.txt"))


@cache
def title_words() -> Vocabulary[str]:
    """Every word of a closed list that a title line may hold."""
    return vocabulary(
        (
            *words(PACKAGE, "title_words.txt"),
            *words(PACKAGE, "kinds.tsv"),
            *words(PACKAGE, "meeting_words.tsv"),
            *words(PACKAGE, "months.tsv"),
            *(form for row in rows(PACKAGE, "bodies.tsv") for form in row[1:]),
        )
    )
