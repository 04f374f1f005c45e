"""What people undertake: who will do what, by when.

Somebody takes it on or is told to (`data/promises.tsv`: "får i uppdrag att"), will do it
(`data/modals.txt`: "kommer Johan förbereda …"), does it (`data/action_verbs.tsv`: "Anne pratar
med Nacka") or is named for it in a list of things to do: the ways are tried in that order.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from kb.model import Action, Decision, Meeting, Participant, Span
from kb.parse.bodies import find_body
from kb.parse.cues import Cue, Cues, Words, split_words
from kb.parse.lines import Mark
from kb.parse.names import is_given_name
from kb.parse.phrases import PACKAGE, months
from kb.parse.points import Part, covering
from kb.parse.reading import Reading
from kb.swedish.closed_list import Vocabulary, vocabulary
from kb.swedish.municipalities import by_name
from kb.swedish.tables import rows, words

_NAME = (
    r"[A-ZÅÄÖÉ][^\W\d_]+(?:-[A-ZÅÄÖ][^\W\d_]+)?(?:\s[A-ZÅÄÖÉ][^\W\d_]+(?:-[A-ZÅÄÖ][^\W\d_]+)?){0,3}"
)
_LIST = rf"{_NAME}(?:(?:,\s+|\s+(?:och|samt|&)\s+){_NAME})*"
_SUBJECT = re.compile(rf"\b({_LIST}),?\s+(som\s+)?(?:också\s+|även\s+|sedan\s+)?$")
_NAMES = re.compile(_LIST)
_ADVERB = r"(?:(?:även|också|sedan|nu|försöka|därför|gemensamt|tillsammans|se\s+till\s+att)\s+)?"
_CLAUSE = re.compile(
    r"[,;:(–]\s+|\s-\s+|\b(?:att|där|som|så|men|och\s+att|samt\s+att|medan)\s+|"
    r"\b(?:kommer|ska|skall)\s+(?=[A-ZÅÄÖ])"
)
_RECIPIENT = re.compile(r"\s+((?:(?!att\b|uppgiften\b|i\s+uppdrag\b)[\w-]+\s+){1,6})")
_TOLD = re.compile(rf"({_LIST})\s?:\s+(\w+)")
_RESPONSIBLE = re.compile(rf"\b[Aa]nsvar(?:ig|iga)?\s?:\s*({_LIST})")
_AT = re.compile(rf"@({_LIST})")
_ALL = re.compile(r"(?:^|[,;:.]\s+)((?:[Aa]lla|[Ss]amtliga)(?:\s+(?!som\b)\w+){0,4})\s+$")
_LAST = re.compile(r"\(([^()]{2,60})\)|\s[-–]\s+([^()\n]{2,60}?)\??$")
_MOST_WORDS = 8
_SUBJECT_AFTER = re.compile(rf"\s+({_LIST})\b")
_BETWEEN = re.compile(r",\s+|\s+(?:och|samt|&)\s+")
_BY = re.compile(
    r"\b(?:till|senast|innan|före|inför|den|deadline)\s+(?:\S+\s+){0,3}$", re.IGNORECASE
)
_NEXT = re.compile(
    r"\b(?:till|inför|innan|på|vid)\s+n\wst(?:a|kommande)\s+[^\W\d]*(?:m\wte|tr\wff|g\wng|st\wmma)",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"\b(?:i|under|före|innan)\s+(?:början av\s+|slutet av\s+|mitten av\s+)?([^\W\d_]{3,9})\b"
)
_WINDOW = 110


@dataclass(frozen=True, slots=True)
class _Found:
    """An undertaking within a sentence; offsets of the sentence."""

    who: tuple[str, ...]
    start: int
    what: str
    sure: float


def find_actions(
    reading: Reading,
    parts: Sequence[Part],
    decisions: Sequence[Decision],
    people: Sequence[Participant],
    meetings: Sequence[Meeting],
    base: dt.date | None,
) -> tuple[Action, ...]:
    """Return the undertakings in the order of the text.

    Args:
        reading: The text.
        parts: The labelled parts of its points.
        decisions: What was decided; under a label "Beslut", nothing else counts.
        people: Those who may undertake something.
        meetings: The meetings to come, for "till nästa möte".
        base: The likeliest date of the minutes, from which dates are worked out.
    """
    doers = _Doers(people)
    others = [
        part
        for part, after in zip_longest(parts, parts[1:])
        if part.kind == "account" or (part.kind == "proposal" and not _adopts(reading, after))
    ]
    decided = [part for part in parts if part.kind == "decision"]
    actions = list(_listed(reading, parts, doers, meetings, base))
    taken = [(action.span.start, action.span.end) for action in actions]
    for at, (sentence, text, said) in enumerate(reading.said):
        found = _in_sentence(text, said, doers)
        if found is None or covering(others, sentence.start):
            continue
        start, what = sentence.start + found.start, found.what
        if not what:  # "Ansvarig: Anna", for what stands before
            if at == 0:
                continue
            start, what = reading.said[at - 1][0].start, _rest(reading.said[at - 1][1], 0)
        span = reading.source(start, sentence.end)
        if any(start <= span.start < end for start, end in taken):
            continue
        decision = _decision_at(decisions, span.start)
        if decision and decision.start == span.start:
            span = decision  # with the list that belongs to it
        elif decision is None and covering(decided, sentence.start):
            continue
        due = _due(reading, sentence, meetings, base)
        if due is None and at + 1 < len(reading.said):
            due = _promised(reading, reading.sentences[at + 1], found.who, base)
        actions.append(Action(found.who, what, span, due, found.sure))
    return tuple(sorted(actions, key=lambda action: action.span))


def _adopts(reading: Reading, part: Part | None) -> bool:
    """Tell whether a part says that what was proposed right before it was decided."""
    if part is None or part.kind != "decision":
        return False
    return "bifall" in reading.text[part.start : part.end].casefold()


def _decision_at(decisions: Sequence[Decision], offset: int) -> Span | None:
    at = bisect_left(decisions, offset + 1, key=lambda decision: decision.span.start) - 1
    return decisions[at].span if at >= 0 and offset < decisions[at].span.end else None


class _Doers:
    """Who may undertake something: those listed, given names, and words for more than one."""

    def __init__(self, people: Sequence[Participant]) -> None:
        self._known = {person.name for person in people}
        self._known |= {person.name.split()[0] for person in people}
        self._people = frozenset(self._known)
        self._known |= {each.organisation for each in people if each.organisation}

    def named(self, words_: str) -> tuple[str, ...]:
        """Return the people of a list of names, none if nobody of them may be one."""
        names = [" ".join(name.split()) for name in _BETWEEN.split(words_)]
        people = [name for name in names if name in self._known or not by_name(name)]
        return tuple(people) if any(map(self._person, people)) else ()

    def _person(self, name: str) -> bool:
        return name in self._known or is_given_name(name.split()[0])

    def listed(self, words_: str) -> bool:
        """Tell whether all of a list of names stand in the list of people."""
        return all(" ".join(name.split()) in self._people for name in _BETWEEN.split(words_))

    @staticmethod
    def many(words_: str) -> tuple[str, ...]:
        """Return the word for a body or for all that `words_` end in, with "den nya"."""
        parts = words_.split()
        last = parts[-1].casefold()
        if last not in _vocabulary("doers.txt") and not last.endswith(_endings()):
            body = find_body(last)
            if body is None or body[0] != body[1] or body[1].casefold() in _meeting():
                return ()
        first = len(parts) - 1
        while first and parts[first - 1].casefold() in _vocabulary("doer_modifiers.txt"):
            first -= 1
        if first and parts[first - 1].casefold() in _vocabulary("subordinate.txt"):
            return ()
        return (" ".join(parts[first:]),)


@cache
def _vocabulary(name: str) -> frozenset[str]:
    return frozenset(words(PACKAGE, name))


def _meeting() -> frozenset[str]:
    """Words for the meeting itself: what it "ska" is talk, unless somebody is told to."""
    return _vocabulary("deciders.txt")


@cache
def _endings() -> tuple[str, ...]:
    return tuple(words(PACKAGE, "doer_endings.txt"))


@cache
def _verbs() -> Cues:
    """Both forms of every verb, and phrases for promising; each row says which it is."""
    table = rows(PACKAGE, "action_verbs.tsv")
    forms = [(row[0], "present") for row in table if "told" not in row]
    forms += [(row[1], "infinitive") for row in table]
    forms += [(row[0], row[1]) for row in rows(PACKAGE, "promises.tsv")]
    return Cues(tuple(forms))


@cache
def _infinitives() -> Vocabulary[str]:
    return vocabulary({row[1].split()[0] for row in rows(PACKAGE, "action_verbs.tsv")})


@cache
def _modals() -> str:
    longest = sorted(words(PACKAGE, "modals.txt"), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest)


@cache
def _with_modal() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(rf"\b({_LIST}),?\s+(?:{_modals()})\s+{_ADVERB}(\w+)"),
        re.compile(rf"\b(?:{_modals()})\s+({_LIST})\s+(?:att\s+)?{_ADVERB}(\w+)"),
        re.compile(rf"\b((?:[\w-]+\s+){{0,2}}[\w-]+)\s+(?:{_modals()})\s+{_ADVERB}(\w+)"),
    )


def _in_sentence(text: str, said: Words, doers: _Doers) -> _Found | None:
    """Return the first undertaking of a sentence, by the surest of the ways to say it."""
    if text.endswith("?"):
        return None
    triggers = list(_verbs().find(said))
    for cue in triggers:
        if cue.row[1] in ("promise", "assign"):
            found = (_promise if cue.row[1] == "promise" else _assigned)(text, cue, doers)
            if found:
                return found
    if any(modal in text for modal in _vocabulary("modals.txt")) and (found := _modal(text, doers)):
        return found
    for cue in triggers:
        if cue.row[1] == "present" and (found := _present(text, cue, doers)):
            return found
    return _addressed(text, doers)


def _rest(text: str, start: int) -> str:
    return " ".join(text[start:].split()).rstrip(" .!")


def _promise(text: str, cue: Cue, doers: _Doers) -> _Found | None:
    """Somebody, or some body, takes it on: "Förvaltningen får i uppdrag att …"."""
    start = 0
    for boundary in _CLAUSE.finditer(text, 0, cue.start):
        start = boundary.end()
    who = text[start : cue.start].strip()
    if not 1 <= len(who.split()) <= _MOST_WORDS or who.casefold() in _vocabulary("nobody.txt"):
        return None
    named = doers.named(who) if _NAMES.fullmatch(who) else ()
    sure = 0.9 if named else 0.75
    return _Found(named or (" ".join(who.split()),), start, _rest(text, cue.start), sure)


def _assigned(text: str, cue: Cue, doers: _Doers) -> _Found | None:
    """Somebody is told to: "Mötet ålägger styrelsen att …", "ger Anna i uppdrag att …"."""
    inside = text[cue.start : cue.end].split()
    if len(inside) > len(cue.row[0].replace("~ ", "").split()):  # who stands within the phrase
        who = " ".join(inside[1:-2])
    else:
        match = _RECIPIENT.match(text, cue.end)
        who = " ".join(match.group(1).split()) if match else ""
    if not who:
        return None
    people = doers.named(who) if _NAMES.fullmatch(who) else ()
    return _Found(people or (who,), 0, _rest(text, cue.start), 0.75)


def _modal(text: str, doers: _Doers) -> _Found | None:
    """Somebody will: "Anna ska boka lokal", "kommer Johan förbereda", "Alla bör kolla"."""
    before, inverted, many = _with_modal()
    for pattern in (before, inverted):
        for match in pattern.finditer(text):
            who = doers.named(match.group(1))
            if who and _does(match.group(2), text, match.start(), match.start(2)):
                start = match.start() if pattern is before else 0
                return _Found(who, start, _rest(text, match.start(2)), 0.8)
    for match in many.finditer(text):
        modal = text[match.end(1) : match.start(2)].casefold().split()
        if {"får", "kan"}.intersection(modal):
            continue
        who = doers.many(match.group(1))
        if who and _infinitives().like(match.group(2)):
            return _Found(who, match.start(), _rest(text, match.start(2)), 0.6)
    return None


def _does(verb: str, text: str, start: int, at: int) -> bool:
    """Tell whether a verb after a modal is something one does; a weak modal needs a known one."""
    lowered = verb.casefold()
    if _infinitives().like(verb):
        return True
    if lowered in _vocabulary("states.txt") or not lowered.endswith(("a", "å", "se", "ge", "be")):
        return False
    modal = text[start:at].casefold().split()
    return not _vocabulary("weak_modals.txt").intersection(modal)


def _present(text: str, cue: Cue, doers: _Doers) -> _Found | None:
    """Somebody does: "Anne pratar med Nacka", "Till nästa träff sammanställer Linda …"."""
    low = max(0, cue.start - _WINDOW)
    if match := _SUBJECT.search(text, low, cue.start):
        who = doers.named(match.group(1))
        if who and (match.group(2) is None or doers.listed(match.group(1))):
            return _Found(who, match.start(), _rest(text, cue.start), 0.75)
    first = text[: cue.start].split(maxsplit=1)
    if first and first[0].casefold() in _vocabulary("fronted.txt"):
        match = _SUBJECT_AFTER.match(text, cue.end)
        if match and (who := doers.named(match.group(1))):
            what = text[cue.start : cue.end] + text[match.end() :]
            return _Found(who, 0, _rest(what, 0), 0.75)
    if every := _ALL.search(text, low, cue.start):
        who = (" ".join(every.group(1).split()),)
        return _Found(who, every.start(1), _rest(text, cue.start), 0.6)
    return None


def _addressed(text: str, doers: _Doers) -> _Found | None:
    """A task with a name: "Anna: maila Bo", "Boka lokal. Ansvarig: Anna", "affisch @Anna"."""
    if match := _TOLD.match(text):
        who = doers.named(match.group(1))
        verb = match.group(2).casefold()
        if who and (_infinitives().like(verb) or _infinitives().like(verb.removesuffix("r"))):
            return _Found(who, 0, _rest(text, match.start(2)), 0.8)
    for pattern in (_RESPONSIBLE, _AT):
        if (match := pattern.search(text)) and (who := doers.named(match.group(1))):
            rest = (text[: match.start()] + text[match.end() :]).strip(" ,;:(-–")
            return _Found(who, 0, _rest(rest, 0), 0.8)
    return None


def _listed(
    reading: Reading,
    parts: Sequence[Part],
    doers: _Doers,
    meetings: Sequence[Meeting],
    base: dt.date | None,
) -> Iterator[Action]:
    """What stands in a list of things to do, with whoever is named for each."""
    for part in parts:
        if part.kind != "action":
            continue
        for block in reading.blocks_in(part.start, part.end):
            if block.mark not in (Mark.BULLET, Mark.NUMBER) or block.start < part.start:
                continue
            text = reading.text[block.start : block.end]
            who = _responsible(text, doers)
            due = _due(reading, Span(block.start, block.end), meetings, base)
            span = reading.source(block.start, block.end)
            yield Action(who, _rest(text, 0), span, due, 0.8 if who else 0.5)


def _responsible(text: str, doers: _Doers) -> tuple[str, ...]:
    """Return who a listed task is for: last in brackets or after a dash, or its subject."""
    for match in reversed([*_LAST.finditer(text)]):
        who = match.group(1) or match.group(2)
        if people := doers.named(who) or doers.many(who):
            return people
    said = split_words(text)
    found = _in_sentence(text.rstrip("?"), said, doers)
    if found:
        return found.who
    names = _NAMES.match(text)
    return doers.named(names.group()) if names else ()


def _due(
    reading: Reading, sentence: Span, meetings: Sequence[Meeting], base: dt.date | None
) -> dt.date | None:
    """Return the day the sentence sets: a date, the next meeting, or the end of a month."""
    if base is None:
        return None
    for mention in reading.dates_in(sentence.start, sentence.end):
        if _BY.search(reading.text, max(sentence.start, mention.start - 40), mention.start):
            day = mention.after(base)
            if day and day >= base:
                return day
    if meetings and _NEXT.search(reading.text, sentence.start, sentence.end):
        return meetings[0].date
    return _month_end(reading, sentence, base)


def _promised(
    reading: Reading, sentence: Span, who: tuple[str, ...], base: dt.date | None
) -> dt.date | None:
    """Return when the next sentence says that the same person will be done."""
    text = reading.text[sentence.start : sentence.end]
    if base is None or not any(text.startswith(name.split()[0]) for name in who):
        return None
    return _month_end(reading, sentence, base) if " kommer " in text else None


def _month_end(reading: Reading, sentence: Span, base: dt.date) -> dt.date | None:
    """Return the last day of the month the sentence names ("i januari")."""
    for match in _MONTH.finditer(reading.text, sentence.start, sentence.end):
        month = months().exact(match.group(1))
        if month:
            year = base.year + (month < base.month)
            return dt.date(year, month, calendar.monthrange(year, month)[1])
    return None
