"""What municipalities say: in a round, under their heading, and in running text."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from kb.model import Voice
from kb.parse.text.headings import TextHeading
from kb.parse.text.lines import LineMark
from kb.parse.text.reading import ParsedText, squeeze
from kb.parse.who.places import MunicipalityMention

_UNDER, _TOLD = 0.9, 0.75
"""How sure it is: under the heading of a municipality, and by how a sentence begins."""

_LEAD = re.compile(r"(?:Från|Fran|Frän|I)\s+")
_KOMMUN = re.compile(r"s?\s+kommun(?:en)?\b")
_ALONE = re.compile(r"\s*[:–—-]\s*(?=\S)")
_VERB = re.compile(r",?\s+(?:och\s+[A-ZÅÄÖ]\w+\s+)?([a-zåäöé]{2,})")
_MAN = re.compile(r"\s+\w+\s+(?:\w+\s+)?(?:man|de|dom|vi)\b")
_NO_VERB = frozenset(
    ("och", "samt", "den", "kl", "som", "i", "på", "till", "från", "eller", "den", "centrum")
)


def find_voices(
    reading: ParsedText,
    *,
    headings: Sequence[TextHeading],
    mentions: Sequence[MunicipalityMention],
    taken: Collection[int],
    host: str | None,
    stop: int,
) -> tuple[Voice, ...]:
    """Return what municipalities say, sentence by sentence, in the order of the text.

    Args:
        reading: The text.
        headings: Its headings, those of rounds too.
        mentions: Where it names municipalities.
        taken: Lines that belong to title, fields or lists of people.
        host: The municipality whose minutes these are, which says nothing of itself here.
        stop: Where the signature begins.
    """
    heads = {heading.start: heading for heading in headings}
    named = {mention.start: mention for mention in mentions}
    titles = {at for each in headings for at in range(each.line, each.last + 1)}
    found: list[Voice] = []
    speaker: str | None = None
    marked = sorted(heads)
    reached = 0
    for sentence, text, _ in reading.said:
        while reached < len(marked) and marked[reached] <= sentence.start:
            speaker = heads[marked[reached]].municipality
            reached += 1
        line = reading.line_at(sentence.start)
        if line is None or line.index in taken or sentence.start >= stop:
            continue
        start = sentence.start
        municipality = _told(reading, start, sentence.end, named)
        sure = _TOLD
        if municipality is None and speaker:
            municipality, sure = speaker, _UNDER
            heading = heads[marked[reached - 1]]
            if line.index in titles and sentence.end <= heading.end + 1:
                continue
        elif line.index in titles and line.mark is not LineMark.NONE:
            continue
        if municipality is None or municipality == host or not any(map(str.isalpha, text)):
            continue
        span = reading.source(start, sentence.end)
        found.append(Voice(municipality, squeeze(text), span, sure))
    return tuple(found)


def _told(
    reading: ParsedText, start: int, end: int, named: Mapping[int, MunicipalityMention]
) -> str | None:
    """Return the municipality whose saying a sentence is, by how it begins."""
    text = reading.text
    lead = start
    if (match := _LEAD.match(text, start)) and match.end() in named:
        lead = match.end()
    mention = named.get(lead)
    if mention is None:
        return None
    after = mention.end
    if kommun := _KOMMUN.match(text, after, end):
        after = kommun.end()
    if _ALONE.match(text, after, end):
        return mention.name
    verb = _VERB.match(text, after, end)
    if verb is None or verb.group(1) in _NO_VERB:
        return None
    if lead > start and text[start] == "I":
        return mention.name if _MAN.match(text, after, end) else None
    return mention.name
