"""The title of minutes: the first lines that say what they are, of whom and of when."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kb.parse.text.labels import Label
from kb.parse.text.lines import TextLine
from kb.parse.text.phrases import field_labels, headings, kinds, meeting_words, title_words
from kb.parse.text.reading import ParsedText
from kb.parse.who.bodies import capitalised, find_body

_PAGE = re.compile(r"\b[Ss]ida?:?\s*\d+(?:\s*(?:\(\d+\)|av\s+\d+))?")
_LONGEST_LINE = 200
_LONGEST_TITLE = 130
_MOST_LINES = 5
_DATE_BEGINS = 15
"""Characters before the date of a line that begins with it: "tisdagen den 5 mars"."""


class TitleWord(NamedTuple):
    """A word of the title, repaired, with its place."""

    text: str
    start: int
    end: int


def title_lines(reading: ParsedText, labels: dict[int, Label]) -> list[TextLine]:
    """Return the first lines that say what the text is, of whom and of when."""
    lines: list[TextLine] = []
    passed: list[TextLine] = []
    for line in reading.lines[: _MOST_LINES + 2]:
        if len(line.text) > _LONGEST_LINE or line.number or headings().like(line.text):
            break
        label = labels.get(line.index)
        if label and (label.fields or label.value < line.end or not _is_title(reading, line)):
            break
        if lines and line.gap > 3:
            break
        if any(line.text == other.text for other in lines):
            continue  # the head of the next page
        runs_on = bool(lines) and not passed and reading.layout.continues(line.index)
        begun = line.text[0].islower() or _begins_with_date(reading, line)
        if _is_title(reading, line) or (runs_on and begun):
            lines += [*passed, line]
            passed = []
        elif len(line.text) <= 40 and len(passed) < 1 and line.text[-1] not in ".,:;":
            passed.append(line)
        else:
            break
        if len(lines) >= _MOST_LINES:
            break
    return lines


def _is_title(reading: ParsedText, line: TextLine) -> bool:
    """Tell whether `line` names a kind, a body, a meeting or a date."""
    words = title_line(reading, line)
    dates = reading.dates_in(line.outer, line.end)
    begun = _begins_with_date(reading, line)
    if line.text[0].islower() and not begun and not reading.layout.continues(line.index):
        return False
    if line.text.rstrip()[-1] == "." and len(line.text) > 60 and not dates:
        return False
    if kinds().exact(line.text):
        return True
    said = any(
        kinds().exact(w.text) or meeting_words().exact(w.text) or find_body(w.text) for w in words
    )
    dated = bool(dates)
    return (said and (dated or len(words) <= 8)) or (dated and len(words) <= 6)


def _begins_with_date(reading: ParsedText, line: TextLine) -> bool:
    dates = reading.dates_in(line.outer, line.end)
    return bool(dates) and dates[0].start - line.outer <= _DATE_BEGINS


def title_line(reading: ParsedText, line: TextLine) -> list[TitleWord]:
    """Return the words of `line`, those of a closed list repaired and joined again.

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
            written = _listed_word(tuple([piece for piece, _, _ in taken]))
            if written:
                words.append(TitleWord(written, taken[0][1], taken[-1][2]))
                at += count
                break
        else:
            words.append(TitleWord(*pieces[at]))
            at += 1
    return words


@lru_cache(maxsize=20_000)
def _listed_word(pieces: tuple[str, ...]) -> str | None:
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


def write_title(
    reading: ParsedText, lines: list[TextLine], words: tuple[TitleWord, ...]
) -> str | None:
    """Return the title as one line, or None if it says too little."""
    called = (word.text for word in words if "date" not in (field_labels().exact(word.text) or ()))
    text = " ".join(_PAGE.sub(" ", " ".join(called)).split()).strip(" ,.")
    said = {word.text.casefold() for word in words}
    if len(text) > _LONGEST_TITLE or len(said) < 2:
        return None
    if len(lines) == 1 and all(kinds().exact(word.text) for word in words):
        return None
    return capitalised(text)
