"""Personal identity numbers and coordination numbers in a text, as misread ones too."""

from __future__ import annotations

import re

from personnummer import personnummer

from kb.model import Span

_LOOKALIKES = str.maketrans("OoQDlI|!iSsBZzgGbA", "000011111558229664")
"""What digits are misread as, and the digit they were."""

_DIGIT = r"[0-9OoQDlI|!iSsBZzgGbA]"
_NUMBER = re.compile(
    rf"(?<![\w-])((?:{_DIGIT}{{2}})?{_DIGIT}{{6}})(\s?[-–—+~]\s?|\s?)({_DIGIT}{{4}})(?![\w])"
)
_FEWEST_DIGITS = 7
"""True digits a number must have, so that words are none."""


def find_identity_numbers(text: str) -> tuple[Span, ...]:
    """Return where numbers that belong to a person stand; their check digit is right."""
    return tuple(Span(*match.span()) for match in _NUMBER.finditer(text) if _is_one(match))


def _is_one(match: re.Match[str]) -> bool:
    if sum(map(str.isdigit, match[0])) < _FEWEST_DIGITS:
        return False
    birth, last = (match[n].translate(_LOOKALIKES) for n in (1, 3))
    mark = "+" if "+" in match[2] and len(birth) == 6 else "-"
    return bool(personnummer.valid(f"{birth}{mark}{last}"))


def mask(text: str) -> str:
    """Return `text` with the digits of every such number as "X", all else as it was."""
    parts, at = [], 0
    for span in find_identity_numbers(text):
        parts += [text[at : span.start], re.sub(r"\w", "X", span.slice(text))]
        at = span.end
    return "".join((*parts, text[at:]))
