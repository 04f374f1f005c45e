"""What a label, or the first words of a sentence, say of the people after them."""

from __future__ import annotations

from functools import cache

from kb.model import Presence, Role
from kb.parse.text.phrases import PRESENCES, PeopleLabel, attendance_words, people_labels
from kb.parse.who.during import comes_late, find_part

_MOST_WORDS = 10


@cache
def people_label(words: str) -> PeopleLabel | None:
    """Return what the label `words` says of people; None if it is no label over people.

    A label is one of the list, or made of the list's words ("Följande ledamöter befanns
    närvarande"), or begins with one that lets more words follow ("Närvarande socialchefer").
    """
    if whole := people_labels().like(words):
        return whole
    part, rest = find_part(words)
    parts = rest.split()
    if part and comes_late(words) and all(attendance_words().like(each) for each in parts):
        return _composed(tuple(parts)) or PeopleLabel(Presence.PRESENT, None, open=False)
    if composed := _composed(tuple(parts)):
        return composed
    for count in (3, 2, 1):
        if count < len(parts) <= count + 5:
            label = people_labels().like(" ".join(parts[:count]))
            if label and label.open and all(part[0].islower() for part in parts[count:]):
                return label
    return None


def loose_label(words: str) -> PeopleLabel | None:
    """Return what a label with unlisted words may say: "Närvarande vid årsmötets början".

    It counts only if people stand under it.
    """
    parts = [part for part in words.split() if part.isalpha()]
    if not 2 <= len(parts) <= _MOST_WORDS:
        return None
    known = tuple(part for part in parts if attendance_words().like(part) is not None)
    return _composed((*known, "och")) if known else None


def lead(text: str) -> tuple[PeopleLabel, int] | None:
    """Return what the first words of a sentence say of the people named after them.

    "Närvarande var Anna Ek" gives the label and where "Anna" begins.
    """
    parts: list[str] = []
    at = 0
    for word in text.split(" ", _MOST_WORDS):
        says = attendance_words().like(word) if word.isalpha() else None
        if says is None:
            break
        parts.append(word)
        at += len(word) + 1
    if not parts or at >= len(text) or "is" not in (attendance_words().like(parts[-1]) or ()):
        return None
    label = _composed(tuple(parts))
    if label is None and [part.casefold() for part in parts[:2]] == ["med", "på"]:
        label = PeopleLabel(Presence.PRESENT, None, open=False)  # "Med på mötet var"
    return (label, at) if label else None


def without_tail(words: str) -> str:
    """Return `words` without remarks that follow names: "utan rösträtt"."""
    parts = words.split(" ")
    while len(parts) > 1 and _is_said(parts[-1].strip(" .\n")):
        parts.pop()
    return " ".join(parts)


def _is_said(word: str) -> bool:
    if not word or "(" in word or ")" in word:
        return not word
    return word.islower() and attendance_words().exact(word) is not None


def _composed(parts: tuple[str, ...]) -> PeopleLabel | None:
    """Return what the words say together; None unless all are known and one states presence."""
    if not 2 <= len(parts) <= _MOST_WORDS:
        return None
    presence: Presence | None = None
    role: Role | None = None
    negated = other = False
    for part, after in zip(parts, (*parts[1:], ""), strict=True):
        says = attendance_words().like(part)
        if says is None:
            return None
        negated |= "not" in says and attendance_words().phrase(after) != "tjänstgörande"
        other |= "other" in says
        if "deputy" in says or "coopted" in says:
            role = Role.DEPUTY if "deputy" in says else Role.COOPTED
        for name in ("present", "absent", "guest"):
            if name in says:
                presence = PRESENCES[name]
    if presence is None:
        return None
    if negated and presence is Presence.PRESENT:
        presence = Presence.ABSENT
    elif other and presence is Presence.PRESENT:
        presence = Presence.OTHER
    return PeopleLabel(presence, None if presence is Presence.ABSENT else role, open=False)
