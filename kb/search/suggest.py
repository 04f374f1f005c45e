"""Other words for those that found nothing, for "Menade du …?"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kb.search.vocabulary import Vocabulary


def suggest(
    text: str,
    missing: Sequence[str],
    vocabulary: Vocabulary,
    finds: Callable[[str], bool],
) -> str | None:
    """Return `text` with the words that found nothing replaced by likely ones, or None.

    Args:
        text: What was typed.
        missing: The words of it that no document has, as typed.
        vocabulary: The collection's words.
        finds: Tells whether a text has hits; nothing is suggested that has none.
    """
    for word in missing:
        for candidate in vocabulary.near(word.casefold()):
            likely = candidate.capitalize() if word[:1].isupper() else candidate
            replaced = text.replace(word, likely)
            if len(missing) == 1 or word == missing[-1]:
                if finds(replaced):
                    return replaced
            else:
                text = replaced
                break
    return None
