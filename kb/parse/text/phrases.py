"""The phrases that the rules use, from `data/`, as damage-tolerant vocabularies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kb.model import Presence, Role
from kb.swedish.closed_list import PhraseVocabulary, vocabulary
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
    """What a label over people says of them; without a presence they are no participants."""

    presence: Presence | None
    role: Role | None
    open: bool


@dataclass(frozen=True, slots=True)
class MeetingWord:
    """A word for a meeting: singular or plural, and the body that it implies."""

    many: bool
    body: str | None


@cache
def kinds() -> PhraseVocabulary[str]:
    """Words for kinds of minutes, and the kind."""
    return PhraseVocabulary({row[0]: row[1] for row in rows(PACKAGE, "kinds.tsv")})


@cache
def people_labels() -> PhraseVocabulary[PeopleLabel]:
    """Labels over people."""
    table = {}
    for row in rows(PACKAGE, "attendance.tsv"):
        role = ROLES.get(row[2]) if len(row) > 2 else None
        table[row[0]] = PeopleLabel(PRESENCES.get(row[1]), role, "open" in row[3:])
    return PhraseVocabulary(table)


@cache
def attendance_words() -> PhraseVocabulary[frozenset[str]]:
    """Words that labels over people are made of, and what each says."""
    return PhraseVocabulary(
        {row[0]: frozenset(row[1].split()) for row in rows(PACKAGE, "attendance_words.tsv")}
    )


@cache
def elections() -> PhraseVocabulary[str]:
    """First words of points at which somebody is elected."""
    return vocabulary(words(PACKAGE, "elections.txt"))


@cache
def field_labels() -> PhraseVocabulary[frozenset[str]]:
    """Labels of header fields, and the kinds of fact they hold."""
    return PhraseVocabulary(
        {row[0]: frozenset(row[1].split()) for row in rows(PACKAGE, "fields.tsv")}
    )


@cache
def roles() -> PhraseVocabulary[Role]:
    """Words beside a name for what the person did."""
    return PhraseVocabulary({row[0]: ROLES[row[1]] for row in rows(PACKAGE, "roles.tsv")})


@cache
def stands_in() -> PhraseVocabulary[str]:
    """Words between a deputy and the person replaced."""
    return vocabulary(words(PACKAGE, "stands_in.txt"))


@cache
def presences() -> PhraseVocabulary[Presence]:
    """Words beside a name for whether the person took part."""
    return PhraseVocabulary({row[0]: PRESENCES[row[1]] for row in rows(PACKAGE, "presences.tsv")})


@cache
def meeting_words() -> PhraseVocabulary[MeetingWord]:
    """Words for a meeting."""
    return PhraseVocabulary(
        {
            row[0]: MeetingWord(row[1] == "many", row[2] if len(row) > 2 else None)
            for row in rows(PACKAGE, "meeting_words.tsv")
        }
    )


@cache
def months() -> PhraseVocabulary[int]:
    """Months and their abbreviations, 1-12."""
    return PhraseVocabulary({row[0]: int(row[1]) for row in rows(PACKAGE, "months.tsv")})


@cache
def weekdays() -> PhraseVocabulary[int]:
    """Weekdays, Monday 0."""
    return PhraseVocabulary({row[0]: int(row[1]) for row in rows(PACKAGE, "weekdays.tsv")})


@cache
def signoffs() -> PhraseVocabulary[str]:
    """What stands before a signature: "secretary", "greeting" or "close"."""
    return PhraseVocabulary({row[0]: row[1] for row in rows(PACKAGE, "signoff.tsv")})


@cache
def headings() -> PhraseVocabulary[str]:
    """Headings known whatever the layout."""
    return vocabulary(words(PACKAGE, "headings.txt"))


@cache
def parts() -> PhraseVocabulary[str]:
    """Labels within a point, and what stands under them: "decision", "proposal", "account"."""
    return PhraseVocabulary({row[0]: row[1] for row in rows(PACKAGE, "parts.tsv")})


@cache
def adopting() -> frozenset[str]:
    """Words that open "Enligt kommunstyrelsens förslag", which adopts a proposal."""
    return frozenset(words(PACKAGE, "adopting.txt"))


@cache
def unfinished() -> frozenset[str]:
    """Words that no heading ends in."""
    return frozenset(words(PACKAGE, "unfinished.txt"))


@cache
def containers() -> PhraseVocabulary[str]:
    """Lines that only introduce the points."""
    return vocabulary(words(PACKAGE, "containers.txt"))


@cache
def title_words() -> PhraseVocabulary[str]:
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
