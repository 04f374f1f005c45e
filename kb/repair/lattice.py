"""Repair lines whose å, ä and ö were split when text was extracted from a PDF.

Some fonts give the letter and its mark as two glyphs. The extracted text breaks the word after the
letter ("fra n", "fö ra ldragruppens"), loses the mark of å and ä, and often adds it to every o
("öktöber"). A line is decoded as a path through a lattice of lexicon words over its characters:
each word costs -ln of its frequency plus -ln of the probability of its damaged form (a noisy
channel; Viterbi decoding as in speech recognition). The path replaces the line only if it is
cheaper by a wide margin, so that undamaged lines are unchanged.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.model import Change, ChangeKind, Span
from kb.repair.lexicon import WordCosts, bare

_RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
"""Words with single spaces between; words are only broken at those."""

_HINT = re.compile(
    r"""
    (?<![^\W\d_])(?:   # only where a word begins, so that a long one is read once
    ([^\W\d_]*[aåäö])[ ](?=([a-zåäöé]+))   # a small letter goes on where a word broke
    | ([^\W\d_]*[AÅÄÖ])[ ](?=([^\W\d_]+))
    | ([^\W\d_]*[öÖ][^\W\d_]*)
    )
    """,
    re.VERBOSE,
)
_LONE = frozenset("iåöoàaeé")  # letters that stand as words, or in lists
_HALF = 6  # letters; longer words that are rare are seldom halves
_RARE = 11.0  # nats; a piece of a broken word is at best a rare word

# How each letter comes out, counted on the aligned lines of the training data (452 lines);
# "_" is a break after the letter.
_CHANCES = {
    "å": {"a_": 0.69, "a": 0.27, "å_": 0.03, "å": 0.01},
    "ä": {"a_": 0.91, "a": 0.06, "ä_": 0.025, "ä": 0.005},
    "ö": {"ö_": 0.94, "ö": 0.055, "o": 0.005},
    "o": {"ö": 0.955, "o": 0.045},
}
_EMIT = {
    letter: {shown: -math.log(chance) for shown, chance in row.items()}
    for letter, row in _CHANCES.items()
}

_MARGIN = 7.0
"""Nats by which the decoded line must be cheaper than the line as written."""

_UNKNOWN = 12.0
_UNKNOWN_LETTER = 2.0
_COMPOUND = 4.0
_LINKING = 1.0  # an s between the parts of a compound
_MIN_PART = 3
_LONGEST = 34  # characters of one lexicon word with its breaks


@dataclass(frozen=True, slots=True)
class _Arc:
    """A piece of a word laid over characters `start:end` of a run."""

    start: int
    end: int
    text: str


def repair_lines(text: str, lexicon: WordCosts) -> tuple[Change, ...]:
    """Return the changes that repair the broken lines of `text`, in order of place."""
    changes: list[Change] = []
    start = 0
    for line in text.split("\n"):
        changes += repair_line(line, start, lexicon)
        start += len(line) + 1
    return tuple(changes)


def repair_line(line: str, offset: int, lexicon: WordCosts) -> list[Change]:
    """Return the changes that repair `line`; none if it is undamaged.

    Args:
        line: One line of text.
        offset: Where the line starts in its text; the changes count from there.
        lexicon: Word costs.
    """
    if not _suspect(line, lexicon):
        return []
    as_is = read = 0.0
    words: list[_Arc] = []
    for run in _RUN.finditer(line):
        as_is += sum(_plain_cost(word, lexicon) for word in run.group().split(" "))
        cost, arcs = _decode(run.group(), lexicon)
        read += cost
        words += (_Arc(arc.start + run.start(), arc.end + run.start(), arc.text) for arc in arcs)
    gain = as_is - read - _MARGIN
    if gain <= 0 or not any(
        _telling(line[word.start : word.end], word.text, lexicon) for word in words
    ):
        return []
    probability = 1 / (1 + math.exp(-gain))
    return [
        Change(
            Span(offset + word.start, offset + word.end),
            line[word.start : word.end],
            word.text,
            probability,
            ChangeKind.LAYOUT,
        )
        for word in words
        if line[word.start : word.end] != word.text
    ]


def _suspect(line: str, lexicon: WordCosts) -> bool:
    """Tell whether `line` may have a broken word, or one with a mark too many."""
    for found in _HINT.finditer(line):
        left, right, upper, after, marked = found.groups()
        if marked:
            word = marked.lower()
            if word not in lexicon and word.replace("ö", "o") in lexicon:
                return True
        elif _odd(right or after, lexicon) or _odd(left or upper, lexicon):
            return True
    return False


def _odd(piece: str, lexicon: WordCosts) -> bool:
    """Tell whether `piece` is likelier half a word than a whole one."""
    word = piece.lower()
    if len(word) == 1:
        return word not in _LONE
    cost = lexicon.cost(word)
    return not lexicon.knows(word) if cost is None else cost > _RARE and len(word) < _HALF


def _telling(shown: str, text: str, lexicon: WordCosts) -> bool:
    """Tell whether a reading repairs something typical of this damage: a break, or ö for o."""
    if " " in shown:
        return True
    marks = any(s in "öÖ" and c in "oO" for s, c in zip(shown, text, strict=True))
    return marks and shown.lower() not in lexicon and text.lower() in lexicon


def _plain_cost(word: str, lexicon: WordCosts) -> float:
    cost = lexicon.cost(word.lower())
    return _unknown_cost(word) if cost is None else cost


def _unknown_cost(word: str) -> float:
    return _UNKNOWN + _UNKNOWN_LETTER * len(word)


def _decode(run: str, lexicon: WordCosts) -> tuple[float, list[_Arc]]:
    """Return the cheapest reading of `run` and its words in order."""
    length = len(run)
    # Two states a place: between words (0), and inside a compound (1).
    best: list[list[float]] = [[math.inf, math.inf] for _ in range(length + 2)]
    back: dict[tuple[int, int], tuple[int, int, _Arc]] = {}
    best[0][0] = 0.0
    for start in range(length):
        for state in (0, 1):
            here = best[start][state]
            if here == math.inf:
                continue
            for cost, arc in _arcs(run, start, state, lexicon):
                total = here + cost
                for place, after in _next_states(run, arc):
                    price = total + (_COMPOUND if after else 0.0)
                    if price < best[place][after]:
                        best[place][after] = price
                        back[place, after] = (start, state, arc)
    place, state = length + 1, 0
    pieces = []
    while (place, state) != (0, 0):
        place, state, arc = back[place, state]
        pieces.append((arc, state))
    return best[length + 1][0], _words(reversed(pieces))


def _words(pieces: Iterator[tuple[_Arc, int]]) -> list[_Arc]:
    """Join the pieces of compounds."""
    words: list[_Arc] = []
    for arc, state in pieces:
        if state:
            words[-1] = _Arc(words[-1].start, arc.end, words[-1].text + arc.text)
        else:
            words.append(arc)
    return words


def _next_states(run: str, arc: _Arc) -> Iterator[tuple[int, int]]:
    if arc.end == len(run) or run[arc.end] == " ":
        yield arc.end + 1, 0
        if arc.end < len(run) and _may_break(run[arc.end - 1], run[arc.end + 1]):
            yield arc.end + 1, 1
    else:
        yield arc.end, 1


def _arcs(run: str, start: int, state: int, lexicon: WordCosts) -> Iterator[tuple[float, _Arc]]:
    """Yield the words and word parts that may begin at `start`, with their costs."""
    letters = ""  # what stands there, breaks taken out
    breaks: set[int] = set()
    end = start
    stop = min(len(run), start + _LONGEST)
    while end < stop:
        if run[end] == " ":
            if not letters or not _may_break(run[end - 1], run[end + 1]):
                break
            breaks.add(len(letters) - 1)
            end += 1
        letters += run[end]
        end += 1
        whole = end == len(run) or run[end] == " "
        if len(letters) >= _MIN_PART or (whole and not state):
            # A break is only visible inside a word, so the end of a part is no evidence.
            for text, cost in _candidates(letters, breaks, lexicon):
                yield cost, _Arc(start, end, text)
        if not whole and len(letters) > _MIN_PART and letters[-1] in "sS":
            for text, cost in _candidates(letters[:-1], breaks, lexicon):
                yield cost + _LINKING, _Arc(start, end, text + letters[-1])
        if whole and not state:
            text = _guessed(letters, breaks)
            noise = _channel(text.lower(), letters.lower(), breaks)
            yield _unknown_cost(letters) + noise, _Arc(start, end, text)


def _may_break(letter: str, following: str) -> bool:
    """Tell whether a word may be broken here; a capital begins a new word."""
    return letter in "AÅÄÖ" or (letter in "aåäö" and following.islower())


def _candidates(letters: str, breaks: set[int], lexicon: WordCosts) -> Iterator[tuple[str, float]]:
    shown = letters.lower()
    plain = bare(shown)
    for word in (plain, *lexicon.dotted(plain)):
        cost = lexicon.cost(word)
        if cost is None:
            continue
        cost += _channel(word, shown, breaks)
        if cost < math.inf:
            yield "".join(map(_like, word, letters)), cost


def _channel(word: str, shown: str, breaks: set[int]) -> float:
    """Return -ln of the probability that `word` is extracted as `shown` with these breaks."""
    cost = 0.0
    last = len(word) - 1
    for at, (letter, seen) in enumerate(zip(word, shown, strict=True)):
        row = _EMIT.get(letter)
        if row is None:
            if letter != seen or at in breaks:
                return math.inf
        elif at == last:
            cost += min(row.get(seen, math.inf), row.get(seen + "_", math.inf))
        else:
            cost += row.get(seen + "_" if at in breaks else seen, math.inf)
    return cost


def _like(letter: str, seen: str) -> str:
    return letter.upper() if seen.isupper() else letter


def _guessed(letters: str, breaks: set[int]) -> str:
    """Decode an unknown word by its letters: breaks show which letters had marks."""
    lone = {"ö": "o", "Ö": "O"}
    marked = {"a": "ä", "A": "Ä"}
    return "".join(
        (marked if at in breaks else lone).get(letter, letter) for at, letter in enumerate(letters)
    )
