"""For which part of a meeting somebody was there: "§§ 12-15", "t.o.m. kl. 16.00"."""

from __future__ import annotations

import re

_NUMBER = r"\d+(?:[.:]\d+)?"
_NUMBERS = (
    rf"{_NUMBER}(?:(?:\s*[-–,]\s*|\s+(?:och|till|t\.?o\.?m\.?)\s+)"
    rf"(?:(?:kl\.?|§{{1,2}})\s*)?{_NUMBER})*"
)
_VERB = r"(?:ej|anlände|ankom|anslöt|lämnade|lämnar|gick|närvarande|deltog|jäv|jävig)"
_FROM = r"(?:fr\.?\s?o\.?\s?m\.?|från(?: och med)?|efter)"
_OTHER = r"(?:t\.?\s?o\.?\s?m\.?|till(?: och med)?|under|vid|för)"
_POINT = (
    rf"(?:§{{1,2}}\s*{_NUMBERS}|(?<!\w)(?:punkt(?:en|erna)?|kl\.?|klockan)\s*{_NUMBERS}"
    r"|(?<!\w)punkt(?:erna)?\s+[A-ZÅÄÖ]\b(?:(?:,|\s+och)\s*[A-ZÅÄÖ]\b)*)"
)
_DURING = re.compile(
    rf"(?:(?<!\w){_VERB}\s+)?(?:(?<!\w)(?:mötet\s+)?(?:{_FROM}|{_OTHER})\s+)?{_POINT}"
    r"(?:\s*[-–]\s*$)?",
    re.IGNORECASE,
)
_HINT = re.compile(r"[§\d]|[Pp][Uu][Nn][Kk]")
"""Every such part contains one of these; words without any are skipped."""

_LATE = re.compile(rf"{_FROM}\s+{_POINT}", re.IGNORECASE)


def find_part(words: str) -> tuple[str | None, str]:
    """Return the part of a meeting that `words` name, as stated, and the words without it."""
    match = _DURING.search(words) if _HINT.search(words) else None
    if not match:
        return None, words
    return " ".join(match.group().split()), words[: match.start()] + " " + words[match.end() :]


def comes_late(words: str) -> bool:
    """Tell whether `words` begin with from when somebody was there: "Från punkt 9 dessutom"."""
    return _LATE.match(words) is not None
