import pytest

from kb.repair.changes import apply
from kb.repair.layout import repair_layout


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("fo\u0308rva\u030altningen", "förvåltningen"),
        ("M\u00f6\u0308tet", "Mötet"),
        ("fo¨r p˚a", "för p˚a".replace("˚a", "å")),
        ("ﬁnansiering och eﬀekt", "finansiering och effekt"),
        ("social\u00adtjänsten", "socialtjänsten"),
        ("\uf0b7 Lägesrapport", "• Lägesrapport"),
        ("fÃ¶rÃ¤ldragruppen", "föräldragruppen"),
        ("P R O T O K O L L", "PROTOKOLL"),
        ("M i n n e s a n t e c k n i n g a r  2 0 1 7", "Minnesanteckningar  2 0 1 7"),
        ("inom social-\ntjänsten och", "inom socialtjänsten\noch"),
        ("familjehems-\nsekreterare, Bjuv", "familjehemssekreterare,\nBjuv"),
        ("social-\n\ntjänsten har", "socialtjänsten\n\nhar"),
        ("soci-\naltjänsten\nhar", "socialtjänsten\nhar"),
    ],
)
def test_layout_is_mended(lexicon, damaged, whole):
    assert apply(damaged, repair_layout(damaged, lexicon)) == whole


@pytest.mark.parametrize(
    "text",
    [
        "barn- och \n\nungdomsverksamhet",
        "hälso-\noch sjukvård",
        "Anita Bengtsson-\nHöganäs",
        "en e-\npost till",
        "LSS-\nhandläggare",
        "26 nov-\ngrxq",
        "alternativ a b c d i listan",
        "för 10 000 kr",
    ],
)
def test_what_is_meant_stays(lexicon, text):
    assert repair_layout(text, lexicon) == ()


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("IBotkyrka kommun", "I Botkyrka kommun"),
        ("IKEA", "IKEA"),
        ("Ingrid", "Ingrid"),
        ("IXylofonia", "IXylofonia"),
    ],
)
def test_a_word_of_one_letter_is_parted_from_the_name_after_it(lexicon, read, meant):
    assert apply(read, repair_layout(read, lexicon, misread=True)) == meant
    assert repair_layout(read, lexicon) == ()
