import pytest


def names(analyzer, text):
    return [token.text for token in analyzer.tokens(text) if token.name]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Agneta Hugander Klippan", ["Agneta", "Hugander", "Klippan"]),
        ("Vi möts i Klippan.", ["Klippan"]),
        ("Barnen klättrade på klippan.", []),
        ("Vara kommun deltar.", ["Vara"]),
        ("Vara delaktig i arbetet.", []),
        ("Frågan väcktes i Vara.", ["Vara"]),
        ("Per Norbeck, Bryggan", ["Per", "Norbeck"]),
        ("Per telefon nås vi.", []),
        ("Närvarande: Tina\nBlomberg och Eva\nLund", ["Tina", "Blomberg", "Eva", "Lund"]),
        ("Linda Macke visade ett bildspel", ["Linda", "Macke"]),
        ("Höganäs- hög belastning", ["Höganäs"]),
        ("Helsingborgs kampanj", ["Helsingborgs"]),
        ("Marie-Stella Täringskog", ["Marie", "Stella", "Täringskog"]),
        ("Socialnämnden beslutar att Förvaltningen återkommer", []),
        ("SOCIALNÄMNDEN", []),
        ("Klippan", ["Klippan"]),
    ],
)
def test_names_in_text(analyzer, text, found):
    assert names(analyzer, text) == found


@pytest.mark.parametrize(
    ("name", "word"), [("Klippan", "klippa"), ("Lund", "lunden"), ("Sala", "sal"), ("Vara", "var")]
)
def test_a_name_is_no_inflection(analyzer, name, word):
    (token,) = analyzer.tokens(name)
    assert token.word.key != analyzer.word(word).key


@pytest.mark.parametrize(
    ("genitive", "name"),
    [("Svalövs", "Svalöv"), ("helsingborgs", "Helsingborg"), ("Annikas", "Annika")],
)
def test_genitives_reach_the_name(analyzer, genitive, name):
    assert analyzer.word(genitive).key == analyzer.word(name).key == name


def test_a_name_that_ends_in_s_is_no_genitive(analyzer):
    assert analyzer.word("höganäs").lemma == "Höganäs"
    assert analyzer.word("lars").lemma == "Lars"


def test_a_bare_word_can_mean_the_name(analyzer):
    assert analyzer.is_name("klippan")
    assert not analyzer.is_name("familjehem")
    assert [word.key for word in analyzer.readings("klippan")] == ["klippa", "Klippan"]
    assert [word.key for word in analyzer.readings("svalöv")] == ["Svalöv"]
    assert [word.key for word in analyzer.readings("familjehem")] == ["familjehem"]


@pytest.mark.parametrize(
    "name", ["Ängelholm", "Kristianstad", "Bergström", "Widegård", "Edvardsson", "Lindqvist"]
)
def test_names_are_not_split(analyzer, name):
    for written in (name, name.upper()):
        (token,) = analyzer.tokens(written)
        assert token.word.parts == ()


def test_documents_and_queries_agree_on_unknown_names(analyzer):
    (token,) = analyzer.tokens("Täringskog")
    assert token.word.key == analyzer.word("täringskog").key
