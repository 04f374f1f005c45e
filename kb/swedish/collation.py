"""Swedish alphabetical order: å, ä and ö sort last, accents as their letters."""

import unicodedata

_LAST = str.maketrans(
    {"å": "z\ue000", "ä": "z\ue001", "æ": "z\ue001", "ö": "z\ue002", "ø": "z\ue002"}
)


def sort_key(text: str) -> str:
    """Return a key that sorts `text` as a Swedish reader expects."""
    moved = unicodedata.normalize("NFC", text).casefold().translate(_LAST)
    return "".join(c for c in unicodedata.normalize("NFD", moved) if not unicodedata.combining(c))
