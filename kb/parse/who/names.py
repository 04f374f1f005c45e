"""What a person's name looks like, and what words beside one name a title or municipality."""

from __future__ import annotations

import re
from functools import cache

from kb.parse.text.phrases import PACKAGE, roles
from kb.swedish.closed_list import CONFUSED, distance
from kb.swedish.municipalities import Municipality, by_damaged_name
from kb.swedish.names import Names
from kb.swedish.skeleton import skeleton
from kb.swedish.tables import words

_NAME_WORD = re.compile(r"[A-ZÅÄÖÉÜØÆ][^\W\d_]*(?:[’'.-]?[^\W\d_]+)*\.?$")
_NICKNAME = re.compile(r"[^\W\d_][^\W_]{1,14}$")
PARTICLES = frozenset(("af", "av", "von", "van", "de", "der", "den", "la", "el", "al", "bin", "y"))
_MOST_WORDS = 5
_ONE_MISREAD = 2 * CONFUSED


@cache
def municipality_named(words: str) -> Municipality | None:
    """Return the municipality that `words`, damaged or not, name and nothing more."""
    plain = words.removesuffix(" kommun").removesuffix(" stad")
    if len(plain) < 3 or not plain[0].isupper():
        return None
    return by_damaged_name(plain)


@cache
def _not_names() -> frozenset[str]:
    return frozenset(words(PACKAGE, "not_names.txt"))


@cache
def _names() -> Names:
    return Names()


@cache
def is_given_name(word: str) -> bool:
    """Tell whether `word` is a common given name, or two with a hyphen between."""
    return all(part in _names().given_names for part in word.split("-"))


@cache
def resembles_given_name(word: str) -> bool:
    """Tell whether `word` is a common given name that was misread: "Géran", "Mikae1"."""
    if len(word) < 4:
        return False
    return any(
        len(name) == len(word) and distance(name, word, 0.5) <= _ONE_MISREAD
        for name in _given_by_skeleton().get(skeleton(word), ())
    )


@cache
def _given_by_skeleton() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in _names().given_names:
        found.setdefault(skeleton(name), []).append(name)
    return found


@cache
def is_not_name(word: str) -> bool:
    """Tell whether `word`, though with a capital, is no part of a person's name."""
    return word.casefold().strip(".") in _not_names()


@cache
def is_known_name(words: str) -> bool:
    """Tell whether a word of `words` is a name of the lists, or built as surnames are."""
    return any(
        is_given_name(word) or word.lower() in _names().people or _names().looks_like(word.lower())
        for word in words.split()
    )


@cache
def is_title(word: str) -> bool:
    """Tell whether `word` is one for an occupation."""
    key = skeleton(word, loose=True)
    return len(word) > 3 and any(key.endswith(ending) for ending in _title_endings())


@cache
def is_plain_title(word: str) -> bool:
    """Tell whether `word` is one for an occupation as it stands: surnames resemble misread ones."""
    return word.casefold().endswith(words(PACKAGE, "titles.txt"))


@cache
def _title_endings() -> tuple[str, ...]:
    return tuple(skeleton(word, loose=True) for word in words(PACKAGE, "titles.txt"))


@cache
def is_name(words: str) -> bool:
    """Tell whether `words` have the shape of a person's name, a bare first name included."""
    parts = words.split()
    if not 1 <= len(parts) <= _MOST_WORDS:
        return False
    if not _NAME_WORD.match(parts[0]) or (parts[0].isupper() and len(parts) == 1):
        return False
    if any(part.casefold() in _not_names() for part in parts) or roles().exact(words) is not None:
        return False
    return all(_NAME_WORD.match(part) or part in PARTICLES for part in parts)


@cache
def is_full_name(words: str) -> bool:
    """Tell whether `words` are a common given name and at least one name more."""
    parts = words.split()
    return len(parts) > 1 and is_given_name(parts[0]) and is_name(words)


@cache
def is_nickname(word: str) -> bool:
    """Tell whether `word` may be what somebody is called: one word, small letters allowed."""
    return bool(_NICKNAME.match(word)) and word.casefold() not in _not_names()


_MARKS = {"a": "äå", "o": "ö", "A": "ÄÅ", "O": "Ö"}
_BARE = str.maketrans("åäöÅÄÖ", "aaoAAO")


@cache
def join_broken_word(head: str, tail: str) -> str | None:
    """Return the name that was broken at å, ä or ö into `head` and `tail`, if it is one."""
    if not head[:1].isupper() or len(tail) < 2 or not tail[0].islower() or tail in PARTICLES:
        return None
    letter = head[-1]
    if letter not in "aoåäöAOÅÄÖ" or not tail.isalpha():
        return None
    options = [head[:-1] + each + tail for each in (*_MARKS.get(letter, ""), letter)]
    known = next((each for each in options if _is_listed(each)), None)
    return known or (options[0] if len(head) == 1 and len(tail) > 3 else None)


def spelled(name: str, stated: str) -> str:
    """Return `name` with its words as `stated` where repair gave no known name.

    A foreign name that only looked misread stays as it was written.
    """
    read, written = name.split(), stated.split()
    if len(read) > len(written):
        return name
    return " ".join(
        old
        if new != old and old.isalpha() and old[0].isupper() and not _is_repaired(new, old)
        else new
        for new, old in zip(read, written, strict=False)
    )


def _is_repaired(new: str, old: str) -> bool:
    """Tell whether `new` is what `old` was misread from."""
    same = new.translate(_BARE) == old.translate(_BARE) or abs(len(new) - len(old)) > 1
    return same or is_known_name(new) or any(c in "éèêëáàóòôúùíìñ" for c in old)


def _is_listed(word: str) -> bool:
    return word.lower() in _names().people or _names().looks_like(word.lower())
