"""Which lines below a label belong to its list of people."""

from __future__ import annotations

from kb.parse.text.labels import Label
from kb.parse.text.lines import LineMark, TextLine, is_rule
from kb.parse.text.phrases import headings, kinds
from kb.parse.text.reading import ParsedText
from kb.parse.who.entries import cells, read_entry, read_row
from kb.parse.who.names import is_full_name, is_nickname, municipality_named
from kb.parse.who.runs import OF, cell, people_on

_FEW = 3
"""Number of people before an unreadable line after which it is skipped."""

_PAGE_HEAD = 8
"""Most lines of a page footer and the next page's header together."""

_SHORT = 6
"""Most words of an unreadable line that is taken for a person."""

_LONGEST = 9
"""Words of a line with one person, at most."""


def lines_under(reading: ParsedText, label: Label, labels: dict[int, Label]) -> list[TextLine]:
    """Return the lines below `label` that belong to it, those on the next page too."""
    taken = _on_page(reading, label, labels, label.line, [])
    while taken:
        head = _over_page(reading, taken[-1], labels)
        more = _on_page(reading, label, labels, head, taken) if head else []
        if not more:
            break
        taken += more
    return taken


def _over_page(reading: ParsedText, last: TextLine, labels: dict[int, Label]) -> TextLine | None:
    """Return the last line of the head of the page after `last` if the list goes on below it.

    It does if people stand there in the same column or with the same brackets after them.
    """
    for line in reading.lines[last.index + 1 : last.index + _PAGE_HEAD]:
        label_here = labels.get(line.index)
        if (label_here and label_here.people) or line.mark in (LineMark.HASH, LineMark.PARAGRAPH):
            return None
        alike = line.indent == last.indent or ("(" in line.text and "(" in last.text)
        if alike and any(is_full_name(each.name) for each in read_row(line.text, line.start)):
            paged = "\f" in reading.text[last.end : line.start]
            return reading.lines[line.index - 1] if paged else None
    return None


def _on_page(
    reading: ParsedText,
    label: Label,
    labels: dict[int, Label],
    above: TextLine,
    before_page: list[TextLine],
) -> list[TextLine]:
    """Return the lines from below `above` on that belong to `label`."""
    beside = label.value < label.line.end
    taken: list[TextLine] = []
    spacing: int | None = 0 if before_page else None
    before = above
    marks = [LineMark.NONE, LineMark.BULLET]
    for at in range(above.index + 1, len(reading.lines)):
        line = reading.lines[at]
        if before_page and not taken:
            taken.append(line)
            before = line
            continue
        if is_rule(line):
            continue
        if not taken and not beside and line.mark is LineMark.NUMBER and _numbered(reading, line):
            marks.append(LineMark.NUMBER)
        if line.mark not in marks or not _row_of(label, labels.get(line.index)):
            break
        if headings().like(line.text) or kinds().exact(line.text):
            break
        if taken or beside:
            spacing = line.gap if spacing is None and line.gap <= 1 else spacing
            if line.gap > (spacing or 0) or (beside and line.gap):
                break
        elif line.gap > 2:
            break
        if beside and not label.column and not _runs_on(reading, before):
            break
        if beside and OF.match(line.text):
            break
        if label.column and line.indent <= label.line.indent and not _wrapped(label, line):
            break
        if not beside and not like_people(line):
            people = taken and (_vacant(line) or _hurt(reading, line, taken))
            if not people and not (taken and _runs_on(reading, before)):
                break
        taken.append(line)
        before = line
    return taken


def _hurt(reading: ParsedText, line: TextLine, taken: list[TextLine]) -> bool:
    """Tell whether `line` is one that cannot be read within a long list of people."""
    if len(taken) < _FEW or len(line.text.split()) > _SHORT or not line.text[0].isupper():
        return False
    below = reading.lines[line.index + 1 : line.index + 2]
    alike = all(each.gap == line.gap and each.mark is line.mark for each in below)
    return alike and any(is_full_name(e.name) for each in below for e in read_row(each.text, 0))


def _vacant(line: TextLine) -> bool:
    """Tell whether `line` is a row of a table without a person: "Kassör   Vakant"."""
    found = [words.strip("_*") for words, _ in cells(line.text, 0)]
    return any(words.casefold() in ("vakant", "vakans", "-") for words in found)


def _row_of(over: Label, here: Label | None) -> bool:
    """Tell whether a line with the label `here` is one of the people under the label `over`.

    "Ordförande   Anna Ek   Ja" is a row of a table of those present.
    """
    if here is None:
        return True
    if here.people is None or over.people is None or over.value < over.line.end:
        return False
    return here.column and here.people.role is not None and over.people.role is None


def _wrapped(label: Label, line: TextLine) -> bool:
    """Tell whether `line` begins with the rest of a label that wraps in its column."""
    first = next(cells(line.text, 0))[0]
    return "  " in line.text and label.text.endswith(first)


def _numbered(reading: ParsedText, line: TextLine) -> bool:
    """Tell whether `line` begins a numbered list of people, not the first point."""
    below = reading.lines[line.index : line.index + 2]
    return all(
        each.mark is LineMark.NUMBER and any(is_full_name(e.name) for e in read_row(each.text, 0))
        for each in below
    )


def _runs_on(reading: ParsedText, line: TextLine) -> bool:
    return line.text.endswith((",", " och", "-", "–", "&")) or (
        reading.layout.full(line) and "," in line.text and line.text[-1] not in ".:!?"
    )


def like_people(line: TextLine) -> bool:
    """Tell whether `line` could be a list of people or one person."""
    if line.text.endswith(":"):
        return False
    if OF.match(line.text):
        return bool(people_on(line, None))
    first = line.text.split(",", 1)[0]
    if "," in line.text and not _is_town(line):
        return read_entry(first, 0, nicknames=line.text.count(",") > 1) is not None
    if line.mark is LineMark.BULLET:
        return bool(read_row(first, 0)) or _is_called(line)
    if len(line.text.split()) > _LONGEST:
        return False
    return bool(read_row(cell(line.text), 0)) or _is_town(line) or _is_called(line)


def _is_called(line: TextLine) -> bool:
    """Tell whether `line` is a nickname by itself."""
    return line.text.islower() and is_nickname(line.text)


def _is_town(line: TextLine) -> bool:
    row = [words.strip(" .:–-") for words, _ in cells(line.text, 0)]
    return municipality_named(row[0]) is not None if row else False
