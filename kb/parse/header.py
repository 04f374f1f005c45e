"""The head of minutes: title, kind, and the labelled fields for date, time and place."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from kb.parse.bodies import capitalised, find_body
from kb.parse.clocks import find_clocks
from kb.parse.dates import DateMention
from kb.parse.labels import Label
from kb.parse.lines import Line, Mark
from kb.parse.phrases import headings, kinds, meeting_words, title_words
from kb.parse.reading import Reading, squeeze

DEFAULT_KIND = "Minnesanteckningar"

_LONGEST_LINE = 200
_LONGEST_TITLE = 130
_MOST_LINES = 5
_WORD = re.compile(r"[^\W\d_]+(?:[-/][^\W\d_]+)*")
_FORM = re.compile(r"\b(teams|zoom|skype|digital\w*|distans|länk|telefon\w*)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:\s+nr\.?\s*\d+)?\s*:?$")
_FORMS = {"teams": "Teams", "zoom": "Zoom", "skype": "Skype", "telefon": "Telefon"}


@dataclass(frozen=True, slots=True)
class TitleWord:
    """A word of the title, mended, with its place."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Header:
    """What the head of the minutes states.

    Attributes:
        title: The title line, mended; None if there is none worth the name.
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


def read_header(reading: Reading, labels: dict[int, Label]) -> Header:
    """Return what the head of the text states."""
    lines = _title_lines(reading, labels)
    words = tuple(word for line in lines for word in title_line(reading, line))
    fields = _Fields(reading, labels)
    date, label = fields.date, fields.date_label
    titled = [d for line in lines for d in reading.dates_in(line.outer, line.end)]
    if titled and (date is None or date.date is None or fields.weak):
        date, label = max(titled, key=lambda d: (d.year is not None, -d.start)), ""
    time, until = fields.time, fields.until
    if time is None:
        for line in lines:
            for clock in find_clocks(reading.text, line.outer, line.end):
                time, until = time or clock.time, until or clock.until
    form = _FORM.search(
        " ".join(reading.text[ln.outer : ln.end] for ln in lines) + " " + (fields.place or "")
    )
    return Header(
        title=_title(reading, lines, words),
        words=words,
        lines=frozenset(line.index for line in lines) | fields.lines,
        kind=_kind(reading, words),
        date=date,
        date_label=label,
        time=time,
        end_time=until,
        place=fields.place,
        place_span=fields.place_span,
        form=_form(form.group(1)) if form else None,
        group=fields.group,
    )


def _form(word: str) -> str:
    return next((name for key, name in _FORMS.items() if word.lower().startswith(key)), "Digitalt")


class _Fields:
    """The labelled fields of the head; the first statement of each counts."""

    def __init__(self, reading: Reading, labels: dict[int, Label]) -> None:
        self.date: DateMention | None = None
        self.date_label = ""
        self.weak = True
        self.time: dt.time | None = None
        self.until: dt.time | None = None
        self.place: str | None = None
        self.place_span: tuple[int, int] | None = None
        self.group: str | None = None
        self.lines: frozenset[int] = frozenset()
        for label in labels.values():
            if label.fields and label.line.index < 60 and label.line.mark is not Mark.BULLET:
                self._read(reading, label)

    def _read(self, reading: Reading, label: Label) -> None:
        start, end = label.value, label.line.end
        if start >= end and label.line.index + 1 < len(reading.lines):  # the value stands below
            value = reading.lines[label.line.index + 1]
            start, end = value.start, value.end
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
            place = squeeze(place).strip(" ,.;")
            if place and len(place) <= 100:
                self.place, self.place_span = place, (start, end)
        if "group" in label.fields and self.group is None and _WORD.match(text.strip()):
            group = squeeze(text)
            if len(group) <= 60 and any(find_body(word) for word in group.split()):
                self.group = capitalised(group)


def _title_lines(reading: Reading, labels: dict[int, Label]) -> list[Line]:
    """Return the first lines that say what the text is, of whom and of when."""
    lines: list[Line] = []
    passed: list[Line] = []
    for line in reading.lines[: _MOST_LINES + 2]:
        if len(line.text) > _LONGEST_LINE or line.number or headings().like(line.text):
            break
        label = labels.get(line.index)
        if label and (label.fields or not _is_title(reading, line)):
            break
        if lines and line.gap > 3:
            break
        if any(line.text == other.text for other in lines):
            continue  # the head of the next page
        runs_on = bool(lines) and not passed and reading.layout.continues(line.index)
        if _is_title(reading, line) or (runs_on and line.text[0].islower()):
            lines += [*passed, line]
            passed = []
        elif len(line.text) <= 40 and len(passed) < 1 and line.text[-1] not in ".,:;":
            passed.append(line)
        else:
            break
        if len(lines) >= _MOST_LINES:
            break
    return lines


def _is_title(reading: Reading, line: Line) -> bool:
    """Tell whether `line` names a kind, a body, a meeting or a date."""
    words = title_line(reading, line)
    if line.text[0].islower() and not reading.layout.continues(line.index):
        return False
    if (
        line.text.rstrip()[-1] == "."
        and len(line.text) > 60
        and not reading.dates_in(line.outer, line.end)
    ):
        return False
    if kinds().exact(line.text):
        return True
    said = any(
        kinds().exact(w.text) or meeting_words().exact(w.text) or find_body(w.text) for w in words
    )
    dated = bool(reading.dates_in(line.outer, line.end))
    return (said and (dated or len(words) <= 8)) or (dated and len(words) <= 6)


def title_line(reading: Reading, line: Line) -> list[TitleWord]:
    """Return the words of `line`, those of a closed list mended and put together again.

    "fra n fö ra ldragruppens mö te" gives "från", "föräldragruppens", "möte": the
    longest run of pieces that makes a listed word is taken for it.
    """
    pieces = [
        (match.group(), line.outer + match.start(), line.outer + match.end())
        for match in re.finditer(r"\S+", reading.text[line.outer : line.end])
    ]
    words: list[TitleWord] = []
    at = 0
    while at < len(pieces):
        for count in range(min(4, len(pieces) - at), 0, -1):
            taken = pieces[at : at + count]
            written = _mended([piece for piece, _, _ in taken])
            if written:
                words.append(TitleWord(written, taken[0][1], taken[-1][2]))
                at += count
                break
        else:
            words.append(TitleWord(*pieces[at]))
            at += 1
    return words


def _mended(pieces: list[str]) -> str | None:
    """Return the listed word that `pieces` are together."""
    whole = "".join(pieces)
    if len(pieces) > 1 and (any(not piece.isalpha() for piece in pieces) or len(whole) > 30):
        return None
    if len(pieces) > 1 and any(title_words().exact(piece) for piece in pieces if len(piece) > 2):
        return None
    if not whole[:1].isalpha():
        return None
    found = title_words().written(whole)
    if found is None:
        return None
    return capitalised(found) if whole[0].isupper() and not whole.isupper() else found


def _title(reading: Reading, lines: list[Line], words: tuple[TitleWord, ...]) -> str | None:
    """Return the title as a line of its own, or None if it says too little."""
    text = " ".join(word.text for word in words).strip(" ,.")
    said = {word.text.casefold() for word in words}
    if len(text) > _LONGEST_TITLE or len(said) < 2:
        return None
    if len(lines) == 1 and all(kinds().exact(word.text) for word in words):
        return None
    return capitalised(text)


def _kind(reading: Reading, words: tuple[TitleWord, ...]) -> str | None:
    """Return the kind named in the title, or by a line of its own near the top."""
    for word in words:
        if kind := kinds().exact(word.text):
            return kind
    for line in reading.lines[:60]:
        if len(line.text) <= 30 and (kind := kinds().like(_NUMBERED.sub("", line.text))):
            return kind
    return None


def front_matter(reading: Reading) -> dt.date | None:
    """Return the date a site generator wrote above the text (".. date: 2024-11-14 …")."""
    match = re.match(r"\s*<!--.*?\bdate:\s*(\d{4}-\d\d-\d\d).*?-->", reading.text[:2000], re.DOTALL)
    try:
        return dt.date.fromisoformat(match.group(1)) if match else None
    except ValueError:
        return None
