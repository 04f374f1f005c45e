import pytest

from kb.swedish.tokenize import normalize, tokenize


def texts(text):
    return [token.text for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mötet flyttas p.g.a. sjukdom.", ["Mötet", "flyttas", "p.g.a.", "sjukdom"]),
        ("t.ex. BUP, bl.a. fr.o.m. maj", ["t.ex.", "BUP", "bl.a.", "fr.o.m.", "maj"]),
        ("SKR:s förslag", ["SKR:s", "förslag"]),
        ("§ 5 och §12", ["§", "5", "och", "§", "12"]),
        ("kl. 9.00-12.30", ["kl", "9.00", "12.30"]),
        ("den 2017-10-24", ["den", "2017-10-24"]),
        ("covid19 och covid-19", ["covid19", "och", "covid-19"]),
        ("Pernilla Weman-Widegård", ["Pernilla", "Weman", "Widegård"]),
        ("Anita Bengtsson-Höganäs", ["Anita", "Bengtsson", "Höganäs"]),
        ("e-post till LSS-boende", ["e-post", "till", "LSS", "boende"]),
        ("barn- och ungdomsverksamhet", ["barn", "och", "ungdomsverksamhet"]),
        ("familjehem.Gruppen", ["familjehem", "Gruppen"]),
        ("12-18 år", ["12", "18", "år"]),
        ("", []),
        (" \n\t-–•§", ["§"]),
    ],
)
def test_words_of_minutes(text, words):
    assert texts(text) == words


def test_offsets_point_at_the_words():
    text = "Anhöriga, t.ex. föräldrar\u00ad!"
    assert all(text[token.start : token.end] == token.text for token in tokenize(text))


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("Höra", "höra"),
        ("A\u030angelholm", "ångelholm"),
        ("familje\u00adhem", "familjehem"),
        ("SKR:s", "skr"),
        ("LSS:en", "lss"),
        ("p.g.a.", "pga"),
        ("covid-19", "covid19"),
        ("e-post", "e-post"),
        ("9.00", "9.00"),
        ("10:30", "10:30"),
        ("d’Hondt", "d'hondt"),
    ],
)
def test_forms_compared(word, form):
    assert normalize(word) == form


def test_decomposed_letters_stay_in_their_word():
    assert texts("fo\u0308ra\u0308lder") == ["fo\u0308ra\u0308lder"]
