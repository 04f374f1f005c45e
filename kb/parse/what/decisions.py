"""Decisions of the meeting, and postponed points.

A decision stands under a label "Beslut", one per sentence or list item, or in a sentence whose
subject decides: "Gruppen enas om att …". Text under a label for proposals or for earlier decisions
of others is no decision.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import pairwise, zip_longest

from kb.model import Decision, Postponed, Span
from kb.parse.text.cues import Cue, SentenceWords, cues
from kb.parse.text.headings import TextHeading
from kb.parse.text.lines import TERMINAL, LineMark
from kb.parse.text.phrases import PACKAGE, adopting
from kb.parse.text.points import PointPart, covering
from kb.parse.text.reading import ParsedText, TextBlock, squeeze
from kb.parse.who.bodies import find_body
from kb.parse.who.names import is_given_name
from kb.swedish.closed_list import PhraseVocabulary, vocabulary
from kb.swedish.tables import words

_NAMING = re.compile(r"\s+att\s+(?:nominera|föreslå)\b")
"""After a word for deciding: it was decided before that somebody is only proposed."""

_NEAR = 5
"""Words between whoever decides and the word for deciding."""

_LABELLED, _SAID, _FREE = 0.9, 0.85, 0.6
"""Confidence of a decision: under a label, with the meeting as subject, without a subject."""

_STRAYS = 2
"""Paragraphs in a row that say nothing, at which what was decided ends."""

_PAGED = re.compile(r"\d\s*\(\d+\)$")
"""How the head of a page ends."""

_CELL = 3
"""Words of a cell of a table, at most."""

_LISTS = (LineMark.BULLET, LineMark.NUMBER)


def find_decisions(
    reading: ParsedText,
    headings: Sequence[TextHeading],
    parts: Sequence[PointPart],
    taken: Collection[int],
) -> tuple[Decision, ...]:
    """Return the decisions in the order of the text.

    Args:
        reading: The text.
        headings: Its headings.
        parts: The labelled parts of its points.
        taken: Lines that belong to title, fields or lists of people.
    """
    found: list[tuple[int, int, float]] = []
    for each in sorted((*_labelled(reading, parts), *_said(reading, headings, parts))):
        line = reading.line_at(each[0])
        if (found and each[0] < found[-1][1]) or (line and line.index in taken):
            continue
        found.append(each)
    return tuple(
        Decision(reading.words(start, end), reading.source(start, end), sure)
        for start, end, sure in found
    )


def _labelled(reading: ParsedText, parts: Sequence[PointPart]) -> Iterator[tuple[int, int, float]]:
    """Each sentence or list item under a label "Beslut"."""
    for part in parts:
        if part.kind != "decision":
            continue
        blocks = reading.blocks_in(part.start, part.end)
        skipped: LineMark | None = None
        strays = 0
        for at, block in enumerate(blocks):
            if block.mark not in _LISTS and not _is_told(_text(reading, block), first=at == 0):
                strays += 1
                if strays >= _STRAYS:
                    break  # a table, a list of what is handed in, a roll call
                continue
            strays = 0
            if skipped and block.mark in _LISTS:
                continue
            skipped = None
            begin = max(block.start, part.start)
            begin += len(reading.text[begin : block.end]) - len(
                reading.text[begin : block.end].lstrip()
            )
            for start, end in _units(reading, blocks, at, begin):
                text = reading.text[start:end]
                if start >= part.end:
                    continue
                if _forwards(text):
                    skipped = LineMark.NUMBER  # what another body shall decide
                yield start, end, _LABELLED


def _is_told(text: str, *, first: bool) -> bool:
    """Tell whether a paragraph says something: a sentence, not a heading, a cell or a date.

    The first under a label may lack its stop.
    """
    if _PAGED.search(text):
        return False
    if text[-1] in TERMINAL or text[-1] in ';,)”"' or text.startswith(("att ", "Att ")):
        return text[-1] in TERMINAL or len(text.split()) > _CELL
    return first and len(text.split()) > 1


def _units(
    reading: ParsedText, blocks: Sequence[TextBlock], at: int, start: int
) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a block, or the block where it is a list item."""
    block = blocks[at]
    if block.mark in _LISTS:
        before = blocks[at - 1] if at else None
        if (
            before
            and block.under(before)
            and not _leads_in(reading.text[before.start : before.end])
        ):
            return  # counted with what it stands under
        yield start, _with_list(blocks, at)
        return
    for piece, end in reading.split(start, block.end):
        text = reading.text[piece:end]
        if _leads_in(text):
            items = list(_att_items(reading, piece, end))
            yield from items
            continue
        if items := list(_att_items(reading, piece, end)):
            yield from items
        elif end == block.end and text.endswith(":") and not _forwards(text):
            yield piece, _with_list(blocks, at)
        else:
            yield piece, end


def _text(reading: ParsedText, block: TextBlock) -> str:
    return reading.text[block.start : block.end]


def _with_list(blocks: Sequence[TextBlock], at: int) -> int:
    """Return where a block ends together with the list under it."""
    end = blocks[at].end
    for below in blocks[at + 1 :]:
        if not below.under(blocks[at]):
            break
        end = below.end
    return end


def _leads_in(text: str) -> bool:
    """Tell whether `text` only opens a list: "Styrelsen beslutar att:", "Enligt förslaget:"."""
    if _forwards(text):
        return False
    if text.endswith(":"):
        first = text.split(maxsplit=1)[0].casefold()
        if first in adopting():
            return True
    ending = text.rstrip(" :,").casefold()
    ending = ending.removesuffix(" att").removesuffix(" följande").removesuffix(" enhälligt")
    return ending.rsplit(maxsplit=1)[-1] in _words("leading_in.txt") if ending else False


def _forwards(text: str) -> bool:
    """Tell whether `text` proposes to another body what stands under it."""
    return text.endswith((":", "beslutar", "besluta", "att")) and " föreslår " in text


def _att_items(reading: ParsedText, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the items of a list that is written as lines beginning with "att"."""
    first = reading.line_at(start)
    last = reading.line_at(end - 1)
    if first is None or last is None or first is last:
        return
    lines = reading.lines[first.index : last.index + 1]
    begins = [
        line
        for before, line in pairwise(lines)
        if line.text.startswith("att ")
        and (
            line.gap
            or not reading.layout.full(before)
            or before.text.endswith((",", ";", " samt", " och", ":"))
            or _leads_in(before.text)
        )
    ]
    if first.text.startswith("att ") and begins:
        begins.insert(0, first)
    for line, below in zip_longest(begins, begins[1:]):
        until = lines[below.index - 1 - first.index].end if below else end
        yield line.start, until


def _said(
    reading: ParsedText, headings: Sequence[TextHeading], parts: Sequence[PointPart]
) -> Iterator[tuple[int, int, float]]:
    """A sentence whose subject is the meeting: "Gruppen enas om att …"."""
    formal = any(part.kind == "decision" for part in parts)
    read = ("decision", "proposal", "account") if formal else ("proposal",)
    others = [part for part in parts if part.kind in read]
    blocks = reading.blocks
    for sentence, text, said in reading.said:
        if text.endswith("?"):
            continue
        for cue in cues("decision_cues.tsv").find(said):
            flags = " ".join(cue.row[1:]).split()
            free = "free" in flags
            if _proposed(text[: cue.start]):
                break
            opens = not text[: cue.start].strip(" •-–*:")
            if not _fits(text, cue, flags, said):
                continue
            if (
                "opens" not in flags
                and not (opens and not free)
                and not (_unbound(text, cue) if free else _decided_by_meeting(text, cue))
            ):
                continue
            if _elsewhere(reading, sentence, cue, said) or _NAMING.match(text, cue.end):
                continue
            if any(covering(others, at) for at in (sentence.start, sentence.start + cue.start)):
                continue
            start = _after_heading(sentence.start, sentence.start + cue.start, headings)
            sure = _FREE if free else _SAID
            at = bisect_left(blocks, sentence.end, key=lambda block: block.end)
            ends_block = at < len(blocks) and blocks[at].end == sentence.end
            if items := list(_att_items(reading, start, sentence.end)):
                yield from ((*item, sure) for item in items)
            elif ends_block and _leads_in(text) and at + 1 < len(blocks):
                listed = False
                for below in range(at + 1, len(blocks)):
                    if blocks[below].mark not in _LISTS:
                        break
                    units = _units(reading, blocks, below, blocks[below].start)
                    yield from ((*unit, sure) for unit in units)
                    listed = True
                if not listed:
                    yield start, sentence.end, sure
            elif ends_block and text.endswith(":") and "names" not in flags:
                yield start, _listed(reading, blocks, at), sure
            else:
                yield start, sentence.end, sure
            break


_INFINITIVE = re.compile(r"\s+(?:inte\s+|gemensamt\s+)?[a-zåäö]{2,}[aå]\b")


def _fits(text: str, cue: Cue, flags: Collection[str], said: SentenceWords) -> bool:
    """Tell whether the sentence around a cue is as its flags in `decision_cues.tsv` ask."""
    if "opens" in flags and text[: cue.start].strip(" •-–*:"):
        return False
    if "person" in flags and not any(map(is_given_name, said.texts)):
        return False
    return "infinitive" not in flags or _INFINITIVE.match(text, cue.end) is not None


def _listed(reading: ParsedText, blocks: Sequence[TextBlock], at: int) -> int:
    """Return the end of a sentence with the list, or the dates, that follow its colon."""
    end = blocks[at].end
    for below in blocks[at + 1 :]:
        dated = reading.dates_in(below.start, below.start + 12)
        if not (below.mark in _LISTS or dated) or below.gap > 2:
            break
        end = below.end
    return end


def _proposed(before: str) -> bool:
    """Tell whether the words before the word for deciding make it a proposal."""
    clause = before.rpartition(", ")[2]
    if any(map(_decides, clause.casefold().split())) and " att " not in clause:
        before = clause
    words_ = [word.strip(',:;.”"(').casefold() for word in before.split()]
    for at, word in enumerate(words_):
        if word in _words("proposing.txt") and words_[at + 1 : at + 2] != ["och"]:
            return not adopting().intersection(words_[max(0, at - 3) : at])
    return False


def _decided_by_meeting(text: str, cue: Cue) -> bool:
    """Tell whether the meeting is the subject, before the word for deciding or after it."""
    before = text[: cue.start].replace(",", " ,").split()
    near = before[-_NEAR:]
    if near and near[-1] == ",":
        near = []
    for back, word in enumerate(reversed(near), 1):
        lowered = word.strip(',:;”"(').casefold()
        if _decides(lowered):
            opening = before[-back - 1].casefold() if back < len(before) else ""
            return opening not in _words("subordinate.txt")
        if lowered in _words("subordinate.txt"):
            return False
    if before and before[-1].casefold() in _words("subordinate.txt"):
        return False
    after = text[cue.start : cue.end + 40].split()[1:2]
    return bool(after) and _decides(after[0].strip(",.:").casefold())


def _decides(word: str) -> bool:
    if _deciders().like(word) is not None:
        return True
    return not word.endswith("s") and find_body(word) is not None


@cache
def _deciders() -> PhraseVocabulary[str]:
    return vocabulary(words(PACKAGE, "deciders.txt"))


def _unbound(text: str, cue: Cue) -> bool:
    """Tell whether the word stands by itself, not after "ska", "att" or "om"."""
    before, within = text[: cue.start].split()[-3:], text[cue.start : cue.end].split()
    near = [word.strip(",.:;").casefold() for word in (*before, *within)]
    bound = {word for word in near if word in _words("binding.txt")}
    if bound == {"om"} and "om" in before:
        at = len(text[: cue.start].split()) - len(before) + before.index("om")
        return at > 1 and text.split()[at - 1][-1].isalnum()  # "ansökan om plats avslogs"
    return not bound


def _elsewhere(reading: ParsedText, sentence: Span, cue: Cue, said: SentenceWords) -> bool:
    """Tell whether it is a decision of another day: by its date, or by past tense."""
    here = sentence.start + cue.start
    if any(date.year is not None for date in reading.dates_in(here, sentence.start + cue.end + 8)):
        return True
    dated = [d for d in reading.dates_in(sentence.start, sentence.end) if d.year is not None]
    if dated and "§" in reading.text[dated[0].start : sentence.end]:
        return True
    before = " ".join(
        word.casefold()
        for word, (_, end) in zip(said.texts, said.spans, strict=True)
        if end <= cue.start
    )
    return any(f" {words} " in f" {before} " for words in _words("earlier.txt"))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(words(PACKAGE, name))


def _after_heading(start: int, cue: int, headings: Sequence[TextHeading]) -> int:
    """Return where the sentence begins when a heading runs into it."""
    at = bisect_left(headings, cue, key=lambda heading: heading.start) - 1
    if at >= 0 and start <= headings[at].end <= cue and headings[at].words >= start:
        return headings[at].end + 2  # past the colon and its space
    return start


def find_postponed(reading: ParsedText) -> tuple[Postponed, ...]:
    """Return the sentences that postpone a point to a later meeting."""
    found = []
    for sentence, text, said in reading.said:
        cue = next(cues("postponed_cues.txt").find(said), None)
        if cue and "återkommer" in cue.row[0] and " med " in text[cue.start : cue.end + 6]:
            continue  # "återkommer med siffror till nästa möte" is somebody's to do
        if cue and not text.endswith("?") and not _proposed(text[: cue.start]):
            span = reading.source(sentence.start, sentence.end)
            found.append(Postponed(squeeze(text), span, 0.85))
    return tuple(found)
