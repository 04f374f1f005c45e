"""Which body met: rules in descending order of reliability."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise, takewhile

from kb.model import Participant
from kb.parse.text.lines import LineMark
from kb.parse.text.phrases import PACKAGE, kinds, meeting_words, title_words
from kb.parse.text.reading import ParsedText, squeeze
from kb.parse.what.header import Header
from kb.parse.what.title import TitleWord, title_line
from kb.parse.when.filename import words_in_name
from kb.parse.who.bodies import capitalised, find_body
from kb.parse.who.names import is_full_name
from kb.swedish.municipalities import by_name
from kb.swedish.tables import words as word_list

_FOLLOWS = frozenset(("för", "kring", "inom", "rörande"))
_STOPS = frozenset(("från", "fört", "vid", "med", "den", "i", "på", "till", "av", "-", "–"))
_LONGEST_HEAD = 45
_FEWEST_HEADS = 3
_FEWEST_ACTS = 2
_PAGE_TOP = 4
"""Lines of a page that may be its head."""

_MOST_WORDS = 6
_TOP = 25
"""Lines from the top within which a sentence says what the minutes are of."""

_DIGIT = re.compile(r"\d")


def find_group(reading: ParsedText, header: Header, people: Sequence[Participant]) -> str | None:
    """Return the body that met, as a name to show; None if nothing says which."""
    return (
        _of_words(header.words)
        or header.group
        or _in_front(header)
        or _by_itself(reading, header)
        or _after_kind(header.words)
        or _page_head(reading)
        or _represented(people)
        or _opening(reading)
        or _acting(reading)
        or _running_head(reading)
        or _of_words(_name_words(reading.repaired.source.path))
    )


def _of_words(words: tuple[TitleWord, ...]) -> str | None:
    """Return the body that the words of a title name."""
    for rule in (_genitive, _named, _owner, _meeting_word):
        if group := rule(words):
            return group
    return None


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
                if _DIGIT.search(after.text) or after.text in _STOPS or kinds().exact(after.text):
                    break
                name.append(after.text.strip(",."))
        elif at + 1 < len(words):
            following = words[at + 1].text
            if second := find_body(following):
                name.append(second[0])  # "Kommunstyrelsens arbetsutskott"
            elif following[0].isupper() and following.endswith("s"):
                name.append(following[:-1])  # "Datorföreningen Stackens höstmöte"
            elif body[1].casefold().endswith(_called()) and word.text[-1] != ",":
                name += _own_name(words[at + 1 : at + 4])  # "Föräldraföreningen Lönnen"
        return capitalised(" ".join(name))
    return None


def _own_name(words: tuple[TitleWord, ...]) -> list[str]:
    """Return the first of `words` that can be the proper name of a body."""
    name = list(takewhile(_is_own, (word.text for word in words)))
    if is_full_name(" ".join(name[:2])):
        return []  # whoever wrote, below the name
    return [text.strip(",.") for text in name]


def _is_own(text: str) -> bool:
    plain = text.strip(",.")
    meeting = plain.casefold().endswith(("möte", "mötet", "stämma"))
    return plain[:1].isupper() and plain.isalpha() and not (meeting or title_words().exact(plain))


@cache
def _called() -> tuple[str, ...]:
    return word_list(PACKAGE, "called.txt")


def _owner(words: tuple[TitleWord, ...]) -> str | None:
    """Named as the owner of the meeting: "Stackens vårmöte"."""
    for at, word in enumerate(words[:-1]):
        following = words[at + 1 : at + 3]
        named = word.text[0].isupper() or bool(_names_before(words, at))
        owns = named and word.text.endswith("s")
        known = by_name(word.text) or find_body(word.text)
        if owns and not known and any(map(_is_meeting, following)):
            return capitalised(" ".join([*_names_before(words, at), word.text[:-1]]))
    return None


def _meeting_word(words: tuple[TitleWord, ...]) -> str | None:
    """Named by its meetings when by nothing else: "nätverksmöte"."""
    for word in words:
        meant = meeting_words().exact(word.text.strip(",.()"))
        if meant and meant.body:
            return meant.body
    return None


def _represented(people: Sequence[Participant]) -> str | None:
    """Somebody who represents a body ("Planeringsledare Socialchefsnätverket")."""
    bodies = [p.organisation for p in people if p.organisation and p.title]
    for organisation in bodies:
        found = find_body(organisation)
        if found and found[1].endswith(("nätverket", "gruppen", "rådet")):
            return capitalised(found[1])
    return None


def _page_head(reading: ParsedText) -> str | None:
    """The head of most pages, as the pages were read: a line of nothing but a body."""
    pages = reading.repaired.source.pages
    counts: Counter[str] = Counter()
    for page in pages:
        lines = reading.repaired.source.text[page.start : page.end].split("\n")
        top = [squeeze(line) for line in lines if line.strip()][:_PAGE_TOP]
        counts.update({line for line in top if line[0].isupper() and find_body(line)})
    head, count = next(iter(counts.most_common(1)), ("", 0))
    return head if count >= max(_FEWEST_HEADS, len(pages) / 2) else None


def _running_head(reading: ParsedText) -> str | None:
    """The head of each page: a line of nothing but a body, again and again."""
    counts: Counter[str] = Counter()
    for line in reading.lines:
        short = len(line.text) <= _LONGEST_HEAD and line.mark is LineMark.NONE
        words = line.text.split()
        plain = not any(word.casefold() in _STOPS for word in words)
        if short and plain and line.text[0].isupper() and find_body(words[-1]):
            counts[line.text] += 1
    head, count = next(iter(counts.most_common(1)), ("", 0))
    return head if count >= _FEWEST_HEADS else None


def _in_front(header: Header) -> str | None:
    """The author or the title in the front matter."""
    for kind in ("group", "title"):
        field = header.front.get(kind)
        if field and (group := _of_words(_title_words(field.value))):
            return group
    return None


def _by_itself(reading: ParsedText, header: Header) -> str | None:
    """A line of the title between what the minutes are and when: "LiTHe kod"."""
    titled = sorted({line.index for w in header.words if (line := reading.line_at(w.start))})
    for at in titled[1:-1]:
        text = reading.lines[at].text
        words = text.split()
        said = any(kinds().exact(w) or meeting_words().exact(w) or by_name(w) for w in words)
        said = said or bool(reading.dates_in(reading.lines[at].outer, reading.lines[at].end))
        if len(words) <= _MOST_WORDS and text[0].isupper() and not said:
            return squeeze(text)
    return None


def _after_kind(words: tuple[TitleWord, ...]) -> str | None:
    """What follows the kind in the title: "Mötesprotokoll LiTHe kod 5 mars"."""
    for at, word in enumerate(words):
        if not kinds().exact(word.text):
            continue
        name: list[str] = []
        for after in words[at + 1 : at + 2 + _MOST_WORDS]:
            text = after.text.strip(",:–-")
            if not text or _DIGIT.search(text) or text.casefold() in _STOPS or _is_meeting(after):
                break
            name.append(text)
        known = any(map(by_name, name)) or any(map(title_words().exact, name))
        if name and len(name) <= _MOST_WORDS and name[0][0].isupper() and not known:
            return " ".join(name)
        return None
    return None


def _opening(reading: ParsedText) -> str | None:
    """A sentence near the top that says what the minutes are of: "Protokoll fört vid …"."""
    for line in reading.lines[:_TOP]:
        words = tuple(title_line(reading, line))
        if any(kinds().exact(word.text) for word in words) and (group := _of_words(words)):
            return group
    return None


def _acting(reading: ParsedText) -> str | None:
    """Who decides, again and again: "Kommunstyrelsen tillstyrker", "Styrelsens beslutbarhet"."""
    counts: Counter[str] = Counter()
    for sentence, _, said in reading.said:
        words = said.texts[:4]
        if not words or not words[0][0].isupper() or sentence.end - sentence.start < 2:
            continue
        body = find_body(words[0])
        if body is None:
            continue
        if len(words) > 1 and words[1].casefold() in _acts():
            counts[capitalised(body[1])] += 1
        elif len(words) > 2 and words[2].casefold() in _acts() and find_body(words[1]):
            counts[f"{words[0]} {words[1]}"] += 1
    name, count = next(iter(counts.most_common(1)), ("", 0))
    return name if count >= _FEWEST_ACTS else None


@cache
def _acts() -> frozenset[str]:
    return frozenset(word_list(PACKAGE, "acts.txt"))


def _name_words(path: str) -> tuple[TitleWord, ...]:
    """Return the words of the file's name that are no figures."""
    return tuple(word for word in _title_words(words_in_name(path)) if word.text.isalpha())


def _title_words(text: str) -> tuple[TitleWord, ...]:
    return tuple(TitleWord(word, 0, 0) for word in text.split())


def _is_meeting(word: TitleWord) -> bool:
    return meeting_words().exact(word.text.strip(",.")) is not None


def _names_before(words: tuple[TitleWord, ...], at: int) -> list[str]:
    """Return the capitalised words right before word `at` that belong to the name it ends."""
    taken: list[str] = []
    for word in reversed(words[max(0, at - 3) : at]):
        text = word.text
        if not text[0].isupper() or not text[-1].isalpha() or title_words().exact(text):
            break
        taken.append(text)
    return list(reversed(taken))


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
