"""Who held the offices of this meeting, by its points and sentences.

"Val av justeringsmän: Anna Ek och Bo Al valdes", "Till sekreterare för mötet utsågs Cia
Fur", "Dan By justerar protokollet". A sentence is read as a row of offices, verbs and
names; a name takes the office beside it or, where the sentence names none, the one its
point is about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from kb.model import Presence, Role, Span
from kb.parse.text.lines import LineMark, TextLine
from kb.parse.text.phrases import PACKAGE, ROLES, PeopleLabel, elections
from kb.parse.text.reading import ParsedText
from kb.parse.who.entries import read_entry
from kb.parse.who.names import is_full_name, is_given_name, is_name
from kb.parse.who.people import LIKELY, SURE, participant
from kb.parse.who.roster import Roster
from kb.swedish.closed_list import PhraseVocabulary
from kb.swedish.tables import pairs, rows

_WORD = re.compile(r"[^\W\d_](?:[\w’'.-]*[^\W_])?")
_HINT = re.compile(r"just|ordf|sekr|prot|leda|föra")
"""Parts of words for offices, casefolded; sentences without any are skipped."""

_CHAIRING = re.compile(r"rdföranden?\s+(?=[A-ZÅÄÖ])")
_CHAIR = re.compile(r"(?:(\w+)\s+)?\b([Oo]|[Mm]öteso)$")
_BEFORE = 40
"""Characters before "rdföranden" that are looked at."""

_LONGEST_OFFICE = 4
_LONGEST_NAME = 60
_LONGEST_HEADING = 12
_EARLY = 6
"""Points of the beginning of a meeting, where it elects those who are to lead it."""


@dataclass(frozen=True, slots=True)
class _Office:
    role: Role | None
    meeting: bool


@dataclass(frozen=True, slots=True)
class _Named:
    """A name in a sentence: its place in the text, and its first and last word in the row."""

    start: int
    end: int
    word: int
    last: int


@cache
def _offices() -> PhraseVocabulary[_Office]:
    return PhraseVocabulary(
        {
            row[0]: _Office(ROLES.get(row[1]), "meeting" in row[2:])
            for row in rows(PACKAGE, "offices.tsv")
        }
    )


@cache
def _verbs() -> PhraseVocabulary[str]:
    return PhraseVocabulary(pairs(PACKAGE, "elect_verbs.tsv"))


def find_officers(reading: ParsedText, roster: Roster) -> None:
    """Give those in `roster` the offices that the text says they held; add who is missing."""
    known = _called(roster)
    sentences = reading.sentences
    point: _Office | None = None
    depth = points = 0
    lines = {line.start: line for line in reading.lines}
    held: set[Role] = set()
    for span in sentences:
        line = lines.get(span.start)
        if line is not None and _is_heading(line):
            points += 1
            inside = line.mark is LineMark.HASH and line.depth > depth
            point, depth = (
                _point(line, early=points <= _EARLY) or (point if inside else None),
                depth if point and inside else line.depth,
            )
            if span.end <= line.end:
                continue
            span = Span(line.end, span.end)  # a sentence that seems to go on with the heading
        if not point and not _HINT.search(reading.text[span.start : span.end].casefold()):
            continue
        for role, name in _elected(reading, span, point, known):
            _install(reading, roster, role, name, first=role not in held)
            held.add(role)
    _chairing(reading, roster)


def _chairing(reading: ParsedText, roster: Roster) -> None:
    """Make the person the text calls "ordföranden" the chair, if nothing else says who chaired.

    "Kommunstyrelsens ordförande" and "vice ordföranden" chair something else.
    """
    if any(person.role is Role.CHAIR for person in roster.people):
        return
    found: Counter[str] = Counter()
    first: dict[str, _Named] = {}
    for match in _CHAIRING.finditer(reading.text):
        title = _CHAIR.search(reading.text, max(0, match.start() - _BEFORE), match.start())
        if title is None:
            continue
        before, begun = title.group(1) or "", title.group(2)
        definite = match.group().startswith("rdföranden") or begun in ("Möteso", "möteso")
        if not definite and (before or begun == "o"):
            continue
        if before == "vice" or before.endswith("s"):
            continue
        words = [*_WORD.finditer(reading.text, match.end(), match.end() + _LONGEST_NAME)]
        name = next(_names(reading, words, frozenset()), None)
        if name and name.word == 0 and name.last > 0:
            said = reading.words(name.start, name.end)
            found[said] += 1
            first.setdefault(said, name)
    for said, _ in found.most_common(1):
        _install(reading, roster, Role.CHAIR, first[said], first=False)


def _is_heading(line: TextLine) -> bool:
    if line.mark is LineMark.BULLET:
        words = _WORD.findall(line.text)
        if len(words) > _LONGEST_OFFICE + 2:
            return False
        office = next(_offices_in(words), None)
        return office is not None and office[2] - office[1] >= len(words) - 2
    if line.mark is LineMark.NONE:
        return False
    if line.mark is not LineMark.HASH and line.text.endswith(".") and not _is_election(line):
        return False
    return len(line.text.split()) <= _LONGEST_HEADING


def _is_election(line: TextLine) -> bool:
    """Tell whether a line only says whom a point elects: "Val av mötesordförande."."""
    words = line.text.split()
    return len(words) <= _LONGEST_OFFICE + 2 and elections().like(words[0]) is not None


def _point(line: TextLine, *, early: bool) -> _Office | None:
    """Return the office that a point is about."""
    if line.text.endswith(".") and not _is_election(line):
        return None
    offices = [office for office, _, _ in _offices_in(_WORD.findall(line.text))]
    if not offices:
        return None
    if offices[0].meeting:
        return offices[0]
    first = line.text.split(" ", 1)[0]
    short = len(line.text.split()) <= 4
    return offices[0] if early and short and elections().like(first) is not None else None


def _offices_in(words: list[str]) -> Iterator[tuple[_Office, int, int]]:
    at = 0
    while at < len(words):
        for count in range(min(_LONGEST_OFFICE, len(words) - at), 0, -1):
            if office := _offices().like(" ".join(words[at : at + count])):
                yield office, at, at + count
                at += count
                break
        else:
            at += 1


def _elected(
    reading: ParsedText, span: Span, point: _Office | None, known: frozenset[str]
) -> Iterator[tuple[Role, _Named]]:
    """Yield who is put in which office by the sentence at `span`."""
    matches = [*_WORD.finditer(reading.text, span.start, span.end)]
    names = [*_names(reading, matches, known)]
    if not names:
        return
    words = [match.group() for match in matches]
    offices = [each for each in _offices_in(words) if each[0].meeting]
    if not (offices or point):
        return
    verbs = {at: verb for at, word in enumerate(words) if (verb := _verbs().like(word))}
    doing = set(verbs.values())
    if not offices:
        alone = all(_is_name_or_joint(word, known) for word in words)
        if point and point.role and ("elects" in doing or alone):
            held = point.role
            yield from ((held, name) for name in _not_proposing(names, verbs, words))
        return
    if "elects" not in doing and not ("is" in doing and len(words) <= _LONGEST_HEADING):
        return
    before = offices[0][1] < names[0].word
    for name in _not_proposing(names, verbs, words):
        near = [each for each in offices if (each[1] < name.word) == before]
        if near:
            office = near[-1] if before else near[0]
            if role := office[0].role:
                yield role, name


def _not_proposing(names: list[_Named], verbs: dict[int, str], words: list[str]) -> list[_Named]:
    """Return `names` without whoever proposes the others, unless nobody else is named."""
    starts = [name.word for name in names[1:]] + [len(words)]
    kept = []
    for name, stop in zip(names, starts, strict=True):
        after = [verbs[at] for at in range(name.last + 1, stop) if at in verbs]
        if after[:1] != ["proposes"]:
            kept.append(name)
    return kept


def _is_name_or_joint(word: str, known: frozenset[str]) -> bool:
    return word in ("och", "samt") or word.casefold() in known or word[0].isupper()


def _names(
    reading: ParsedText, matches: list[re.Match[str]], known: frozenset[str]
) -> Iterator[_Named]:
    """Yield the names: of people listed, or beginning with a common given name."""
    at = 0
    while at < len(matches):
        count = _name_at(reading, matches, at, known)
        if count:
            yield _Named(matches[at].start(), matches[at + count - 1].end(), at, at + count - 1)
        at += count or 1


def _name_at(
    reading: ParsedText, matches: list[re.Match[str]], at: int, known: frozenset[str]
) -> int:
    """Return the number of words of the name that begins with word `at`; 0 for none."""
    first = matches[at].group()
    count = 1
    while (
        first[0].isupper()
        and at + count < len(matches)
        and matches[at + count].group()[0].isupper()
        and reading.text[matches[at + count - 1].end() : matches[at + count].start()].isspace()
    ):
        count += 1
    for taken in range(min(count, 5), 1, -1):
        words = " ".join(match.group() for match in matches[at : at + taken])
        if is_full_name(words) or (words.casefold() in known and is_name(words)):
            return taken
    if first.casefold() in known and (count == 1 or not first[0].isupper()):
        return 1
    return int(count == 1 and first[0].isupper() and is_given_name(first) and at > 0)


def _called(roster: Roster) -> frozenset[str]:
    """Return everything that somebody in `roster` may be called, in small letters."""
    found: set[str] = set()
    for person in roster.people:
        parts = person.name.split()
        found |= {person.name.casefold(), parts[0].casefold()}
        if person.organisation and person.organisation.islower():
            found.add(person.organisation.casefold())
    return frozenset(found)


def _install(reading: ParsedText, roster: Roster, role: Role, name: _Named, *, first: bool) -> None:
    end = name.end
    if handle := re.compile(r"\s*\([^()\n]{1,30}\)").match(reading.text, end):
        end = handle.end()
    entry = read_entry(reading.text[name.start : end], name.start, nicknames=True)
    if entry is None:
        return
    if first and role is not Role.ADJUSTER:
        roster.elected(role)
    label = PeopleLabel(Presence.PRESENT, role, open=False)
    sure = SURE if is_full_name(entry.name) else LIKELY
    roster.add(replace(participant(reading, entry, label), confidence=sure), loose=True)
