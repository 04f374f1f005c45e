import pytest

from kb.swedish.skeleton import skeleton


@pytest.mark.parametrize(
    ("whole", "damaged"),
    [
        ("Håkan", "Hikan"),
        ("Strömberg", "Strémberg"),
        ("Svalöv", "Sval6v"),
        ("Ängelholm", "Angelholm"),
        ("Höganäs", "Hoganis"),
        ("för", "£6r"),
        ("orosanmälningar", "orosanmiilningar"),
    ],
)
def test_damage_keeps_the_skeleton(whole, damaged):
    assert skeleton(whole) == skeleton(damaged)
    assert skeleton(whole, loose=True) == skeleton(damaged, loose=True)


@pytest.mark.parametrize(("one", "other"), [("Bjuv", "Perstorp"), ("Klippan", "Landskrona")])
def test_other_words_have_other_skeletons(one, other):
    assert skeleton(one) != skeleton(other)


@pytest.mark.parametrize(("whole", "damaged"), [("Höganäs", "Höga nä s"), ("kl.", "k1")])
def test_spaces_and_punctuation_do_not_count(whole, damaged):
    assert skeleton(whole) == skeleton(damaged)


@pytest.mark.parametrize(("one", "other"), [("närvarande", "ndrvarande"), ("lista", "lästo")])
def test_more_words_share_a_loose_skeleton(one, other):
    assert skeleton(one) != skeleton(other)
    assert skeleton(one, loose=True) == skeleton(other, loose=True)


def test_strict_skeletons_know_letters_read_as_two():
    assert skeleton("kvarn") == skeleton("kvam")
    assert skeleton("kvarn", loose=True) != skeleton("kvam", loose=True)
