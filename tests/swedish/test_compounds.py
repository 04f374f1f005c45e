import pytest


@pytest.mark.parametrize(
    "split",
    [
        "familje+hems+vård",
        "familje+hems+avdelningens",
        "nätverks+träffarna",
        "lednings+grupps+utvecklingen",
        "buss+station",
        "natt+tågs+linje",
        "glas+skål",
        "kvinno+frids+arbete",
        "gatu+kontoret",
        "brukar+råd",
        "hand+böcker",
        "verksamhets+året",
        "vårdnads+havarna",
        "risk+bedömdes",
        "remiss+svaren",
        "skol+måltider",
    ],
)
def test_compounds(analyzer, split):
    word = split.replace("+", "").replace("natttåg", "nattåg").replace("bussstat", "busstat")
    assert "+".join(analyzer.word(word).parts) == split


WHOLE = (
    "utbildning medarbetare förhållande kommunikation alkohol protokoll rapport kontakt "
    "kontrollera transparens godkänna medlemskap bolag förslag omständighet självständig "
    "ordförande familj"
)


@pytest.mark.parametrize("word", WHOLE.split())
def test_words_that_stay_whole(analyzer, word):
    assert analyzer.word(word).parts == ()


def test_an_ending_is_no_part(analyzer):
    assert "sig" not in analyzer.word("verksamhetsmässig").parts


@pytest.mark.parametrize("word", ["allrisk", "Allrisk", "allriskförsäkring"])
def test_a_word_short_for_its_compound_is_split_and_done_with(analyzer, word):
    assert analyzer.word(word).form == word.lower()
