from hypothesis import given, strategies as st

from kb.swedish.bulk import BulkAnalyzer
from kb.swedish.tokenize import tokenize


class Numbering:
    def __init__(self):
        self.readings = []

    def __call__(self, text, word, name):
        self.readings.append((text, word, name))
        return len(self.readings) - 1


def agree(analyzer, numbering, bulk, text):
    read = bulk.read(text)
    spans = zip(read.starts.tolist(), read.ends.tolist(), strict=True)
    in_bulk = [
        (*numbering.readings[number], start, end)
        for number, (start, end) in zip(read.numbers.tolist(), spans, strict=True)
    ]
    one_by_one = [(t.text, t.word, t.name, t.start, t.end) for t in analyzer.tokens(text)]
    assert in_bulk == one_by_one


def test_bulk_and_one_by_one_agree_on_the_seeds(analyzer, seeds):
    numbering = Numbering()
    bulk = BulkAnalyzer(analyzer, numbering)
    for path in seeds.glob("*.txt"):
        text = path.read_text("utf-8", "replace")
        agree(analyzer, numbering, bulk, text)
        agree(analyzer, numbering, bulk, text.upper())


NAMES = [
    "Klippan",
    "klippan",
    "Vara",
    "vara",
    "kommun",
    "Per",
    "Linda",
    "Macke",
    "Norbeck",
    "BUP:s",
]
HYPHENS = ["barn-", "barn-\n", "och", "eller", "ungdomsvård", "p.g.a.", "covid-19", "§", "-"]
WORDS = st.sampled_from([*NAMES, *HYPHENS])


@given(st.lists(WORDS | st.text(max_size=5), max_size=12), st.sampled_from([" ", "\n", ""]))
def test_bulk_and_one_by_one_agree_on_anything(analyzer, words, between):
    numbering = Numbering()
    agree(analyzer, numbering, BulkAnalyzer(analyzer, numbering), between.join(words))


def test_words_lie_where_they_stand(seeds):
    for path in seeds.glob("*.txt"):
        text = path.read_text("utf-8", "replace")
        assert all(text[token.start : token.end] == token.text for token in tokenize(text))
