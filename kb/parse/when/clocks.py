"""Times of day as Swedish minutes write them: "kl 10.30", "k1. 9-12", "18:00–20:15"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_H = r"[0-2lIO|]?[\dlIO|](?<![A-ZÅÄÖ]{2})"
_M = r"[0-5O][\dO]"
_MISREAD = str.maketrans("lLiIoO|", "1111001")
"""Letters that figures are misread as."""

_TO = r"(?:\s*(?:[-–—]+|till|ca\b\.?)\s*)+(?:k[l1]\.?\s*)?"
_CLOCK = re.compile(
    r"(?:\b(?:klockan|k[l1I|][.:]?|tiden\s+är|tid(?:en)?:)\s*(?:ca\.?\s*)?)"
    rf"(?:(?P<h>{_H})[.:](?P<m>{_M})|(?P<h5>[0-2]\d)(?P<m5>[0-5]\d)(?!\d)|(?P<h6>{_H})(?![^\W\d_]))"
    rf"(?:{_TO}(?P<h2>{_H})(?:[.:]?(?P<m2>{_M}))?)?(?![\d/])",
    re.IGNORECASE,
)
_BARE_CLOCK = re.compile(
    rf"(?<![\w.:/-])(?P<h>{_H})[.:](?P<m>{_M})"
    rf"(?:{_TO}(?P<h2>{_H})(?:[.:](?P<m2>{_M}))?)?(?![\w/]|[.:-]\d)"
    rf"|(?<![\d.:/-])(?P<h3>[0-2]?\d){_TO}(?P<h4>[0-2]?\d)[.:](?P<m4>[0-5]\d)(?![\d/]|[.:-]\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as a text states it, with its end if one is stated."""

    start: int
    end: int
    time: dt.time
    until: dt.time | None


def find_clocks(text: str, start: int, end: int, *, bare: bool = False) -> list[Clock]:
    """Return the clock times in `text[start:end]`.

    Args:
        text: The whole text.
        start: Where to begin.
        end: Where to stop.
        bare: Take "12.30" without "kl" before it as well.
    """
    found = [_clock(match) for match in _CLOCK.finditer(text, start, end)]
    if not found and bare:
        found = [_clock(match) for match in _BARE_CLOCK.finditer(text, start, end)]
    return [clock for clock in found if clock]


def _clock(match: re.Match[str]) -> Clock | None:
    parts = {key: value and value.translate(_MISREAD) for key, value in match.groupdict().items()}
    hour = int(parts["h"] or parts.get("h3") or parts.get("h5") or parts["h6"] or "")
    until = parts["h2"] or parts.get("h4")
    if hour > 23:
        return None
    end = None
    if until and int(until) <= 23:
        end = dt.time(int(until), int(parts["m2"] or parts.get("m4") or 0))
    return Clock(
        match.start(), match.end(), dt.time(hour, int(parts["m"] or parts.get("m5") or 0)), end
    )
