"""Sentences that state the presence of named people: "Anna och Bo var närvarande"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.parse.text.phrases import PeopleLabel, attendance_words
from kb.parse.text.reading import ParsedText
from kb.parse.who.attendance import lead, people_label
from kb.parse.who.entries import read_people
from kb.parse.who.facts import PersonEntry
from kb.parse.who.names import is_full_name
from kb.parse.who.people import LIKELY, participant
from kb.parse.who.roster import Roster

_HINT = re.compile(r"n.rv|delt|medv|hind|terbud|sjuk|med på")
"""Parts of words for presence, casefolded; sentences without any are skipped."""

_LONGEST_TAIL = 10
_ENDING = 80
"""Characters that those words fill at most."""

_OPENING = 30
"""Characters of the words before the names, at most."""

_FEWEST = 2
"""Fewest words that state presence: "är närvarande"."""


def find_stated_presence(reading: ParsedText, roster: Roster, taken: frozenset[int]) -> None:
    """Add the people whom a sentence outside the lists calls present or absent."""
    for span in reading.sentences:
        ending = reading.text[max(span.start, span.end - _ENDING) : span.end]
        opening = reading.text[span.start : min(span.end, span.start + _OPENING)]
        said = f"{opening} {ending}".casefold()
        if not reading.text[span.start].isupper() or not _HINT.search(said):
            continue
        line = reading.line_at(span.start)
        if line is None or (line.index in taken and span.start == line.start):
            continue
        words = reading.text[span.start : span.end]
        label, length = _said(words)
        if label is not None:
            named = _all_people(words[:length], span.start)
        elif found := lead(words):
            label, at = found
            named = (each for each in read_people(words[at:], span.start + at) if _named(each))
        else:
            continue
        for entry in named:
            roster.add(participant(reading, entry, label), loose=True)


def _said(words: str) -> tuple[PeopleLabel | None, int]:
    """Return what the last words of a sentence say of those before, and where they begin."""
    parts = words.rstrip(" .!").rsplit(None, _LONGEST_TAIL + 1)
    count = 0
    while count < min(_LONGEST_TAIL, len(parts) - 1):
        word = parts[-count - 1]
        if not word.islower() or attendance_words().like(word) is None:
            break
        count += 1
    while count >= _FEWEST:  # the first word after the names is a verb
        tail = parts[-count:]
        if "is" in (attendance_words().like(tail[0]) or ()):
            label = people_label(" ".join(tail))
            if label and label.presence:
                return label, words.rfind(
                    tail[0], 0, len(words) - len(" ".join(tail)) + len(tail[0])
                )
        count -= 1
    return None, 0


def _all_people(words: str, start: int) -> Iterator[PersonEntry]:
    """Yield the people `words` name; none if they name anything else."""
    entries = read_people(words.rstrip(), start)
    commas = words.count(",") + words.count(" och ") + words.count(" samt ")
    if entries and len(entries) > commas // 2 and all(_named(entry) for entry in entries):
        yield from entries


def _named(entry: PersonEntry) -> bool:
    return is_full_name(entry.name) or entry.sure > LIKELY or entry.name.islower()
