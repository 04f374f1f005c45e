import pytest

from kb.swedish.sentences import opens_sentence, split


@pytest.mark.parametrize(
    "sentences",
    [
        ["Styrelsen tackar.", "Mötet avslutas!", "Vem ringer?", "Ingen svarar …"],
        ["Mötet börjar kl. 9.00 enl. kallelsen, t.ex. Budget, och slutar kl. 12."],
        ["Vi ses fr.o.m. Mars, tom. April, m.m. I höst."],
        ["A. Berg och B. Ek valdes enligt § 3. Valet gjordes."],
        ["”Så blir det.”", "Alla höll med."],
        ["Priset är 4.50 kr och stiger. sedan"],
        ["Ingen punkt"],
    ],
)
def test_sentences_end_at_stops_but_not_at_abbreviations(sentences: list[str]):
    text = " ".join(sentences)
    assert [text[start:end] for start, end in split(text, 0, len(text))] == sentences


def test_only_the_stretch_asked_for_is_split():
    text = "Ett. Två. Tre."
    assert [text[start:end] for start, end in split(text, 5, 9)] == ["Två."]
    assert list(split(text, 4, 4)) == []


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("Anna", True),
        ("Klart. Anna", True),
        ("Klart: ”Anna", True),
        ("lista\n- Anna", True),
        ("och Anna", False),
        ("gäst (Anna", False),
    ],
)
def test_words_that_open_a_sentence(text: str, opens: bool):
    assert opens_sentence(text, text.index("Anna")) is opens
