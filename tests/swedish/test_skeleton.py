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


@pytest.mark.parametrize(("one", "other"), [("Bjuv", "Perstorp"), ("Klippan", "Landskrona")])
def test_other_words_have_other_skeletons(one, other):
    assert skeleton(one) != skeleton(other)
