"""The space of layouts that lists of people come in, made up and read: `kb eval parse --space`.

Every way to write a person stands in every placement under every label, whole and damaged. The
people are drawn from the lists of names, not the commonest only; nobody of them exists. What
is asked is whether everybody is found with presence and municipality, and nobody else.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import NamedTuple

from kb.lab.evaluate.minutes_compare import same_name
from kb.lab.evaluate.minutes_damaged import legible_name
from kb.lab.evaluate.table import FigureRow
from kb.model import Presence, RepairedText, SourceText
from kb.parse import parse
from kb.swedish.municipalities import municipalities
from kb.swedish.tables import words

RECALL, FALSE = 0.97, 0.01
"""Least share of people found in every cell, and most false ones for each found."""

_PEOPLE = 4
_TITLES = ("socialchef", "enhetschef", "kurator", "utredare", "rektor", "verksamhetschef")
_ORGANISATIONS = ("socialförvaltningen", "Region Skåne", "Sensus", "polisen", "FoU Väst")
_PARTIES = ("S", "M", "C", "KD", "MP", "L", "V")
_PARTICLES = ("von", "af", "de")


class Person(NamedTuple):
    """Somebody invented."""

    given: str
    surname: str
    town: str
    title: str
    party: str
    organisation: str
    number: int

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.given} {self.surname}"

    @property
    def initial(self) -> str:
        """The first letter of the surname."""
        return self.surname.split()[-1][0]


class Form(NamedTuple):
    """A way to write a person, the name it gives, and whether it says the municipality."""

    write: Callable[[Person], str]
    placed: bool = False
    name: Callable[[Person], str] = lambda person: person.name


FORMS: dict[str, Form] = {
    "namn": Form(lambda p: p.name),
    "namn, kommun": Form(lambda p: f"{p.name}, {p.town}", placed=True),
    "namn (kommun)": Form(lambda p: f"{p.name} ({p.town})", placed=True),
    "namn kommun": Form(lambda p: f"{p.name} {p.town}", placed=True),
    "namn-kommun": Form(lambda p: f"{p.name}-{p.town}", placed=True),
    "namn – kommun": Form(lambda p: f"{p.name} – {p.town}", placed=True),
    "namn/kommun": Form(lambda p: f"{p.name}/{p.town}", placed=True),
    "namn från kommun": Form(lambda p: f"{p.name} från {p.town}", placed=True),
    "namn, kommun kommun": Form(lambda p: f"{p.name}, {p.town} kommun", placed=True),
    "kommun, namn": Form(lambda p: f"{p.town}, {p.name}", placed=True),
    "kommun namn": Form(lambda p: f"{p.town} {p.name}", placed=True),
    "kommun: namn": Form(lambda p: f"{p.town}: {p.name}", placed=True),
    "kommun – namn": Form(lambda p: f"{p.town} – {p.name}", placed=True),
    "namn, titel": Form(lambda p: f"{p.name}, {p.title}"),
    "namn (titel)": Form(lambda p: f"{p.name} ({p.title})"),
    "namn titel": Form(lambda p: f"{p.name} {p.title}"),
    "titel namn": Form(lambda p: f"{p.title} {p.name}"),
    "namn, titel, kommun": Form(lambda p: f"{p.name}, {p.title}, {p.town}", placed=True),
    "namn, titel kommun": Form(lambda p: f"{p.name}, {p.title} {p.town}", placed=True),
    "namn (parti)": Form(lambda p: f"{p.name} ({p.party})"),
    "namn (parti), titel": Form(lambda p: f"{p.name} ({p.party}), {p.title}"),
    "namn, organisation": Form(lambda p: f"{p.name}, {p.organisation}"),
    "namn (organisation)": Form(lambda p: f"{p.name} ({p.organisation})"),
    "namn ledamot adress": Form(lambda p: f"{p.name} ledamot nr {p.number}, gård 4"),
    "namn, kommun (via Teams)": Form(lambda p: f"{p.name}, {p.town} (via Teams)", placed=True),
    "förnamn": Form(lambda p: p.given, name=lambda p: p.given),
    "förnamn initial": Form(
        lambda p: f"{p.given} {p.initial}", name=lambda p: f"{p.given} {p.initial}"
    ),
}
_COMMAS = {name for name, form in FORMS.items() if "," in name or "adress" in name}


def _wrapped(label: str, items: list[str]) -> str:
    lines = [f"{label}:"]
    for word in ", ".join(items).split():
        if len(lines[-1]) + len(word) > 58:
            lines.append(word)
        else:
            lines[-1] += f" {word}"
    return "\n".join(lines)


PLACEMENTS: dict[str, Callable[[str, list[str]], str]] = {
    "under etiketten": lambda label, items: "\n".join([f"{label}:", *items]),
    "första bredvid": lambda label, items: f"{label}: " + "\n".join(items),
    "första bredvid, indraget": lambda label, items: (
        f"{label}:".ljust(28) + f"\n{'':28}".join(items)
    ),
    "kolumn utan kolon": lambda label, items: label.ljust(28) + f"\n{'':28}".join(items),
    "första bredvid utan kolon": lambda label, items: f"{label} " + "\n".join(items),
    "under utan kolon": lambda label, items: "\n".join([label, *items]),
    "blankrad efter etiketten": lambda label, items: f"{label}:\n\n" + "\n".join(items),
    "blankrad mellan": lambda label, items: "\n\n".join([f"{label}:", *items]),
    "punktlista": lambda label, items: f"{label}:\n" + "\n".join(f"- {item}" for item in items),
    "numrerade": lambda label, items: (
        f"{label}:\n" + "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1))
    ),
    "indragna": lambda label, items: f"{label}:\n" + "\n".join(f"    {item}" for item in items),
    "rubrik": lambda label, items: f"## {label}\n\n" + "\n".join(f"* {item}" for item in items),
    "i rad": lambda label, items: f"{label}: " + ", ".join(items),
    "i rad under": lambda label, items: f"{label}:\n" + ", ".join(items),
    "i rad med och": lambda label, items: f"{label}: {', '.join(items[:-1])} och {items[-1]}.",
    "i bruten rad": _wrapped,
    "semikolon": lambda label, items: f"{label}: " + "; ".join(items),
}
_RUNS = {"i rad", "i rad under", "i rad med och", "i bruten rad"}

LABELS: dict[str, tuple[Presence, ...]] = {
    "Närvarande": (Presence.PRESENT,),
    "NÄRVARANDE": (Presence.PRESENT,),
    "Deltagare": (Presence.PRESENT,),
    "Deltog": (Presence.PRESENT,),
    "På plats": (Presence.PRESENT,),
    "Via Teams": (Presence.PRESENT,),
    "Beslutande": (Presence.PRESENT,),
    "Närvarande ledamöter": (Presence.PRESENT,),
    "Tjänstgörande ersättare": (Presence.PRESENT,),
    "Ej tjänstgörande ersättare": (Presence.OTHER,),
    "Adjungerade": (Presence.PRESENT,),
    "Kallade": (Presence.PRESENT, Presence.ABSENT),
    "Övriga närvarande": (Presence.OTHER,),
    "Gäster": (Presence.GUEST,),
    "Frånvarande": (Presence.ABSENT,),
    "Ej närvarande": (Presence.ABSENT,),
    "Anmält förhinder": (Presence.ABSENT,),
}

DAMAGE: dict[str, Callable[[str], str]] = {
    "hel": lambda text: text,
    "utan å, ä, ö": lambda text: text.translate(str.maketrans("åäöÅÄÖ", "aaoAAO")),
    "dubbla mellanslag": lambda text: text.replace(" (", "  (").replace("\n", " \n"),
}

_HEAD = "Minnesanteckningar 2021-03-04\nSocialchefsnätverket\n\n"
_BODY = (
    "\n\n1. Inledning\nVi gick igenom läget och talade om hösten.\n"
    "\n2. Familjehem\nFrågan togs upp igen.\n"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One document of the space."""

    form: str
    placement: str
    label: str
    damage: str

    def people(self) -> list[Person]:
        """The people listed in it, the same each time."""
        draw = random.Random(f"{self.form}/{self.placement}/{self.label}/{self.damage}")
        return [_person(draw) for _ in range(_PEOPLE)]

    def text(self) -> str:
        """The document."""
        items = [FORMS[self.form].write(person) for person in self.people()]
        listed = PLACEMENTS[self.placement](self.label, items)
        return DAMAGE[self.damage](_HEAD + listed + _BODY)


class Counted(NamedTuple):
    """People listed, those of them found, and false ones."""

    listed: int
    found: int
    false: int


def cells(every: int = 1) -> Iterator[Cell]:
    """Yield the cells of the space, or one in `every`, spread over it."""
    for number, (form, placement, label, damage) in enumerate(
        product(FORMS, PLACEMENTS, LABELS, DAMAGE)
    ):
        if placement in _RUNS and form in _COMMAS and "kommun" not in form:
            continue  # "Anna Ek, Sensus, Bo Al, FoU" can only be guessed
        if number % every == 0:
            yield Cell(form, placement, label, damage)


def read(cell: Cell) -> Counted:
    """Read a cell and count."""
    form, wanted = FORMS[cell.form], LABELS[cell.label]
    text = cell.text()
    minutes = parse(RepairedText.untouched(SourceText.of(text)))
    left = list(minutes.participants)
    same = same_name if cell.damage != "utan å, ä, ö" else legible_name
    found = 0
    people = cell.people()
    for person in people:
        name = form.name(person)
        for read_one in left:
            placed = not form.placed or read_one.municipality == person.town
            if same(name, read_one.name) and read_one.presence in wanted and placed:
                left.remove(read_one)
                found += 1
                break
    return Counted(len(people), found, max(0, len(left) - (len(people) - found)))


def rows(every: int = 1) -> Iterator[str | FigureRow]:
    """Yield the figures of the space by form, placement, label and damage, worst cells last."""
    counts: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    pairs: dict[str, list[Counted]] = defaultdict(list)
    for cell in cells(every):
        counted = read(cell)
        for axis, value in (
            ("Skrivsätt", cell.form), ("Placering", cell.placement),
            ("Etikett", cell.label), ("Skada", cell.damage), ("Allt", "alla"),
        ):  # fmt: skip
            counts[axis, value].append(counted)
        pairs[f"{cell.form} / {cell.placement}"].append(counted)
    yield "\nNärvarolistor, alla skrivsätt i alla placeringar"
    for (axis, value), held in counts.items():
        yield FigureRow(f"{axis}: {value}", recall(held), RECALL)
    yield FigureRow("Falska personer, av funna", false(counts["Allt", "alla"]), FALSE, lower=True)
    for pair, held in sorted(pairs.items(), key=lambda each: recall(each[1])):
        if recall(held) < RECALL:
            yield FigureRow(f"  {pair}", recall(held), RECALL)


def run() -> int:
    """Read the whole space and print it; return 0 if every floor is kept, else 1."""
    kept = True
    for part in rows():
        print(part, flush=True)
        kept &= not (isinstance(part, FigureRow) and part.fails)
    return 0 if kept else 1


def recall(counted: list[Counted]) -> float:
    """Return the share of those listed who were found."""
    return sum(each.found for each in counted) / sum(each.listed for each in counted)


def false(counted: list[Counted]) -> float:
    """Return how many false people there are for each found."""
    return sum(each.false for each in counted) / max(1, sum(each.found for each in counted))


def _person(draw: random.Random) -> Person:
    given, surnames, towns = _drawn_from()
    first = draw.choice(given)
    if draw.random() < 0.1:
        first += f"-{draw.choice(given)}"
    surname = draw.choice(surnames)
    if (luck := draw.random()) < 0.05:
        surname = f"{draw.choice(_PARTICLES)} {surname}"
    elif luck < 0.12:
        surname += f" {draw.choice(surnames)}"
    elif luck < 0.18:
        surname += f"-{draw.choice(surnames)}"
    return Person(
        given=first,
        surname=surname,
        town=draw.choice(towns),
        title=draw.choice(_TITLES),
        party=draw.choice(_PARTIES),
        organisation=draw.choice(_ORGANISATIONS),
        number=draw.randrange(1, 200),
    )


@cache
def _drawn_from() -> tuple[list[str], list[str], list[str]]:
    """Return the names to draw from; towns that are also names are no clear case."""
    given = [name for name in words("kb.swedish", "given_names.tsv")[:3000] if len(name) > 2]
    towns = [each.name for each in municipalities() if not each.care]
    surnames = [name for name in words("kb.swedish", "surnames.txt") if len(name) > 2]
    return given, surnames, towns
