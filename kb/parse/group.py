"""Which body met: rules in falling order of trust."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from kb.model import Participant
from kb.parse.bodies import capitalised, find_body
from kb.parse.header import Header
from kb.parse.lines import Mark
from kb.parse.phrases import kinds, meeting_words, title_words
from kb.parse.reading import Reading
from kb.parse.title import TitleWord
from kb.swedish.municipalities import by_name

_FOLLOWS = frozenset(("för", "kring", "inom", "rörande"))
_STOPS = frozenset(("från", "fört", "vid", "med", "den", "i", "på", "till", "av", "-", "–"))
_LONGEST_HEAD = 45
_FEWEST_HEADS = 3
_DIGIT = re.compile(r"\d")


def find_group(reading: Reading, header: Header, people: Sequence[Participant]) -> str | None:
    """Return the body that met, as a name to show; None if nothing says which."""
    for rule in (_genitive, _named, _owner, _meeting_word):
        if group := rule(header.words):
            return group
    return header.group or _represented(people) or _running_head(reading)


def _genitive(words: tuple[TitleWord, ...]) -> str | None:
    """Named by its genitive: "föräldragruppens möte" is one of Föräldragruppen."""
    for word, after in pairwise(words):
        body = find_body(word.text)
        if body and body[0] != body[1] and body[0].endswith("s") and _is_meeting(after):
            at = words.index(word)
            return capitalised(" ".join([*_before(words, at), body[1]]))
    return None


def _named(words: tuple[TitleWord, ...]) -> str | None:
    """Named outright: "Gemensam ledningsgrupp 23 januari"."""
    for at, word in enumerate(words):
        body = find_body(word.text.strip(",.()"))
        if body is None:
            continue
        name = [*_before(words, at), body[0]]
        if at + 1 < len(words) and words[at + 1].text in _FOLLOWS and word.text[-1] != ",":
            for after in words[at + 1 : at + 6]:
                if _DIGIT.search(after.text) or after.text in _STOPS:
                    break
                name.append(after.text.strip(",."))
        elif at + 1 < len(words):
            following = words[at + 1].text
            if second := find_body(following):
                name.append(second[0])  # "Kommunstyrelsens arbetsutskott"
            elif following[0].isupper() and following.endswith("s"):
                name.append(following[:-1])  # "Datorföreningen Stackens höstmöte"
        return capitalised(" ".join(name))
    return None


def _owner(words: tuple[TitleWord, ...]) -> str | None:
    """Named as the owner of the meeting: "Stackens vårmöte"."""
    for at, word in enumerate(words[:-1]):
        following = words[at + 1 : at + 3]
        owns = word.text[0].isupper() and word.text.endswith("s")
        known = by_name(word.text) or find_body(word.text)
        if owns and not known and any(map(_is_meeting, following)):
            return word.text[:-1]
    return None


def _meeting_word(words: tuple[TitleWord, ...]) -> str | None:
    """Named by its meetings when by nothing else: "nätverksmöte"."""
    for word in words:
        meant = meeting_words().exact(word.text.strip(",.()"))
        if meant and meant.body:
            return meant.body
    return None


def _represented(people: Sequence[Participant]) -> str | None:
    """Somebody who stands for a body as such ("Planeringsledare Socialchefsnätverket")."""
    bodies = [p.organisation for p in people if p.organisation and p.title]
    for organisation in bodies:
        found = find_body(organisation)
        if found and found[1].endswith(("nätverket", "gruppen", "rådet")):
            return capitalised(found[1])
    return None


def _running_head(reading: Reading) -> str | None:
    """The head of each page: a line of nothing but a body, again and again."""
    counts: Counter[str] = Counter()
    for line in reading.lines:
        short = len(line.text) <= _LONGEST_HEAD and line.mark is Mark.NONE
        if short and line.text[0].isupper() and find_body(line.text.split()[-1]):
            counts[line.text] += 1
    head, count = next(iter(counts.most_common(1)), ("", 0))
    return head if count >= _FEWEST_HEADS else None


def _is_meeting(word: TitleWord) -> bool:
    return meeting_words().exact(word.text.strip(",.")) is not None


def _before(words: tuple[TitleWord, ...], at: int) -> list[str]:
    """Return the words that belong to the body's name before its last ("Vård- och")."""
    taken: list[str] = []
    for word in reversed(words[max(0, at - 3) : at]):
        text = word.text
        known = title_words().exact(text) and text.casefold() != "och"
        if known or kinds().exact(text) or text.casefold() in _STOPS or not text[0].isalpha():
            break
        if text[-1] in ",.:)":
            break
        if text.casefold() == "och" and taken == []:
            taken.append(text)
            continue
        taken.append(text)
    if taken and taken[-1].casefold() == "och":
        taken.pop()
    return list(reversed(taken))
