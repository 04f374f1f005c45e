"""Questions raised: under a label, reported in a sentence, or with a question mark."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from kb.model import Question
from kb.parse.text.cues import cues
from kb.parse.text.headings import TextHeading
from kb.parse.text.phrases import PACKAGE
from kb.parse.text.points import PointPart, covering
from kb.parse.text.reading import ParsedText, squeeze
from kb.swedish.closed_list import PhraseVocabulary, vocabulary
from kb.swedish.tables import words

_LABELLED, _TOLD, _ASKED = 0.9, 0.8, 0.6
_FEWEST_WORDS = 3
_LABEL = re.compile(r"\W*([^\W\d_][^:?.]{3,30}):\s+(?=\S)")


def find_questions(
    reading: ParsedText,
    headings: Sequence[TextHeading],
    parts: Sequence[PointPart],
    taken: Collection[int],
) -> tuple[Question, ...]:
    """Return the questions in the order of the text.

    Args:
        reading: The text.
        headings: Its headings, which ask nothing.
        parts: The labelled parts of its points; how a vote was put asks nothing either.
        taken: Lines that belong to title, fields or lists of people.
    """
    taken = {*taken, *(at for each in headings for at in range(each.line, each.last + 1))}
    formal = [part for part in parts if part.kind in ("proposal", "account", "decision")]
    found = []
    for sentence, text, said in reading.said:
        start, sure = sentence.start, 0.0
        if ":" in text and (label := _LABEL.match(text)) and _labels().like(label.group(1)):
            start, sure = sentence.start + label.end(), _LABELLED
        elif next(cues("question_cues.txt").find(said), None):
            sure = _TOLD
        elif text.endswith("?") and len(said.texts) >= _FEWEST_WORDS:
            sure = _ASKED
        line = reading.line_at(start)
        if not sure or covering(formal, start) or (line and line.index in taken):
            continue
        asked = reading.text[start : sentence.end]
        found.append(Question(squeeze(asked), reading.source(start, sentence.end), sure))
    return tuple(found)


@cache
def _labels() -> PhraseVocabulary[str]:
    return vocabulary(words(PACKAGE, "question_labels.txt"))
