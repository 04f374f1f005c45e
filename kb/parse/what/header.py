"""The head of minutes: title, kind, and the labelled fields for date, time and place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile

from kb.parse.text.front import FrontMatterField, read_front
from kb.parse.text.labels import Label
from kb.parse.text.lines import LineMark, TextLine
from kb.parse.text.phrases import PACKAGE, kinds
from kb.parse.text.reading import ParsedText, squeeze
from kb.parse.what.title import TitleWord, title_line, title_lines, write_title
from kb.parse.when.clocks import find_clocks
from kb.parse.when.dates import DateMention
from kb.parse.when.hours import closed, opened
from kb.parse.who.bodies import capitalised, find_body
from kb.swedish.tables import words as word_list

DEFAULT_KIND = "Minnesanteckningar"
FORMAL_KIND = "Protokoll"

_LONGEST_LINE = 200
_LONGEST_HEAD = 60
_OPENS = (LineMark.NUMBER, LineMark.PARAGRAPH, LineMark.HASH)
_WORD = re.compile(r"[^\W\d_]+(?:[-/][^\W\d_]+)*")
_FORM = re.compile(r"\b(teams|zoom|skype|digital\w*|distans|länk|telefon\w*)\b", re.IGNORECASE)
_IN_TITLE = re.compile(
    r",?\s+(?:i|på|hos|vid)\s+(?P<place>(?:sal\s|lokal\s)?[A-ZÅÄÖ0-9][^.!?]{0,78}?)\s*(?:[.!?]|$)"
)
_NUMBERED = re.compile(r"(?:\s+nr\.?\s*\d+)?\s*:?$")
_HOURS = re.compile(
    r"(?:k[l1I]|klockan|tid)?[.:]?\s*\d{1,2}[.:]\d\d(?:\s*[-–—]\s*\d{1,2}[.:]\d\d)?\s*\.?",
    re.IGNORECASE,
)
_TOP = 8
"""Lines from the top within which the hours stand by themselves."""

_FORMS = {"teams": "Teams", "zoom": "Zoom", "skype": "Skype", "telefon": "Telefon"}


@dataclass(frozen=True, slots=True)
class Header:
    """What the head of the minutes states.

    Attributes:
        title: The title line, repaired; None if it says too little.
        words: The words of the title.
        lines: Indices of the lines that make up title and fields.
        kind: What the minutes call themselves.
        date: The stated date, with the label it stands beside ("" in the title).
        date_label: The label's words.
        time: When the meeting began.
        end_time: When it ended.
        place: Where it was held, as stated.
        place_span: Where that is stated.
        form: How it was held, if not in a room.
        group: The body, if a field names it.
        front: The values of the front matter, by kind.
    """

    title: str | None
    words: tuple[TitleWord, ...]
    lines: frozenset[int]
    kind: str | None
    date: DateMention | None = None
    date_label: str = ""
    time: dt.time | None = None
    end_time: dt.time | None = None
    place: str | None = None
    place_span: tuple[int, int] | None = None
    form: str | None = None
    group: str | None = None
    front: Mapping[str, FrontMatterField] = field(default_factory=dict)


def read_header(reading: ParsedText, labels: dict[int, Label]) -> Header:
    """Return what the head of the text states."""
    lines = title_lines(reading, labels)
    words = tuple(word for line in lines for word in title_line(reading, line))
    fields = _Fields(reading, labels, frozenset(line.index for line in lines))
    date, label = fields.date, fields.date_label
    titled = [d for line in lines for d in reading.dates_in(line.outer, line.end)]
    if titled and (date is None or date.date is None or fields.weak):
        date, label = max(titled, key=lambda d: (d.year is not None, -d.start)), ""
    front = read_front(reading.repaired.text)
    time, until = _hours(reading, lines, fields, front)
    place, place_span = fields.place, fields.place_span
    if place is None and (written := front.get("place")):
        place, place_span = written.value, (written.start, written.end)
    if place is None and (span := _place_in_title(reading, lines)):
        place, place_span = squeeze(reading.text[span[0] : span[1]]), span
    form = _FORM.search(
        " ".join(reading.text[ln.outer : ln.end] for ln in lines) + " " + (place or "")
    )
    return Header(
        title=write_title(reading, lines, words),
        words=words,
        lines=frozenset(line.index for line in lines) | fields.lines,
        kind=_kind(reading, words),
        date=date,
        date_label=label,
        time=time,
        end_time=until,
        place=place,
        place_span=place_span,
        form=_form(form.group(1)) if form else None,
        group=fields.group,
        front=front,
    )


def _hours(
    reading: ParsedText,
    lines: list[TextLine],
    fields: _Fields,
    front: Mapping[str, FrontMatterField],
) -> tuple[dt.time | None, dt.time | None]:
    """Return when the meeting began and ended: as stated in the head, else as it was held."""
    time, until = fields.time, fields.until
    written = front.get("time")
    # Front matter is blanked in the text that the rules use.
    said = [(reading.repaired.text, written.start, written.end)] if written else []
    said += [(reading.text, line.outer, line.end) for line in lines]
    top = takewhile(lambda line: line.mark not in _OPENS or line in lines, reading.lines[:_TOP])
    said += [(reading.text, line.outer, line.end) for line in top if _hour(line)]
    for text, start, end in said:
        for clock in find_clocks(text, start, end, bare=True):
            time, until = time or clock.time, until or clock.until
    return time or opened(reading), until or closed(reading)


def _hour(line: TextLine) -> bool:
    """Tell whether nothing but hours stands on `line`: "Kl. 9.00-11.30"."""
    return _HOURS.fullmatch(line.text) is not None


def _place_in_title(reading: ParsedText, lines: list[TextLine]) -> tuple[int, int] | None:
    """Return the place that stands after day or hour in the title: "klockan 19:35 i V21."."""
    if not lines:
        return None
    end = lines[-1].end
    dates = [d.end for line in lines for d in reading.dates_in(line.outer, line.end)]
    clocks = [c.end for c in find_clocks(reading.text, lines[0].outer, end, bare=True)]
    found = (_IN_TITLE.match(reading.text, told, end) for told in sorted([*dates, *clocks]))
    return next((match.span("place") for match in found if match), None)


def _form(word: str) -> str:
    return next((name for key, name in _FORMS.items() if word.lower().startswith(key)), "Digitalt")


class _Fields:
    """The labelled fields of the head; the first statement of each counts."""

    def __init__(
        self, reading: ParsedText, labels: dict[int, Label], titled: frozenset[int]
    ) -> None:
        self.date: DateMention | None = None
        self.date_label = ""
        self.weak = True
        self.time: dt.time | None = None
        self.until: dt.time | None = None
        self.place: str | None = None
        self.place_span: tuple[int, int] | None = None
        self.group: str | None = None
        self.lines: frozenset[int] = frozenset()
        last = _end_of_head(reading, labels, titled)
        for label in labels.values():
            if label.fields and label.line.index < last and label.line.mark is not LineMark.BULLET:
                self._read(reading, label)

    def _read(self, reading: ParsedText, label: Label) -> None:
        start, end, last = label.value, label.line.end, label.line.index
        if start >= end and label.line.index + 1 < len(reading.lines):  # the value stands below
            value = reading.lines[label.line.index + 1]
            start, end, last = value.start, value.end, value.index
        end = min(end, start + 2 * _LONGEST_LINE)
        text = reading.text[start:end]
        if label.column:
            text = re.split(r"\s{3,}", text, maxsplit=1)[0]
            end = start + len(text)
        self.lines |= {label.line.index}
        if label.fields & {"date", "day"}:
            stated = next(iter(reading.dates_in(start, end)), None)
            if stated and (self.date is None or (self.weak and "date" in label.fields)):
                self.date, self.date_label = stated, label.text
                self.weak = "date" not in label.fields
            if stated and "time" not in label.fields and self.time is None:
                clocks = find_clocks(reading.text, stated.end, end)
                if clocks:
                    self.time, self.until = clocks[0].time, clocks[0].until
        if "time" in label.fields and self.time is None:
            reach = end
            if "place" in label.fields:  # the hours stand below the place
                below = reading.lines[label.line.index + 1 : label.line.index + 4]
                reach = next(
                    (ln.end for ln in below if find_clocks(reading.text, ln.start, ln.end)), end
                )
            clocks = find_clocks(reading.text, start, reach, bare=True)
            if clocks:
                self.time, self.until = clocks[0].time, clocks[0].until
        if "place" in label.fields and self.place is None and text.strip():
            place = re.split(r",?\s*\b(?:k[l1]\.?|klockan)\s*\d", text, maxsplit=1)[0]
            for mention in reading.dates_in(start, start + len(place)):
                place = place[: max(0, mention.start - start)]
                break
            if place.rstrip().endswith(",") and last + 1 < len(reading.lines):
                on = reading.lines[last + 1]  # the address goes on below
                if on.gap == 0 and not find_clocks(reading.text, on.start, on.end):
                    place, end = f"{place} {on.text}", on.end
            place = squeeze(place).strip(" ,.;")
            if place and len(place) <= 100:
                self.place, self.place_span = place, (start, end)
        if "group" in label.fields and self.group is None and _WORD.match(text.strip()):
            group = squeeze(text)
            if len(group) <= 60 and any(find_body(word) for word in group.split()):
                self.group = capitalised(group)


def _end_of_head(reading: ParsedText, labels: dict[int, Label], titled: frozenset[int]) -> int:
    """Return the index of the first line below the head: its fields are not those of the meeting.

    That is the first numbered or marked line that is neither title nor label.
    """
    for line in reading.lines[:_LONGEST_HEAD]:
        if line.index not in titled | labels.keys() and line.mark in _OPENS:
            return line.index
    return _LONGEST_HEAD


def _kind(reading: ParsedText, words: tuple[TitleWord, ...]) -> str | None:
    """Return the kind named in the title, or by a separate line near the top."""
    for word in words:
        if kind := kinds().exact(word.text):
            return kind
    for line in reading.lines[:60]:
        if len(line.text) <= 30 and (kind := kinds().like(_NUMBERED.sub("", line.text))):
            return kind
    formal = _formal().search(reading.text)
    return FORMAL_KIND if formal else None


@cache
def _formal() -> re.Pattern[str]:
    """Return a pattern of words that only formal minutes use."""
    said = "|".join(map(re.escape, word_list(PACKAGE, "formal.txt")))
    return re.compile(rf"\b(?:{said})\b", re.IGNORECASE)
