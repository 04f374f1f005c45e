"""Personal identity numbers and coordination numbers in a text, including misread ones.

A number counts if its check digit is right, however it is typed. With a wrong check digit (digits
may be misread or mistyped) it counts if it has the right pattern, a plausible day of birth with a
hyphen before the last four digits, or stands after a word such as "personnummer". A false positive
costs a click; a false negative puts the number on a page.
"""

from __future__ import annotations

import re
import unicodedata

from personnummer import personnummer

from kb.model import Span

_LOOKALIKES = str.maketrans("OoQDlI|!iSsBZzgGbA", "000011111558229664")
"""Characters that digits are misread as, and the digit."""

_DIGIT = r"[0-9OoQDlI|!iSsBZzgGbA]"
_TWO = rf"{_DIGIT}{{2}}"
_WORDS = r"personnummer|personnr|persnr|samordningsnummer|födelsenummer|pnr|p\.?nr|född|f\."
_NUMBER = re.compile(
    rf"""
    (?:(?<![\w-]) | (?<=nr) | (?<=nummer) | (?<=född) | (?<=f\.))
    (?P<century>{_TWO})?
    (?P<year>{_TWO}) (?P<gap>[-./ ]?) (?P<month>{_TWO}) (?P=gap) (?P<day>{_TWO})
    (?P<mark>[ \t]{{0,3}}(?:[-+]\s{{0,2}}|[~./,]?[ \t]{{0,3}}))
    (?P<last>{_TWO}[ ]?{_TWO})
    (?!\w)
    """,
    re.VERBOSE,
)
_SAID = re.compile(rf"(?:{_WORDS})[\s:.,(–-]{{0,6}}(?:\w+[\s:]{{1,2}})?$", re.IGNORECASE)
"""A word before a number that identifies it; one word may stand between: "född år"."""

_LOOK_BACK = 40  # characters before a number in which such a word may stand

_FEWEST_DIGITS = 7
"""Fewest real digits of a number, so that words are excluded."""

_ODD = re.compile(r"[^\x00-\x7fåäöÅÄÖéÉüÜ§–—”]")
"""Characters that must be normalised; most texts have few."""


def find_identity_numbers(text: str) -> tuple[Span, ...]:
    """Return where identity numbers stand in `text`, as spans of it in order."""
    plain, places = _plain(text)
    return tuple(
        Span(places[match.start()], places[match.end() - 1] + 1) if places else Span(*match.span())
        for match in _NUMBER.finditer(plain)
        if _is_one(match)
    )


def _plain(text: str) -> tuple[str, list[int]]:
    """Return `text` with characters normalised and invisible ones left out.

    Returns:
        The text, and the offset in `text` of each of its characters; empty if none moved.
    """
    dashed = text.replace("–", "-").replace("—", "-")
    if not _ODD.search(text):
        return dashed, []
    letters, places = [], []
    for place, letter in enumerate(dashed):
        if unicodedata.category(letter) != "Cf":  # soft hyphens, zero-width spaces, marks of order
            letters.append(_sign(letter) if _ODD.match(letter) else letter)
            places.append(place)
    return "".join(letters), places


def _sign(letter: str) -> str:
    """Return a character normalised to an ASCII digit, hyphen or space, or the character itself."""
    category = unicodedata.category(letter)
    if category == "Nd":
        return str(unicodedata.digit(letter))
    if category == "Pd" or letter == "\N{MINUS SIGN}":
        return "-"
    return " " if category == "Zs" else letter


def _is_one(match: re.Match[str]) -> bool:
    if sum(map(str.isdigit, match[0])) < _FEWEST_DIGITS:
        return False
    year, month, day, last = (
        match[name].translate(_LOOKALIKES) for name in ("year", "month", "day", "last")
    )
    century = (match["century"] or "").translate(_LOOKALIKES)
    mark = "+" if "+" in match["mark"] and not century else "-"
    if personnummer.valid(f"{century}{year}{month}{day}{mark}{last.replace(' ', '')}"):
        return True
    if _SAID.search(match.string, max(0, match.start() - _LOOK_BACK), match.start()):
        return True
    has_pattern = not match["gap"] and match["mark"].strip() in ("-", "+")
    return has_pattern and _is_day(century, int(month), int(day))


def _is_day(century: str, month: int, day: int) -> bool:
    """Tell whether somebody may have been born on a day, or has it in a coordination number."""
    return century in ("", "18", "19", "20") and 1 <= month <= 12 and 1 <= day % 60 <= 31


def mask(text: str) -> str:
    """Return `text` with the digits of every such number as "X", all else as it was."""
    parts, at = [], 0
    for span in find_identity_numbers(text):
        parts += [text[at : span.start], re.sub(r"\w", "X", span.slice(text))]
        at = span.end
    return "".join((*parts, text[at:]))
