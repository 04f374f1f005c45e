"""Undertakings: who will do what, by when.

A person promises or is assigned a task (`data/promises.tsv`: "får i uppdrag att"), will do it
(`data/modals.txt`: "kommer Johan förbereda …"), does it (`data/action_verbs.tsv`: "Anne pratar med
Nacka") or is named in a to-do list. The patterns are tried in that order.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from kb.model import Action, Decision, Meeting, Participant, Span
from kb.parse.text.cues import Cue, Cues, SentenceWords, split_words
from kb.parse.text.lines import LineMark
from kb.parse.text.phrases import PACKAGE
from kb.parse.text.points import PointPart, covering
from kb.parse.text.reading import ParsedText
from kb.parse.when.due import find_due, promised
from kb.parse.who.doers import NAME_LIST, Doers, vocabulary_of
from kb.swedish.closed_list import PhraseVocabulary, vocabulary
from kb.swedish.tables import rows, words

_SUBJECT = re.compile(rf"\b({NAME_LIST})\**,?\s+(som\s+)?(?:också\s+|även\s+|sedan\s+)?$")
_NAMES = re.compile(NAME_LIST)
_ADVERB = r"(?:(?:även|också|sedan|nu|försöka|därför|gemensamt|tillsammans|se\s+till\s+att)\s+)?"
_CLAUSE = re.compile(
    r"[,;:(–]\s+|\s-\s+|\b(?:att|där|som|så|men|och\s+att|samt\s+att|medan)\s+|"
    r"\b(?:kommer|ska|skall)\s+(?=[A-ZÅÄÖ])"
)
_RECIPIENT = re.compile(r"\s+((?:(?!att\b|uppgiften\b|i\s+uppdrag\b)[\w-]+\s+){1,6})")
_TOLD = re.compile(rf"\**({NAME_LIST})\s?(?:\*\*:|:\**)\s+(\w+)")
_RESPONSIBLE = re.compile(rf"\b[Aa]nsvar(?:ig|iga)?\s?:\s*({NAME_LIST})")
_AT = re.compile(rf"@({NAME_LIST})")
_ALL = re.compile(r"(?:^|[,;:.]\s+)((?:[Aa]lla|[Ss]amtliga)(?:\s+(?!som\b)\w+){0,4})\s+$")
_LAST = re.compile(r"\(([^()]{2,60})\)|\s[-–]\s+([^()\n]{2,60}?)\??$")
_MOST_WORDS = 8
_BODY = 0.75
"""Confidence of an undertaking of a body."""

_SUBJECT_AFTER = re.compile(rf"\s+({NAME_LIST})\b")
_LAST_SUBJECT = re.compile(rf"\s+({NAME_LIST})[.!]?$")
_REFERRING = re.compile(r",?\s*(?:detta|det|vilket)?\s*$")
_WINDOW = 110
_OPENING_BODY = re.compile(r"\W*([A-ZÅÄÖ][a-zåäö]{4,})\s+")


@dataclass(frozen=True, slots=True)
class _Found:
    """An undertaking within a sentence; offsets of the sentence."""

    who: tuple[str, ...]
    start: int
    what: str
    sure: float


def find_actions(
    reading: ParsedText,
    *,
    parts: Sequence[PointPart],
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
        base: The likeliest date of the minutes, from which relative dates are computed.
    """
    doers = Doers(people)
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
        due = find_due(reading, sentence, meetings, base)
        if due is None and at + 1 < len(reading.said):
            due = promised(reading, reading.sentences[at + 1], found.who, base)
        actions.append(Action(found.who, what, span, due, found.sure))
    return tuple(sorted(actions, key=lambda action: action.span))


def _adopts(reading: ParsedText, part: PointPart | None) -> bool:
    """Tell whether a part adopts the proposal right before it."""
    if part is None or part.kind != "decision":
        return False
    return "bifall" in reading.text[part.start : part.end].casefold()


def _decision_at(decisions: Sequence[Decision], offset: int) -> Span | None:
    at = bisect_left(decisions, offset + 1, key=lambda decision: decision.span.start) - 1
    return decisions[at].span if at >= 0 and offset < decisions[at].span.end else None


_RESOLVED = re.compile(r"^Att(?=\s+[A-ZÅÄÖ])")


@cache
def _verbs() -> Cues:
    """Both forms of every verb, and phrases for promising; each row says which it is."""
    table = rows(PACKAGE, "action_verbs.tsv")
    forms = [(row[0], "told" if "told" in row else "present") for row in table]
    forms += [(row[1], "infinitive") for row in table]
    forms += [(row[0], row[1]) for row in rows(PACKAGE, "promises.tsv")]
    return Cues(tuple(forms))


@cache
def _infinitives() -> PhraseVocabulary[str]:
    return vocabulary({row[1].split()[0] for row in rows(PACKAGE, "action_verbs.tsv")})


@cache
def _modals() -> str:
    longest = sorted(words(PACKAGE, "modals.txt"), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest)


@cache
def _modal_words() -> frozenset[str]:
    """The first word of each; sentences without any are skipped."""
    return frozenset(word.split()[0] for word in words(PACKAGE, "modals.txt"))


@cache
def _with_modal() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(rf"\b({NAME_LIST}),?\s+(?:{_modals()})\s+{_ADVERB}(\w+)"),
        re.compile(rf"\b(?:{_modals()})\s+({NAME_LIST})\s+(?:att\s+)?{_ADVERB}(\w+)"),
        re.compile(rf"\b((?:[\w-]+\s+){{0,2}}[\w-]+)\s+(?:{_modals()})\s+{_ADVERB}(\w+)"),
    )


def _in_sentence(text: str, said: SentenceWords, doers: Doers) -> _Found | None:
    """Return the first undertaking of a sentence, by the most reliable pattern that matches."""
    if text.endswith("?") or _is_habit(text):
        return None
    # "Att Anna bokar lokal" is a resolution; its first word is no part of the name.
    text = _RESOLVED.sub(lambda match: " " * len(match.group()), text)
    triggers = list(_verbs().find(said))
    for cue in triggers:
        rule = _PHRASES.get(cue.row[1])
        if rule and (found := rule(text, cue, doers)):
            return found
    if not _modal_words().isdisjoint(said.texts) and (found := _modal(text, doers)):
        return found
    later = _LATER.search(text) is not None and not text.endswith(":")
    for cue in triggers:
        told = cue.row[1] == "told"
        if told and not later:
            continue
        if cue.row[1] in ("present", "told") and (found := _present(text, cue, doers)):
            return found
    return _addressed(text, doers) or _by_agent(text, doers) or _resolved(text, doers)


_SINCE = re.compile(r"\bsedan\s+(?:\d{4}|årsskiftet|länge)\b")
_LATER = re.compile(
    r"\b(?:nästa\s+(?:möte|träff|gång|sammanträde)|till\s+den\s+\d|senast|inför)\b", re.IGNORECASE
)
_AGENT = re.compile(
    rf"\b([a-zåäö]+s)\b(?:\s+[a-zåäö]+){{0,2}}\s+av\s+(?:\(([A-ZÅÄÖ]{{2,4}})\)|({NAME_LIST})|([a-zåäö]+(?:en|an|et)))"
)
_INITIALS = re.compile(r"\(([A-ZÅÄÖ]{2,4})\)\s+(?=([a-zåäö]+))")
_RESOLVING = re.compile(
    rf"\b(?:beslutade|beslutar|beslöt|beslutat)\s*:?\s*(?:att\s+)?({NAME_LIST})\s(?!ska\b)"
)
_VERB_ENDING = ("r", "ar", "er")


def _is_habit(text: str) -> bool:
    """Tell whether a sentence tells of what is always done, or since long, and promises nothing."""
    words_ = {word.strip(".,;:").casefold() for word in text.split()}
    return bool(words_ & vocabulary_of("habits.txt")) or _SINCE.search(text) is not None


def _by_agent(text: str, doers: Doers) -> _Found | None:
    """Something is done by somebody: "Skrivelsen upprättas av Karin", "(KE) beställer sand"."""
    if " av " in text:
        for match in _AGENT.finditer(text):
            verb = match.group(1)
            if not (_infinitives().exact(verb[:-1]) or _infinitives().exact(f"{verb[:-1]}a")):
                continue
            called, named, office = match.group(2), match.group(3), match.group(4)
            who = doers.initials(called) if called else doers.named(named) if named else ()
            who = who or (doers.many(office) if office else ())
            if who:
                return _Found(who, 0, _rest(text, 0), 0.75)
    for match in _INITIALS.finditer(text):
        verb = match.group(2)
        if verb.endswith(_VERB_ENDING) and (who := doers.initials(match.group(1))):
            return _Found(who, match.start(), _rest(text, match.end()), 0.75)
    return None


def _resolved(text: str, doers: Doers) -> _Found | None:
    """It was resolved that somebody does: "Styrelsen beslöt att Martin N går ut med frågan"."""
    match = _RESOLVING.search(text)
    who = doers.named(match.group(1)) if match else ()
    if match is None or not who:
        return None
    verb = text[match.end() :].split(maxsplit=1)
    if not verb or not verb[0].endswith("r"):
        return None
    return _Found(who, 0, _rest(text, match.end()), 0.75)


def _rest(text: str, start: int) -> str:
    return " ".join(text[start:].split()).rstrip(" .!")


def _promise(text: str, cue: Cue, doers: Doers) -> _Found | None:
    """A person or body is assigned it: "Förvaltningen får i uppdrag att …"."""
    start = 0
    for boundary in _CLAUSE.finditer(text, 0, cue.start):
        start = boundary.end()
    who = text[start : cue.start].strip()
    if not 1 <= len(who.split()) <= _MOST_WORDS or who.casefold() in vocabulary_of("nobody.txt"):
        return None
    named = doers.named(who) if _NAMES.fullmatch(who) else ()
    sure = 0.9 if named else _BODY
    return _Found(named or (" ".join(who.split()),), start, _rest(text, cue.start), sure)


def _promised(text: str, cue: Cue, doers: Doers) -> _Found | None:
    """A named person is responsible: "Anna ansvarar för lokalen"; not for bodies."""
    found = _promise(text, cue, doers)
    return found if found and found.sure > _BODY else None


def _assigned(text: str, cue: Cue, doers: Doers) -> _Found | None:
    """Somebody else assigns it: "Mötet ålägger styrelsen att …", "ger Anna i uppdrag att …"."""
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


_PHRASES: dict[str, Callable[[str, Cue, Doers], _Found | None]] = {
    "promise": _promise,
    "person": _promised,
    "assign": _assigned,
}


def _modal(text: str, doers: Doers) -> _Found | None:
    """A modal verb: "Anna ska boka lokal", "kommer Johan förbereda", "Alla bör kolla"."""
    before, inverted, many = _with_modal()
    for pattern in (before, inverted):
        for match in pattern.finditer(text):
            who = doers.named(match.group(1)) or doers.town(match.group(1))
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
    """Tell whether the verb after a modal is an action; a weak modal needs a known one."""
    lowered = verb.casefold()
    if _infinitives().like(verb):
        return True
    if lowered in vocabulary_of("states.txt") or not lowered.endswith(("a", "å", "se", "ge", "be")):
        return False
    modal = text[start:at].casefold().split()
    return not vocabulary_of("weak_modals.txt").intersection(modal)


def _present(text: str, cue: Cue, doers: Doers) -> _Found | None:
    """Present tense: "Anne pratar med Nacka", "Till nästa träff sammanställer Linda …".

    Or stands last: "Boka lokal, gör Olav".
    """
    if text.endswith(":"):
        return None  # what follows is told
    low = max(0, cue.start - _WINDOW)
    if match := _SUBJECT.search(text, low, cue.start):
        who = doers.named(match.group(1)) or doers.town(match.group(1))
        if who and (match.group(2) is None or doers.listed(match.group(1))):
            return _Found(who, match.start(), _rest(text, cue.start), 0.75)
    body = _OPENING_BODY.fullmatch(text, 0, cue.start)
    if body and (who := doers.group(body.group(1))):
        return _Found(who, 0, _rest(text, cue.start), 0.6)
    first = text[: cue.start].split(maxsplit=1)
    if first and first[0].casefold() in vocabulary_of("fronted.txt"):
        match = _SUBJECT_AFTER.match(text, cue.end)
        if match and (who := doers.named(match.group(1))):
            what = text[cue.start : cue.end] + text[match.end() :]
            return _Found(who, 0, _rest(what, 0), 0.75)
    if (match := _LAST_SUBJECT.match(text, cue.end)) and doers.listed(match.group(1)):
        what = _REFERRING.sub("", text[: cue.start])
        return _Found(doers.named(match.group(1)), 0, _rest(what, 0), 0.75)
    if every := _ALL.search(text, low, cue.start):
        who = (" ".join(every.group(1).split()),)
        return _Found(who, every.start(1), _rest(text, cue.start), 0.6)
    return None


def _addressed(text: str, doers: Doers) -> _Found | None:
    """A task with a name: "Anna: maila Bo", "Boka lokal. Ansvarig: Anna", "affisch @Anna"."""
    if ":" in text and (match := _TOLD.match(text)):
        who = doers.named(match.group(1))
        verb = match.group(2).casefold()
        if who and (_infinitives().like(verb) or _infinitives().like(verb.removesuffix("r"))):
            return _Found(who, 0, _rest(text, match.start(2)), 0.8)
    for sign, pattern in (("nsvar", _RESPONSIBLE), ("@", _AT)):
        if (
            sign in text
            and (match := pattern.search(text))
            and (who := doers.named(match.group(1)))
        ):
            rest = (text[: match.start()] + text[match.end() :]).strip(" ,;:(-–")
            return _Found(who, 0, _rest(rest, 0), 0.8)
    return None


def _listed(
    reading: ParsedText,
    parts: Sequence[PointPart],
    doers: Doers,
    meetings: Sequence[Meeting],
    base: dt.date | None,
) -> Iterator[Action]:
    """The items of a to-do list, each with the people named for it."""
    for part in parts:
        if part.kind != "action":
            continue
        for block in reading.blocks_in(part.start, part.end):
            if block.mark not in (LineMark.BULLET, LineMark.NUMBER) or block.start < part.start:
                continue
            text = reading.text[block.start : block.end]
            who = _responsible(text, doers)
            due = find_due(reading, Span(block.start, block.end), meetings, base)
            span = reading.source(block.start, block.end)
            yield Action(who, _rest(text, 0), span, due, 0.8 if who else 0.5)


def _responsible(text: str, doers: Doers) -> tuple[str, ...]:
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
