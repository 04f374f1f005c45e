"""Rows of a list → its people: the pattern that the rows share says what belongs to whom.

What repeats is learned from the block itself: whether each row holds one person or several,
whether municipalities and offices stand before the names or after them, on the same line, the
lines between, or in a column of their own below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from kb.model import Presence, Role
from kb.parse.who.bodies import restore_body
from kb.parse.who.facts import PersonEntry, Town
from kb.parse.who.names import is_given_name, is_nickname
from kb.parse.who.rows import Piece, Row, with_places
from kb.parse.who.units import Unit, UnitKind, name_cost, read_units

_LIKE_NAME = 1.0
"""Cost up to which words are a name whatever stands around them."""

_FEW = 3
_ABOUT = frozenset((UnitKind.PLACE, UnitKind.TITLE, UnitKind.OTHER))
"""What may stand before a name in a row by itself, as it does after others."""


class People(NamedTuple):
    """The people of a list, and the municipalities that stand in it by themselves."""

    entries: list[PersonEntry]
    towns: list[Town]


class _Person:
    """Gathers what is said of one person."""

    def __init__(self, piece: Piece, unit: Unit) -> None:
        self.name = unit.text.strip(" .,:;") if len(unit.text) > 2 else unit.text
        self.cost = unit.cost
        self.start, self.end = piece.start + unit.start, piece.start + unit.end
        self.named = self.start, self.end
        self.municipality: str | None = None
        self.organisation: str | None = None
        self.role: Role | None = None
        self.title: str | None = None
        self.presence: Presence | None = None
        self.during: str | None = None

    def take(self, piece: Piece, unit: Unit) -> bool:
        """Take in what `unit` says; False if it is a second municipality."""
        match unit.kind:
            case UnitKind.PLACE:
                if self.municipality is not None:
                    return False
                self.municipality = str(unit.value)
            case UnitKind.ROLE if isinstance(unit.value, Role):
                if piece.inside and any(u.kind is UnitKind.OTHER for u in piece.units):
                    self.title = self.title or piece.text  # of something else than the meeting
                else:
                    self.role = self.role or unit.value
            case UnitKind.STANDS_IN:
                self.role = Role.DEPUTY
            case UnitKind.PRESENCE if isinstance(unit.value, Presence):
                self.presence = unit.value
            case UnitKind.DURING:
                self.during = self.during or unit.text
            case UnitKind.TITLE:
                self._titled(unit.text)
            case UnitKind.PARTY if unit.text != "-":
                self.organisation = self.organisation or str(unit.value)
            case UnitKind.OTHER:
                self.organisation = self.organisation or unit.text.strip(" .,:;")
            case _:
                return True
        return True

    def reach(self, start: int, end: int) -> None:
        """Let the place of the entry include `start:end`."""
        self.start, self.end = min(self.start, start), max(self.end, end)

    def _titled(self, words: str) -> None:
        parts = words.split()
        if len(parts) > 1 and (body := restore_body(parts[-1])):
            self.organisation = self.organisation or body
            parts = parts[:-1]
        self.title = self.title or " ".join(parts)

    def entry(self, supported: bool) -> PersonEntry:
        """Return what was gathered."""
        return PersonEntry(
            name=self.name,
            start=self.start,
            end=self.end,
            municipality=self.municipality,
            organisation=self.organisation,
            role=self.role,
            title=self.title,
            presence=self.presence,
            during=self.during,
            sure=_sure(self.cost, supported),
            named=self.named,
        )


def _sure(cost: float, supported: bool) -> float:
    """Return how surely a name of this cost is one; `supported` by the rows around it."""
    for limit, alone, among in ((0.46, 0.95, 0.95), (0.72, 0.85, 0.95), (1.0, 0.7, 0.92)):
        if cost <= limit:
            return among if supported else alone
    return 0.7 if supported else 0.4


def is_run_of_nicknames(row: Row) -> bool:
    """Tell whether a row is a run of nicknames in small letters, perhaps with names between."""
    outside = [piece for piece in row.pieces if not piece.inside]
    short = sum(map(_is_short, outside))
    return len(outside) >= _FEW and short * 5 >= len(outside) * 4


def gather(rows: Sequence[Row], *, nicknames: bool = False) -> People:
    """Return the people of `rows`, and municipalities listed without anybody.

    Args:
        rows: The lines of one list.
        nicknames: Whether people are called by nicknames in small letters elsewhere.
    """
    if _expects_places(rows):
        rows = with_places(rows)
    rows = _unwrapped(_demoted(rows))
    rows = _promoted(rows, nicknames=nicknames)
    people: list[_Person] = []
    towns: list[Town] = []
    for group in _groups(rows):
        if isinstance(group, _Columns):
            _take_columns(group, people)
        else:
            _take_rows(group, people, towns)
    costs = [person.cost for person in people]
    alone = (cost > 0.7 and " " not in p.name for cost, p in zip(costs, people, strict=True))
    called = any(person.name.islower() for person in people)
    if len(people) >= _FEW and not called and all(alone):
        return People([], towns)  # a list of organisations
    known = sum(cost <= _KNOWN for cost in costs)
    supported = known * 3 >= len(people) * 2
    several = len(people) > 1
    entries = [person.entry(supported and several) for person in people]
    return People(entries, towns)


def _expects_places(rows: Sequence[Row]) -> bool:
    """Tell whether most people of the list stand beside a municipality."""
    named = sum(len(row.names) for row in rows)
    placed = sum(u.kind is UnitKind.PLACE for r in rows for p in r.pieces for u in p.units)
    return placed > 1 and placed * 2 >= named


# Rows that go on in the next line ---------------------------------------------------------------

_RUNS_ON = (",", ":", "och", "-", "–", "&", "samt")


def _unwrapped(rows: Sequence[Row]) -> list[Row]:
    """Return `rows`, those that break off in the middle put together with the next."""
    one_each = all(len(row.names) == 1 for row in rows)
    found: list[Row] = []
    for row in rows:
        above = found[-1] if found else None
        if above and above.pieces and row.pieces and row.gap == 0:
            flows = sum(piece.after == "," for piece in (*above.pieces, *row.pieces)) > 1
            if pieces := _over_lines(above.pieces[-1], row.pieces[0], flows=flows):
                found[-1] = _together(above, row, (*above.pieces[:-1], *pieces, *row.pieces[1:]))
                continue
            runs_on = above.text.rstrip().endswith(_RUNS_ON) or len(above.names) > 1
            if row.pieces[0].inside or (not one_each and runs_on):
                first = row.pieces[0]._replace(before=row.pieces[0].before or ",")
                found[-1] = _together(above, row, (*above.pieces, first, *row.pieces[1:]))
                continue
        found.append(row)
    return found


def _together(above: Row, row: Row, pieces: tuple[Piece, ...]) -> Row:
    gap = " " * (row.start - above.end)
    return Row(f"{above.text}{gap}{row.text}", above.start, above.line, above.gap, pieces)


def _over_lines(last: Piece, first: Piece, *, flows: bool) -> tuple[Piece, ...]:
    """Return the piece that the end of one line and the beginning of the next are together.

    Nothing, unless a name is broken there: what is read together is likelier than apart.
    """
    if not last.units or not first.units or last.inside or last.after not in ("\n", "-"):
        return ()
    end, begin = last.units[-1], first.units[0]
    alone = " " not in end.text
    if end.kind is not UnitKind.NAME:
        return ()
    if is_given_name(begin.text.split()[0]) and not (
        flows and alone and " " not in begin.text and len(first.units) == 1
    ):
        return ()
    if begin.kind not in (UnitKind.NAME, UnitKind.OTHER) or not begin.text[0].isupper():
        return ()
    if not alone and len(first.units) == 1 and first.after == "\n" and not flows:
        return ()
    words = f"{last.text} {first.text}"
    shift = first.start - last.start - len(last.text) - 1
    units = [
        unit
        if unit.start < len(last.text) and unit.end <= len(last.text)
        else unit._replace(
            start=unit.start + shift * (unit.start > len(last.text)), end=unit.end + shift
        )
        for unit in read_units(words)
    ]
    name = next((unit for unit in units if unit.start == end.start), None)
    if name is None or name.kind is not UnitKind.NAME or name.cost > end.cost + 0.4:
        return ()
    if " " not in name.text or name.text == end.text:
        return ()
    return (last._replace(end=first.end, text=words, units=tuple(units), after=first.after),)


# What is a name by its place in the pattern ---------------------------------------------------


_KNOWN = 0.72
"""Cost up to which a name has a known given name."""


def _demoted(rows: Sequence[Row]) -> list[Row]:
    """Return `rows`, what may be a name being none where each row has a surer one.

    "Ivan Ek, Vorta Drom" is one person in a list of one person a row.
    """
    if len(rows) == 1 and len(rows[0].names) > 2:
        return [*rows]  # a run of people, not one with what is said of them
    surer = [sum(unit.cost <= _KNOWN for _, unit in row.names) for row in rows]
    held = [count for count in surer if count]
    if not held or sum(count == 1 for count in held) * 3 < len(held) * 2:
        return [*rows]
    return [_surest(row) if count == 1 else row for row, count in zip(rows, surer, strict=True)]


def _surest(row: Row) -> Row:
    pieces = tuple(
        piece._replace(
            units=tuple(
                unit._replace(kind=UnitKind.OTHER)
                if unit.kind is UnitKind.NAME and unit.cost > _KNOWN and not piece.inside
                else unit
                for unit in piece.units
            )
        )
        for piece in row.pieces
    )
    return Row(row.text, row.start, row.line, row.gap, pieces)


def _promoted(rows: Sequence[Row], *, nicknames: bool) -> list[Row]:
    """Return `rows`, pieces that stand where the others have names being names too."""
    pieces = [(row, at, piece) for row in rows for at, piece in enumerate(row.pieces)]
    first = [piece for _, at, piece in pieces if at == 0]
    heads = sum(_is_name(piece) for piece in first)
    outside = [piece for _, _, piece in pieces if not piece.inside]
    bare = sum(_is_name(piece) and len(piece.units) == 1 for piece in outside)
    short = sum(_is_short(piece) for piece in outside)
    called = len(outside) > 1 and short * 5 >= len(outside) * 4
    called |= nicknames
    in_rows = len(first) > 1 and heads * 2 > len(first)
    in_flow = bare * 5 >= len(outside) * 3 and len(outside) > 2
    found = []
    for row in rows:
        changed = []
        for at, piece in enumerate(row.pieces):
            if not piece.inside and not piece.names:
                expected = (in_rows and at == 0) or (in_flow and piece.before in ("", ","))
                if (expected and _may_be_name(piece)) or (
                    called
                    and len(piece.units) == 1
                    and is_nickname(piece.text)
                    and _is_unknown(piece)
                ):
                    cost = 0.6 if piece.text.islower() else 1.2
                    unit = Unit(UnitKind.NAME, 0, len(piece.text), piece.text, cost)
                    piece = piece._replace(units=(unit,))
            changed.append(piece)
        found.append(Row(row.text, row.start, row.line, row.gap, tuple(changed)))
    return found


def _is_name(piece: Piece) -> bool:
    return any(unit.cost <= _LIKE_NAME for unit in piece.names)


def _is_unknown(piece: Piece) -> bool:
    return {unit.kind for unit in piece.units} <= {UnitKind.OTHER}


def _is_short(piece: Piece) -> bool:
    """Tell whether a piece is a nickname by itself or a full name."""
    return (_is_unknown(piece) and is_nickname(piece.text) and piece.text.islower()) or (
        len(piece.units) == 1 and _is_name(piece)
    )


def _may_be_name(piece: Piece) -> bool:
    """Tell whether a piece that is nothing known is written as a name."""
    words = piece.text.split()
    return (
        _is_unknown(piece)
        and len(words) <= _FEW
        and (name_cost(tuple(words)) or 9.0) < 2.5
        and not piece.text.isupper()
    )


# Columns --------------------------------------------------------------------------------------


class _Columns(NamedTuple):
    """Rows with nothing but names, and as many rows, or a multiple, of what is said of them."""

    names: list[Row]
    about: list[list[Row]]


def _groups(rows: Sequence[Row]) -> Iterator[_Columns | list[Row]]:
    """Yield the rows in columns below each other, and the others between."""
    runs = [(bare, [*run]) for bare, run in groupby(rows, key=_row_kind)]
    left: list[Row] = []
    at = 0
    while at < len(runs):
        kind, names = runs[at]
        about = runs[at + 1][1] if at + 1 < len(runs) and runs[at + 1][0] == "about" else []
        if kind == "name" and len(names) > 1 and about and len(about) % len(names) == 0:
            if left:
                yield left
                left = []
            size = len(names)
            yield _Columns(names, [about[i : i + size] for i in range(0, len(about), size)])
            at += 2
            continue
        left += names
        at += 1
    if left:
        yield left


def _row_kind(row: Row) -> str:
    """Return whether a row is only a name, only about somebody, or both."""
    if not row.names:
        return "about"
    outside = [unit for piece in row.pieces for unit in piece.units]
    return "name" if len(outside) == 1 else "both"


def _take_columns(columns: _Columns, people: list[_Person]) -> None:
    held = [_Person(*row.names[0]) for row in columns.names]
    for column in columns.about:
        for person, row in zip(held, column, strict=True):
            for piece in row.pieces:
                for unit in piece.units:
                    person.take(piece, unit)
    people += held


# Rows and runs --------------------------------------------------------------------------------


def _take_rows(rows: Sequence[Row], people: list[_Person], towns: list[Town]) -> None:
    headed = _headed(rows)
    head: str | None = None
    for row in rows:
        names = row.names
        alone = not names and row.kinds <= {UnitKind.PLACE, UnitKind.JOINT}
        if headed and alone and (place := _place_of(row)):
            head = place
            continue
        before = len(people)
        if not names:
            _take_about(row, people, towns)
        elif len(names) == 1:
            _take_one(row, people, towns)
        else:
            _take_run(row, people, towns)
        if head:
            for person in people[before:]:
                person.municipality = person.municipality or head


def _headed(rows: Sequence[Row]) -> bool:
    """Tell whether municipalities stand as headings over those who came from them."""
    heads = [not row.names and row.kinds <= {UnitKind.PLACE, UnitKind.JOINT} for row in rows]
    return sum(heads) > 1 and heads[0] and not heads[-1] and any(not each for each in heads[1:])


def _place_of(row: Row) -> str | None:
    return next(
        (str(u.value) for p in row.pieces for u in p.units if u.kind is UnitKind.PLACE), None
    )


def _take_about(row: Row, people: list[_Person], towns: list[Town]) -> None:
    """Take a row without a name: more of the person above, or municipalities by themselves."""
    said = next((u.value for p in row.pieces for u in p.units if u.kind is UnitKind.PRESENCE), None)
    presence = said if isinstance(said, Presence) else None
    person = people[-1] if people and row.gap <= 1 else None
    for piece in row.pieces:
        for unit in piece.units:
            if unit.kind is UnitKind.PLACE:
                if person is None or person.municipality or presence:
                    towns.append(_town(piece, unit, presence))
                    person = None
                else:
                    person.take(piece, unit)
            elif person:
                person.take(piece, unit)


def _town(piece: Piece, unit: Unit, presence: Presence | None) -> Town:
    start = piece.start + unit.start
    return Town(str(unit.value), presence, start, start + len(unit.text))


def _take_one(row: Row, people: list[_Person], towns: list[Town]) -> None:
    """Take a row with one person: all that stands in it is said of that person."""
    home, name = row.names[0]
    person = _Person(home, name)
    ordered = sorted(row.pieces, key=lambda piece: (piece is not home, piece.start < home.start))
    for piece in ordered:
        for unit in piece.units:
            if unit is name or unit.kind is UnitKind.NAME:
                continue
            if person.take(piece, unit):
                _reach(person, piece, unit)
            else:
                towns.append(_town(piece, unit, None))
    people.append(person)


def _reach(person: _Person, piece: Piece, unit: Unit) -> None:
    if unit.kind is not UnitKind.JOINT:
        closing = piece.inside and piece.after in (")", "]") and unit.end == len(piece.text)
        opening = piece.inside and piece.before in ("(", "[") and unit.start == 0
        start, end = piece.start + unit.start - opening, piece.start + unit.end + closing
        if start < person.start and piece.inside:
            return
        person.reach(start, end)


def _take_run(row: Row, people: list[_Person], towns: list[Town]) -> None:
    """Take a row with several people, each with what stands after, or before, the name."""
    before = _stands_before(row)
    after = _stands_after(row)
    held: list[_Person] = []
    pending: list[tuple[Piece, Unit]] = []
    over: str | None = None
    for piece in row.pieces:
        if not piece.inside and not piece.names and piece.after == ":":
            over = _piece_place(piece) or over
            if _piece_place(piece):
                continue
        bare: list[_Person] = []
        for part in _parts(piece):
            named = [unit for unit in part if unit.kind is UnitKind.NAME and not piece.inside]
            person: _Person | None = None
            for unit in part:
                if unit in named:
                    person = _Person(piece, unit)
                    for waiting in pending:
                        _give(person, *waiting, towns)
                    pending = []
                    if over and person.municipality is None:
                        person.municipality = over
                    held.append(person)
                elif (
                    person
                    or not (piece.inside or named or (before and unit.kind in _ABOUT))
                    or (after and held and piece.before == "," and unit.kind in _ABOUT)
                ):
                    if held:
                        _give(held[-1], piece, unit, towns)
                    else:
                        pending.append((piece, unit))
                elif piece.inside and held:
                    _give(held[-1], piece, unit, towns)
                else:
                    pending.append((piece, unit))
            if person and len(part) > 1 and person.municipality and part[-2].value == "from":
                for other in bare:
                    other.municipality = other.municipality or person.municipality
            if person and len(part) == 1:
                bare.append(person)
    for piece, unit in pending:
        if unit.kind is UnitKind.PLACE:
            towns.append(_town(piece, unit, None))
    people += held


def _piece_place(piece: Piece) -> str | None:
    return next((str(u.value) for u in piece.units if u.kind is UnitKind.PLACE), None)


def _give(person: _Person, piece: Piece, unit: Unit, towns: list[Town]) -> None:
    if person.take(piece, unit):
        _reach(person, piece, unit)
    elif unit.kind is UnitKind.PLACE:
        towns.append(_town(piece, unit, None))


def _parts(piece: Piece) -> Iterator[list[Unit]]:
    """Yield the units of a piece between its "och"."""
    part: list[Unit] = []
    for unit in piece.units:
        if unit.kind is UnitKind.JOINT and unit.value is None:
            yield part
            part = []
        else:
            part.append(unit)
    yield part


def _stands_after(row: Row) -> bool:
    """Tell whether what is said of each person in a run stands after the name."""
    outside = [u for p in row.pieces if not p.inside for u in p.units]
    return outside[0].kind is UnitKind.NAME and outside[-1].kind in _ABOUT


def _stands_before(row: Row) -> bool:
    """Tell whether what is said of each person in a run stands before the name."""
    outside = [
        u for p in row.pieces if not p.inside for u in p.units if u.kind is not UnitKind.JOINT
    ]
    about = sum(unit.kind in _ABOUT for unit in outside)
    return (
        outside[0].kind in _ABOUT
        and outside[-1].kind is UnitKind.NAME
        and about * 2 >= len(row.names)
    )


def given_names(entries: Iterable[PersonEntry]) -> int:
    """Return how many of `entries` begin with a common given name."""
    return sum(is_given_name(entry.name.split()[0]) for entry in entries)
