"""Learn the costs of misreadings from pages whose words are aligned with the printed text.

Each pair of words is aligned letter by letter at least cost; adjacent letters that differ
become one edit (Brill and Moore 2000). An edit costs -ln of how often its clean side was read
that way, counted over all pairs.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from pathlib import Path

from kb import repair
from kb.errors import UserError, because
from kb.repair import usage
from kb.repair.channel import COSTS, Misreading
from kb.repair.lexicon import general_costs
from kb.repair.words import core
from kb.swedish.tables import rows

Pair = tuple[str, str]
"""A word as it was printed, and as it was read."""

_DATA = Path(repair.__file__).with_name("data")
"""Where the product reads what is learned here."""

_FEWEST = 2  # an edit seen once is chance
_OFTEN = 20  # least count of a sign for it to be considered in pairs
_LONGEST = 3  # letters on either side of an edit
_MARKED = "åäöÅÄÖ"
_RARE = 6.5  # nats; for a lookalike not seen often enough to be counted
_DOUBT = 20  # occurrences added to every string (smoothing)
_ALPHABET = frozenset("abcdefghijklmnopqrstuvwxyzåäö")
_MARK_LOST = 0.6  # cheaper than another substitution, which breaks ties the right way
_HEADER = """\
# What misreading by an engine without Swedish costs. Columns: clean string, what was read,
# cost in nats (-ln of the share of the clean string's occurrences), how often it was seen.
# Made by `kb train-ocr {source}` on {date} from {pairs} aligned words.
"""


def read_pairs(folder: Path) -> Iterator[Pair]:
    """Yield the word pairs of every `*.align.json` in `folder`, of readings without Swedish.

    Raises:
        UserError: There is no such file, or one of them holds something else.
    """
    files = [file for file in sorted(folder.glob("*.align.json")) if ".swe." not in file.name]
    if not files:
        raise UserError(f"Det finns inga filer *.align.json i {folder}.")
    for file in files:
        yield from pairs_in(file)


def pairs_in(file: Path) -> Iterator[Pair]:
    """Yield the word pairs of one file, a list of `[[clean words], [read words]]`.

    Raises:
        UserError: The file holds something else.
    """
    try:
        for clean, read in json.loads(file.read_text("utf-8")):
            if len(clean) == len(read) == 1:
                yield clean[0], read[0]
    except (ValueError, TypeError) as error:
        raise UserError(f"{file.name} är inte en lista med ordpar: {error}") from error


def learn(pairs: Iterable[Pair]) -> list[tuple[Misreading, int]]:
    """Return the rules learned from `pairs`, each with how often it was seen."""
    edits: Counter[Pair] = Counter()
    seen: Counter[str] = Counter()
    for pair, times in Counter(_comparable(*pair) for pair in pairs).items():
        clean, read = pair
        if not clean or not read:
            continue
        for length in range(1, _LONGEST + 1):
            for start in range(len(clean) - length + 1):
                seen[clean[start : start + length]] += times
        for edit in edits_between(clean, read):
            edits[edit] += times
    learned = []
    for (clean, read), count in edits.items():
        worth = (clean != read or clean in _MARKED) and all(c in _ALPHABET for c in clean)
        if clean and worth and count >= _FEWEST and max(len(clean), len(read)) <= _LONGEST:
            share = count / (seen[clean] + _DOUBT)
            learned.append((Misreading(clean, read, round(-math.log(share), 2)), count))
    taken = {(rule.clean, rule.read) for rule, _ in learned}
    rare = {*_lookalikes(), *_doubled(learned)} - taken
    learned += [(Misreading(*pair, _RARE), 0) for pair in rare]
    return sorted(learned, key=lambda row: (row[0].clean, row[0].cost, row[0].read))


def _doubled(learned: list[tuple[Misreading, int]]) -> Iterator[Pair]:
    """Yield edits of marked letters read as two signs at once: "ö" as "é6"."""
    for letter in "åäö":
        signs = [
            rule.read
            for rule, count in learned
            if rule.clean == letter
            and count >= _OFTEN
            and len(rule.read) == 1
            and not rule.read.isupper()
        ]
        for read in product(signs, repeat=2):
            yield letter, "".join(read)


def _lookalikes() -> Iterator[Pair]:
    return ((clean, read) for clean, read in rows("kb.repair", "lookalikes.tsv"))


def train(pairs: Path, target: Path | None = None, today: dt.date | None = None) -> Path:
    """Learn from aligned pages and write the costs.

    Args:
        pairs: Folder of `*.align.json`.
        target: File to write; by default the one repair reads.
        today: Date for the header; by default today.

    Returns:
        The file written.

    Raises:
        UserError: There is nothing to learn from, or the file cannot be written.
    """
    found = list(read_pairs(pairs))
    rows = [
        f"{rule.clean}\t{rule.read}\t{rule.cost:.2f}\t{count}\n" for rule, count in learn(found)
    ]
    header = _HEADER.format(
        source="/".join(pairs.resolve().parts[-2:]),
        date=(today or dt.date.today()).isoformat(),
        pairs=len(found),
    )
    target = target or _DATA / COSTS
    try:
        target.write_text(header + "".join(rows), "utf-8")
    except OSError as error:
        raise UserError(f"{target} kan inte skrivas: {because(error)}.") from error
    return target


def train_usage(
    texts: Iterable[str], target: Path | None = None, today: dt.date | None = None
) -> Path:
    """Count how whole texts use words and write the counts.

    Args:
        texts: Running texts.
        target: File to write; by default the one repair reads.
        today: Date for the header; by default today.

    Returns:
        The file written.
    """
    target = target or _DATA / usage.USAGE
    usage.write(texts, general_costs(), target, (today or dt.date.today()).isoformat())
    return target


def _comparable(clean: str, read: str) -> Pair:
    """Remove punctuation, and capitals that both words have."""
    clean, read = core(clean), core(read)
    if not clean or not read:
        return "", ""
    if clean.isupper() and read.isupper():
        return clean.lower(), read.lower()
    if clean[0].isupper():
        return clean[0].lower() + clean[1:], read[0].lower() + read[1:]
    return clean, read


@lru_cache(maxsize=50_000)
def edits_between(clean: str, read: str) -> tuple[Pair, ...]:
    """Return the cheapest letter edits from `clean` to `read`, equal letters included."""
    width = len(read) + 1
    costs = [float(j) for j in range(width)]
    table = [costs]
    for i, letter in enumerate(clean, 1):
        above, costs = costs, [float(i)]
        for j, other in enumerate(read, 1):
            costs.append(
                min(above[j - 1] + _swap(letter, other), above[j] + 1.0, costs[j - 1] + 1.0)
            )
        table.append(costs)
    edits: list[Pair] = []
    i, j = len(clean), len(read)
    while i or j:
        here = table[i][j]
        if i and j and here == table[i - 1][j - 1] + _swap(clean[i - 1], read[j - 1]):
            i, j = i - 1, j - 1
            edit = clean[i], read[j]
        elif i and here == table[i - 1][j] + 1.0:
            i -= 1
            edit = clean[i], ""
        else:
            j -= 1
            edit = "", read[j]
        edits.append(edit)
    return tuple(_joined(reversed(edits)))


def _swap(clean: str, read: str) -> float:
    if clean == read:
        return 0.0
    return _MARK_LOST if clean in _MARKED else 1.0


def _joined(edits: Iterable[Pair]) -> Iterator[Pair]:
    """Join adjacent edits where one of them has an empty side: ö→é, ""→o becomes ö→éo."""
    last: Pair | None = None
    for clean, read in edits:
        if last and clean != read and last[0] != last[1] and not all((*last, clean, read)):
            last = last[0] + clean, last[1] + read
            continue
        if last:
            yield last
        last = clean, read
    if last:
        yield last
