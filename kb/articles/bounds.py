"""Bounds the time of Markdown rendering.

`markdown` searches the rest of the paragraph for the other end of every mark, so that some unusual
texts take quadratic time. Marks beyond the bounds are shown literally; ordinary articles are not
affected.
"""

from __future__ import annotations

import re

_LARGEST_DEPTH = 40
"""Number of brackets or quote marks on a line after which Markdown is not interpreted."""

_MOST_SIGNS = 100
"""Brackets, backticks or angle brackets of a paragraph from which on it is looked at which mean
something. Markdown looks for the other end of each through the rest of the paragraph, so without
a bound the time grows with the square of the text."""

_DEEPEST = 4
"""Depth of nested brackets; a linked picture has two."""

_ENTITIES = {"[": "&#91;", "(": "&#40;", "`": "&#96;", "<": "&lt;"}
_PARAGRAPH = re.compile(r"(?:\n[ \t]*){2,}")
_HEADING = re.compile(r"^(?:#{1,6}[^\n]*|=+[ \t]*)\n(?=.)", re.MULTILINE)
"""A heading with more below it: each is taken off the block, and the rest is looked at again."""

_BRACKET = re.compile(r"\\.|[\[\]()]", re.DOTALL)

_NESTED = re.compile(rf"^[ \t]*(?:>[ \t]?){{{_LARGEST_DEPTH},}}", re.MULTILINE)


def bounded(text: str) -> str:
    """Return `text` with marks beyond the bounds as entities."""
    text = _NESTED.sub("> ", text)  # Markdown goes down one call a quote mark
    parts, at = [], 0
    for gap in [*_PARAGRAPH.finditer(text), None]:
        end = gap.end() if gap else len(text)
        part = text[at:end]
        if any(part.count(sign) > _MOST_SIGNS for sign in "[<`"):
            part = _bounded_signs(_bounded_brackets(part))
        if len(_HEADING.findall(part)) > _MOST_SIGNS:
            part = _HEADING.sub(r"\g<0>\n", part)
        parts.append(part)
        at = end
    return "".join(parts)


def _bounded_brackets(text: str) -> str:
    """Return a paragraph with unclosed or too deeply nested brackets as entities."""
    signs = [found for found in _BRACKET.finditer(text) if len(found[0]) == 1]
    closed_by: dict[int, int] = {}
    waiting: list[re.Match[str]] = []
    for sign in signs:
        if sign[0] in "[(":
            waiting.append(sign)
        elif waiting and waiting[-1][0] == ("[" if sign[0] == "]" else "("):
            closed_by[waiting.pop().start()] = sign.start()
    letters, depth, ends = list(text), 0, set(closed_by.values())
    for sign in signs:
        place = sign.start()
        if place in closed_by:
            depth += 1
        if sign[0] in "[(" and (place not in closed_by or depth > _DEEPEST):
            letters[place] = _ENTITIES[sign[0]]
        if place in ends:
            depth -= 1
    return "".join(letters)


def _bounded_signs(text: str) -> str:
    for sign in "<`":
        *first, rest = text.split(sign, _MOST_SIGNS)
        text = sign.join((*first, rest.replace(sign, _ENTITIES[sign])))
    return text
