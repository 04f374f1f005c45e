"""Which text below and beside a label belongs to its list of people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from kb.model import Presence, Role
from kb.parse.text.labels import Label
from kb.parse.text.lines import LineMark, TextLine, is_rule
from kb.parse.text.phrases import containers, headings, kinds
from kb.parse.text.reading import ParsedText
from kb.parse.who.gather import is_run_of_nicknames
from kb.parse.who.names import is_nickname
from kb.parse.who.rows import Piece, Row, read_row
from kb.parse.who.units import UnitKind

_FEW = 3
"""People before a line within a list that cannot be read is passed over."""

_PAGE_HEAD = 8
"""Lines that the foot of a page and the head of the next fill at most."""

_SHORT = 6
"""Words of a line of a list, at most, that is taken for a person unread."""

_LONGEST = 400
"""Characters of a line of a list, at most, that names are looked for in."""

_SENTENCE = 3
"""Words in a row that are nothing known and make it a sentence."""

_OFFICES = (Role.CHAIR, Role.SECRETARY, Role.ADJUSTER)
_SIGNERS = {Role.CHAIR: 1, Role.SECRETARY: 1, Role.ADJUSTER: 2}
"""Rows at most of those who hold an office of the meeting."""

_STRONG = 0.72
"""Cost up to which a line with a name is one of a list wherever it stands."""


class Block:
    """Gathers the rows of the list under one label.

    Attributes:
        rows: Its rows, what stands beside the label first.
    """

    def __init__(
        self,
        reading: ParsedText,
        label: Label,
        labels: Mapping[int, Label],
        *,
        nicknames: bool = False,
    ) -> None:
        self._reading = reading
        self._label = label
        self._labels = labels
        self.rows: list[Row] = []
        stop = label.line.end if label.end is None else label.end
        if label.value < stop:
            beside = row_at(reading, label.line, label.value, stop)
            if strength(beside) == "none" and not beside.names and not nicknames:
                return
            self.rows.append(beside)
        if label.end is None and not self._is_office_beside():
            self._below(label.line.index)

    @property
    def lines(self) -> list[int]:
        """The lines below the label."""
        return [row.line for row in self.rows if row.line != self._label.line.index]

    def _is_office_beside(self) -> bool:
        """Tell whether the label names an office, and whoever holds it stands beside it."""
        people = self._label.people
        if people is None or people.role not in _OFFICES or not self.rows:
            return False
        return not self._runs_on()

    def _below(self, above: int) -> None:
        lines = self._reading.lines
        at = above + 1
        numbered = False
        while at < len(lines):
            line = lines[at]
            if is_rule(line):
                at += 1
                continue
            first = not any(row.line > above for row in self.rows)
            if line.mark is LineMark.NUMBER and not numbered:
                numbered = first and not self.rows and self._numbered(at)
                if not numbered:
                    break
            row = self._row(line)
            if self._closes(line) or not self._belongs(line, row, at):
                if (further := self._over_page(at)) is None:
                    break
                at = further
                self.rows.append(replace(self._row(lines[at]), gap=0))
                at += 1
                continue
            self.rows.append(row)
            at += 1
            people = self._label.people
            if people and people.role in _OFFICES and len(self.rows) >= _SIGNERS[people.role]:
                break

    def _row(self, line: TextLine) -> Row:
        return row_at(self._reading, line, self._from(line), line.end)

    def _from(self, line: TextLine) -> int:
        """Return where in `line` people begin: after the rest of a label in its own column."""
        label = self._label
        if not label.column or line.indent > label.line.indent:
            return line.start
        first, gap, _ = line.text.partition("  ")
        if gap and label.text.endswith(first):
            rest = line.text[len(first) :]
            return line.start + len(first) + len(rest) - len(rest.lstrip())
        return line.start

    def _numbered(self, at: int) -> bool:
        """Tell whether a numbered list of people begins at line `at`, not the first point."""
        pair = self._reading.lines[at : at + 2]
        return all(
            each.mark is LineMark.NUMBER and strength(self._row(each)) in ("strong", "weak")
            for each in pair
        )

    def _closes(self, line: TextLine) -> bool:
        """Tell whether `line` begins something else than people."""
        if line.mark in (LineMark.HASH, LineMark.PARAGRAPH):
            return True
        words = line.text.strip(" *_").rstrip(":")
        if headings().like(words) or kinds().exact(words) or containers().like(words):
            return True
        known = self._labels.get(line.index)
        if known is None:
            return False
        if known.people is None:
            return True
        over = self._label.people
        row = (
            known.people.role in _OFFICES
            and known.value < line.end
            and over is not None
            and over.role is None
            and over.presence is Presence.PRESENT
            and self._label.value >= self._label.line.end
        )
        return not row

    def _belongs(self, line: TextLine, row: Row, at: int) -> bool:
        """Tell whether a line is one of the list's."""
        spacing = max((each.gap for each in self.rows[1:]), default=1)
        if line.gap > max(1, spacing) + (not self.rows):
            return bool(self.rows) and line.gap <= 3 and self._column_below(at)
        if line.gap == 0 and self._breaks_name(row):
            return True
        match strength(row):
            case "strong":
                return self._is_level(line) or not self._label.column
            case "weak":
                after = self._after(at)
                return line.gap <= spacing and (
                    (len(self.rows) > 1 and line.gap == self.rows[-1].gap)
                    or strength(after) == "strong"
                    or (strength(after) == "weak" and not row.names)
                )
            case "about":
                return self._is_about(line, row, at, spacing)
        if self._runs_on() and line.gap == 0 and strength(row, wrapped=True) != "none":
            return True
        return self._is_hurt(line, at)

    def _breaks_name(self, row: Row) -> bool:
        """Tell whether the last row ends in a given name that this one begins with the rest of."""
        last = self.rows[-1].pieces[-1:] if self.rows else ()
        if not last or last[0].inside or not last[0].units or not row.pieces:
            return False
        end, first = last[0].units[-1], row.pieces[0]
        alone = end.kind is UnitKind.NAME and " " not in end.text
        flows = len(self.rows[-1].names) > 1 or " " in last[0].text
        words = first.text.split()
        return alone and flows and words[0][0].isupper() and first.loose_words < _SENTENCE

    def _after(self, at: int) -> Row | None:
        lines = self._reading.lines
        return self._row(lines[at + 1]) if at + 1 < len(lines) else None

    def _is_about(self, line: TextLine, row: Row, at: int, spacing: int) -> bool:
        if not row.kinds & {UnitKind.PLACE}:
            return bool(self.rows)
        after = self._after(at)
        if after is not None and strength(after) == "none" and after.gap <= line.gap:
            return not self.rows and line.gap == 0 and bool(self._label.people)
        return line.gap <= spacing

    def _column_below(self, at: int) -> bool:
        """Tell whether as many lines as there are names say more of them, set apart."""
        count = len(self.rows)
        below = self._reading.lines[at : at + count]
        return (
            count > 1
            and len(below) == count
            and all(len(row.names) == 1 and len(row.pieces) == 1 for row in self.rows)
            and all(strength(self._row(each)) == "about" for each in below)
        )

    def _is_level(self, line: TextLine) -> bool:
        """Tell whether a line stands in the column of the list, where it has one."""
        return line.indent > self._label.line.indent or self._from(line) > line.start

    def _runs_on(self) -> bool:
        """Tell whether the last row breaks off within its list."""
        row = self.rows[-1] if self.rows else None
        if row is None:
            return False
        words = row.text.rstrip()
        return words.endswith((",", " och", "-", "–", "&", " samt"))

    def _is_hurt(self, line: TextLine, at: int) -> bool:
        """Tell whether `line` is one that cannot be read within a list of people."""
        if sum(len(row.names) for row in self.rows) < _FEW or len(line.text.split()) > _SHORT:
            return False
        after = self._after(at)
        if not line.text[0].isupper() or line.text[-1] in ".:" or after is None:
            return False
        alike = after.gap == line.gap == self.rows[-1].gap
        return alike and strength(after) == "strong"

    def _over_page(self, at: int) -> int | None:
        """Return the line at which the list goes on, below the head of the next page."""
        if not self.rows:
            return None
        last = self.rows[-1]
        lines = self._reading.lines
        known = lines[last.line]
        for line in lines[at : at + _PAGE_HEAD]:
            label = self._labels.get(line.index)
            if (label and label.people) or line.mark in (LineMark.HASH, LineMark.PARAGRAPH):
                return None
            alike = line.indent == known.indent or ("(" in line.text and "(" in known.text)
            if alike and strength(self._row(line)) == "strong":
                paged = "\f" in self._reading.text[known.end : line.start]
                return line.index if paged else None
        return None


def row_at(reading: ParsedText, line: TextLine, start: int, end: int) -> Row:
    """Return `start:end` of a line as a row of a list."""
    text = reading.text[start:end]
    if len(text) > _LONGEST:
        return Row(text, start, line.index, line.gap)
    return read_row(text, start=start, line=line.index, gap=line.gap)


def strength(row: Row | None, *, wrapped: bool = False) -> str:
    """Return how much a row looks like one of people.

    "strong" with a known name, "weak" with what may be one, "about" where all of it may be said
    of somebody, else "none": a sentence, or words that are nothing known.

    Args:
        row: The row.
        wrapped: Whether it may begin with the rest of a name.
    """
    if row is None or not row.pieces:
        return "none"
    names = row.names
    if is_run_of_nicknames(row):
        return "strong"
    if any(_is_told(piece) for piece in row.pieces):
        return "none"
    if names and row.text.rstrip().endswith(".") and any(p.loose_words for p, _ in names):
        return "none"
    if names:
        if min(unit.cost for _, unit in names) <= _STRONG:
            return "strong"
        return "weak"
    if len(row.pieces) == 1 and row.text.strip().islower() and is_nickname(row.pieces[0].text):
        return "weak"
    kinds_ = row.kinds
    if UnitKind.OTHER not in kinds_ or wrapped:
        return "about"
    return "none"


def _is_told(piece: Piece) -> bool:
    """Tell whether a piece is part of a sentence: words after a name that are nothing known."""
    if piece.inside:
        return False
    loose = piece.loose_words
    if loose > _SENTENCE or (loose > 1 and piece.names):
        return True
    pairs = pairwise(piece.units)
    return any(
        one.kind is UnitKind.OTHER
        and one.text[-1:].islower()
        and one.text.split()[-1].islower()
        and other.kind is UnitKind.NAME
        for one, other in pairs
    )
