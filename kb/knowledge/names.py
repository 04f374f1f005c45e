"""Comparison of names: same, spelling variant, damaged, shortened, or a nickname."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum, auto
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from kb.swedish.names import Names
from kb.swedish.sentences import opens_sentence
from kb.swedish.tables import rows

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# Spelling variants that sound the same: Jessica and Jessika, Kristina and Christina.
_SOUNDS = (
    ("ch", "k"), ("ck", "k"), ("q", "k"), ("ph", "f"), ("th", "t"), ("c", "k"), ("w", "v"),
    ("z", "s"), ("x", "ks"), ("é", "e"), ("è", "e"), ("ü", "y"), ("hj", "j"),
)  # fmt: skip
_LOST = re.compile("[åäöé]")
_DOUBLED = re.compile(r"(.)\1+")
_names = Names()


class Likeness(Enum):
    """In which way two full names are similar."""

    SAME = auto()
    SPELLING = auto()  # sound the same
    DAMAGED = auto()  # one or two letters differ, and one of them is no known name
    SHORTENED = auto()  # one has a name that the other leaves out
    NEAR = auto()  # one letter differs, and both are known names: Marie and Maria


@lru_cache(maxsize=100_000)
def tokens(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case; a name joined by a hyphen is one."""
    return tuple(_WORD.findall(unicodedata.normalize("NFC", name).casefold()))


def is_bare(name: str) -> bool:
    """Tell whether a name is a single word."""
    return len(tokens(name)) < 2


@lru_cache(maxsize=100_000)
def key(name: str) -> str:
    """Return a key that ignores case, space and punctuation."""
    return " ".join(tokens(name))


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """Return a rough phonetic key, which spelling variants share."""
    for written, said in _SOUNDS:
        word = word.replace(written, said)
    return _DOUBLED.sub(r"\1", word)


def likeness(one: str, other: str, *, damaged: bool = False) -> Likeness | None:
    """Return in which way two full names are similar, or None if they are not.

    They are compared word by word, from given name to surname.

    Args:
        one: A name.
        other: Another.
        damaged: Whether one of them stands in damaged texts only, which allows more wrong letters.
    """
    a, b = tokens(one), tokens(other)
    if a == b:
        return Likeness.SAME
    if len(a) < 2 or len(b) < 2:
        return None
    if list(map(sound, a)) == list(map(sound, b)):
        return Likeness.SPELLING
    if _is_shortened(a, b) or _is_shortened(b, a):
        return Likeness.SHORTENED
    if len(a) != len(b):
        return None
    apart = [(x, y) for x, y in zip(a, b, strict=True) if sound(x) != sound(y)]
    if len(apart) > 1 and len("".join(a)) < 14 and not damaged:
        return None
    distance = sum(0 if _faded(x, y) else Levenshtein.distance(x, y) for x, y in apart)
    room = all(_faded(x, y) or _close(x, y, damaged) for x, y in apart)
    if not room or distance > (len("".join(a)) // 4 if damaged else 3):
        return None
    if all(not (_is_name(x) and _is_name(y)) for x, y in apart):
        return Likeness.DAMAGED
    return Likeness.NEAR if distance == 1 else None


def _close(one: str, other: str, damaged: bool) -> bool:
    shortest = min(len(one), len(other))
    most = (0 if shortest < 4 else 1 if shortest < 7 else 2) + damaged
    return Levenshtein.distance(one, other, score_cutoff=most) <= most


def _faded(one: str, other: str) -> bool:
    """Tell whether two words differ only in letters that damage loses: Sörnäs and Sörns."""
    left = _LOST.sub("", one)
    return len(left) > 2 and left == _LOST.sub("", other)


def _is_shortened(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Tell whether a name leaves out some names of another but keeps its first and one more."""
    if len(shorter) >= len(longer) or longer[0] != shorter[0]:
        # Anna-Karin Berg may be called Anna Berg.
        return (
            len(shorter) == len(longer)
            and longer[1:] == shorter[1:]
            and longer[0].split("-")[0] == shorter[0]
            and "-" in longer[0]
        )
    rest = iter(longer[1:])
    return all(any(part == other for other in rest) for part in shorter[1:])


def _is_name(word: str) -> bool:
    return word in _names.people


def is_common(name: str) -> bool:
    """Tell whether a full name consists of common names, so that several people may have it."""
    parts = tokens(name)
    return len(parts) == 2 and all(map(_is_name, parts))


def is_nickname(word: str) -> bool:
    """Tell whether a word is a nickname."""
    return word in _nicknames()


def meant_by(word: str) -> frozenset[str]:
    """Return the given names in lower case that a nickname may stand for."""
    return _nicknames().get(word, frozenset())


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    return {
        row[0]: frozenset(name.strip().casefold() for name in row[1].split(","))
        for row in rows("kb.knowledge", "nicknames.tsv")
    }


def words_with_places(text: str) -> Iterator[tuple[str, int, int, bool]]:
    """Yield the words of a text, where they stand, and whether each opens a sentence."""
    for match in _WORD.finditer(text):
        yield match.group(), match.start(), match.end(), opens_sentence(text, match.start())
