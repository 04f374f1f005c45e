"""Terms that mean the same are found in both directions, whatever their endings."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from kb.errors import OperatorError
from kb.swedish import equivalent_terms
from kb.swedish.analysis import Analyzer, default_analyzer
from kb.swedish.equivalents import EquivalentMatch, Equivalents, EquivalentTerm, equivalents_for
from kb.swedish.stopwords import is_stopword

EVERYDAY = {
    "act", "add", "art", "av", "bo", "bris", "bum", "can", "cap", "damp", "do", "dua", "freda",
    "hap", "hd", "jo", "kl", "kris", "lab", "lass", "las", "lob", "lov", "mar", "mas", "mi", "na",
    "patriark", "pa", "put", "rb", "sam", "sas", "sol", "sprint", "ten", "van", "vision", "von",
    "vp", "vux", "who",
}  # fmt: skip
"""Words that people write, spelled like an abbreviation."""


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return default_analyzer()


@pytest.fixture(scope="module")
def own(analyzer) -> Equivalents:
    return equivalents_for(analyzer)


def find(equivalents: Equivalents, analyzer: Analyzer, query: str) -> list[EquivalentMatch]:
    tokens = list(analyzer.tokens(query))
    return equivalents.matches([token.word for token in tokens], [token.text for token in tokens])


def others(
    equivalents: Equivalents, analyzer: Analyzer, query: str, *, near: bool = False
) -> set[str]:
    found = find(equivalents, analyzer, query)
    return {other.text for match in found if match.near is near for other in match.others}


def joined(equivalents: Equivalents, analyzer: Analyzer, one: str, other: str) -> str:
    """Return how two terms are joined: strict, near or not; the same in both directions."""
    ways = [
        {
            "near" if match.near else "strict"
            for match in find(equivalents, analyzer, query)
            for term in match.others
            if spells(analyzer, term, sought)
        }
        for query, sought in ((one, other), (other, one))
    ]
    assert ways[0] == ways[1], f"{one} and {other} are joined differently in each direction"
    return min(ways[0], default="not", key=["strict", "near"].index)


def spells(analyzer: Analyzer, term: EquivalentTerm, text: str) -> bool:
    """Tell whether `text` is a term, its small words aside."""
    if term.as_written:
        return term.text == text
    found = [token.word for token in analyzer.tokens(text)]
    sought = tuple(w.key for w in found if w.key in term.keys or not is_stopword(w.form))
    return sought == term.keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LVU", "lagen med särskilda bestämmelser om vård av unga"),
        ("SKR", "Sveriges Kommuner och Landsting"),
        ("SKR", "SKL"),
        ("IVO", "Inspektionen för vård och omsorg"),
        ("HVB", "hem för vård eller boende"),
        ("BUP", "barn- och ungdomspsykiatrin"),
        ("LSS", "lagen om stöd och service till vissa funktionshindrade"),
        ("AME", "arbetsmarknadsenheten"),
        ("SoL", "socialtjänstlagen"),
        ("KSAU", "kommunstyrelsens arbetsutskott"),
        ("försörjningsstöd", "ekonomiskt bistånd"),
        ("socialbidrag", "försörjningsstöd"),
        ("orosanmälan", "anmälan om oro"),
        ("placerade barn", "barn i dygnsvård"),
        ("familjehem", "fosterhem"),
        ("fam Hbg", "Familjen Helsingborg"),
        ("särskola", "anpassad grundskola"),
        ("§", "paragraf"),
    ],
)
def test_both_directions(own, analyzer, one, other):
    def folded(query: str) -> set[str]:
        return {text.casefold() for text in others(own, analyzer, query)}

    assert other.casefold() in folded(one)
    assert one.casefold() in folded(other)


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("försörjningsstödet", "ekonomiskt bistånd"),
        ("socialnämndens arbetsutskott", "SNAU"),
        ("neuropsykiatriska funktionsnedsättningar", "NPF"),
        ("vräkningar", "avhysning"),
        ("SKL:s", "SKR"),
        ("IVOs", "Inspektionen för vård och omsorg"),
        ("bup", "barn- och ungdomspsykiatrin"),
        ("Bup", "barn- och ungdomspsykiatrin"),
        ("lvu:s", "lagen med särskilda bestämmelser om vård av unga"),
        ("v. ordf.", "vice ordförande"),
        ("LVU-placering", "lagen om vård av unga"),
    ],
)
def test_inflected_and_loosely_written(own, analyzer, typed, other):
    assert other in others(own, analyzer, typed)


def test_a_term_answers_for_every_word_the_analysis_holds_to_be_the_same(own, analyzer):
    for form in ("orosanmälningar", "orosanmälningarna", "orosanmälans"):
        same = analyzer.word(form).key == analyzer.word("orosanmälan").key
        assert ("anmälan om oro" in others(own, analyzer, form)) is same


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("SoL", "socialtjänstlagen"),
        ("SOL", "socialtjänstlagen"),
        ("LOV", "lagen om valfrihetssystem"),
        ("LAS", "lagen om anställningsskydd"),
        ("BO", "Barnombudsmannen"),
        ("SoL:s", "socialtjänstlagen"),
    ],
)
def test_ambiguous_abbreviations_need_their_capitals(own, analyzer, typed, wanted):
    assert wanted in others(own, analyzer, typed)
    assert wanted not in others(own, analyzer, typed.lower())
    assert wanted not in others(own, analyzer, typed.capitalize())


def test_alternatives_say_that_only_their_letters_count(own, analyzer):
    (match,) = find(own, analyzer, "socialtjänstlagen")
    assert [(o.text, o.as_written) for o in match.others] == [("SoL", True)]


def test_a_word_marked_for_its_letters_is_not_found_by_its_stem(own, analyzer):
    assert "fritidshem" in others(own, analyzer, "Fritids")
    assert others(own, analyzer, "fritid") == set()


def test_small_words_may_differ_only_where_the_term_has_some(own, analyzer):
    assert "LVU" in others(own, analyzer, "lagen om vård av de unga")
    assert "LVU" in others(own, analyzer, "lagen om vård unga")
    assert "SÄBO" in others(own, analyzer, "särskilt boende")
    assert "SÄBO" not in others(own, analyzer, "särskilt i boende")


@pytest.mark.parametrize("query", ["hem", "vård", "barn", "rutin", "unga", "kl 9", "och", "", "/"])
def test_loose_words_bring_nothing(own, analyzer, query):
    assert find(own, analyzer, query) == []


def test_matches_say_where_they_stand_longest_first(own, analyzer):
    matches = find(own, analyzer, "rutin vid missbruk och beroende enligt SoL")
    first = matches[0]
    assert (first.start, first.end, first.term.text) == (2, 5, "missbruk och beroende")
    assert first.kind == "äldre term"
    assert first.source
    assert (6, 7, "SoL") in [(m.start, m.end, m.term.text) for m in matches]
    lengths = [m.end - m.start for m in matches]
    assert lengths == sorted(lengths, reverse=True)


def test_others_carry_the_words_to_search_for(own, analyzer):
    (match,) = [match for match in find(own, analyzer, "HVB") if not match.near]
    long = next(o for o in match.others if o.text == "hem för vård eller boende")
    assert long.keys == ("hem", analyzer.word("vård").key, "boende")
    assert long.length == 5
    assert not long.as_written
    assert all(other.keys != match.term.keys for other in match.others)


def test_several_meanings_are_all_given(own, analyzer):
    assert {"barn- och utbildningsnämnden", "barn- och ungdomsnämnden"} <= others(
        own, analyzer, "BUN"
    )


def test_equivalents_of_a_word_for_display(own, analyzer):
    assert own.equivalents_of(analyzer.word("fosterhem")) == ("familjehem",)
    assert own.equivalents_of(analyzer.word("sol"), "SoL") == ("socialtjänstlagen",)
    assert own.equivalents_of(analyzer.word("sol")) == ()
    assert own.equivalents_of(analyzer.word("socialtjänstlagen")) == ("SoL",)


def test_one_analysis_serves_all_threads(own, analyzer):
    assert equivalents_for(analyzer) is own
    queries = ["LVU", "placering av barn", "sol", "ekonomiskt bistånd"] * 50
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda q: others(own, analyzer, q), queries))
    assert answers == [others(own, analyzer, query) for query in queries]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("IVO | Inspektionen", "tre kolumner"),
        ("IVO\tförkortning\tkälla", "minst två termer"),
        ("IVO | \tförkortning\tkälla", "en term är tom"),
        ("IVO | * \tförkortning\tkälla", "en term är tom"),
        ("a b | c d\tsläkting\tkälla", "okänt slag ”släkting”"),
        ("a b | c d\tsynonym\t", "källa saknas"),
        ("vård | om\tsynonym\tkälla", "”om” har inget ord"),
        ("vård | Vård\tsynonym\tkälla", "”Vård” täcks redan av ”vård”"),
        ("vräkning | vräkningar\tsynonym\tkälla", "”vräkningar” täcks redan av ”vräkning”"),
        ("stöd till barn | stöd barn\tsynonym\tkälla", "”stöd barn” täcks redan av"),
        ("vård | lag om vård av unga\tsynonym\tkälla", "”lag om vård av unga” står redan på rad 2"),
        ("LVU | lagen om vård av unga\tnärliggande\tkälla", "är redan liktydig med ”LVU”"),
        ("vård | LVU\tsynonym\tkälla", "”LVU” står redan på rad 2"),
        ("vård | LVU+\tsynonym\tkälla", "”LVU” står redan på rad 2"),
    ],
)
def test_a_fault_names_line_and_what_is_wrong(analyzer, line, fault):
    lines = ["# rubrik", "LVU | lagen om vård av unga\tförkortning\tSFS 1990:52", line]
    with pytest.raises(OperatorError) as raised:
        Equivalents(analyzer, lines)
    assert str(raised.value).startswith("equivalents.tsv, rad 3: ")
    assert fault in str(raised.value)


def test_a_file_of_ones_own(analyzer):
    lines = ["", "# egna ord", "G7 | brukarrådet\tsynonym\tlokalt namn", "x | y\tsynonym\tprov"]
    mine = Equivalents(analyzer, lines)
    assert [group.line for group in mine.groups] == [3, 4]
    assert others(mine, analyzer, "brukarrådet") == {"G7"}
    assert others(mine, analyzer, "LVU") == set()


def test_the_file_is_large_and_every_group_has_its_source(own):
    assert len(own.groups) >= 600
    assert all(group.source for group in own.groups)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("våld i nära relationer", "partnervåld"),
        ("knark", "narkotika"),
        ("människohandel", "trafficking"),
        ("barnmisshandel", "våld mot barn"),
        ("spelberoende", "spelmissbruk"),
        ("hyresskuld", "obetald hyra"),
        ("LARO", "läkemedelsassisterad behandling"),
        ("könsstympning", "omskärelse"),
        ("förebyggande arbete", "preventivt arbete"),
        ("förebyggande", "preventivt"),
        ("elevhälsan", "skolhälsovården"),
        ("alkoholism", "alkoholberoende"),
        ("personalbrist", "brist på personal"),
        ("självmord", "suicid"),
        ("obetalda hyror", "hyresskulder"),
        ("bristen på personal", "personalbristen"),
        ("hemlöshet", "utan bostad"),
    ],
)
def test_terms_of_the_field_that_mean_the_same(own, analyzer, one, other):
    assert joined(own, analyzer, one, other) == "strict"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("missbruk", "beroende"),
        ("placerade", "omhändertagna"),
        ("placerade barn", "omhändertagna barn"),
        ("familjehem", "jourhem"),
        ("samverkan", "samarbete"),
        ("våld i nära relationer", "mäns våld mot kvinnor"),
        ("sekretess", "tystnadsplikt"),
        ("mobbning", "kränkande behandling"),
    ],
)
def test_terms_of_the_field_that_are_only_close(own, analyzer, one, other):
    assert joined(own, analyzer, one, other) == "near"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("skola", "skolning"),
        ("hot", "hotell"),
        ("bostad", "hemlöshet"),
        ("arbete", "arbetslöshet"),
        ("papper", "papperslös"),
        ("skjuta upp", "skottlossning"),
        ("barn", "barnbarn"),
        ("plan", "samordnad individuell plan"),
        ("bidrag", "ekonomiskt bistånd"),
        ("fritid", "fritidshem"),
        ("drog", "narkotika"),
        ("put", "permanent uppehållstillstånd"),
        ("kris", "Kriminellas revansch i samhället"),
        ("sprint", "språkintroduktion"),
        ("mi", "motiverande samtal"),
    ],
)
def test_false_friends_are_not_joined(own, analyzer, one, other):
    assert analyzer.word(one).key != analyzer.word(other).key
    assert joined(own, analyzer, one, other) == "not"


def test_near_terms_bring_what_means_the_same_as_they(analyzer):
    lines = [
        "missbruk | skadligt bruk\täldre term\tprov",
        "beroende | beroendesjukdom\tsynonym\tprov",
        "missbruk | beroende | riskbruk\tnärliggande\tprov",
    ]
    mine = Equivalents(analyzer, lines)
    assert others(mine, analyzer, "skadligt bruk") == {"missbruk"}
    near = others(mine, analyzer, "skadligt bruk", near=True)
    assert near == {"beroende", "beroendesjukdom", "riskbruk"}
    assert others(mine, analyzer, "riskbruk", near=True) == {
        "missbruk",
        "skadligt bruk",
        "beroende",
        "beroendesjukdom",
    }


def test_a_term_of_several_meanings_lends_none_of_them_to_a_near_group(analyzer):
    lines = [
        "ÅP*+ | åtgärdsprogram\tförkortning\tprov",
        "ÅP*+ | återfallsprevention\tförkortning\tprov",
        "ÅP* | planering\tnärliggande\tprov",
    ]
    mine = Equivalents(analyzer, lines)
    assert others(mine, analyzer, "planering", near=True) == {"ÅP"}


def test_a_mark_need_not_be_written_twice(analyzer):
    lines = ["PUT* | permanent tillstånd\tförkortning\tp", "asyl | PUT\tnärliggande\tp"]
    mine = Equivalents(analyzer, lines)
    assert others(mine, analyzer, "PUT", near=True) == {"asyl"}
    assert others(mine, analyzer, "put", near=True) == set()


def test_what_means_the_same_comes_before_what_is_close(own, analyzer):
    order = [match.near for match in find(own, analyzer, "missbruk")]
    assert order == sorted(order)
    assert True in order


def test_one_word_does_not_stand_for_a_term_of_two(analyzer):
    mine = Equivalents(analyzer, ["hemlös | utan bostad\tsynonym\tprov"])
    assert others(mine, analyzer, "bostad") == set()
    assert others(mine, analyzer, "bostad utan") == set()
    assert others(mine, analyzer, "är utan bostad") == {"hemlös"}


def test_abbreviations_that_spell_everyday_words_are_marked(own):
    """What is found in any case must not be a word that people write."""
    unmarked = {t.text.casefold() for g in own.groups for t in g.terms if not t.as_written}
    assert unmarked.isdisjoint(EVERYDAY)


TEXTS = ["orosanmälan", "SKR:s", "vård av unga"]


@pytest.fixture
def analysed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count how often terms are analysed."""
    counts: list[int] = []
    real = equivalent_terms.analyse

    def analyse(analyzer: Analyzer, texts: list[str]) -> dict[str, equivalent_terms.TermWords]:
        counts.append(len(texts))
        return real(analyzer, texts)

    monkeypatch.setattr(equivalent_terms, "analyse", analyse)
    return counts


def test_terms_are_analysed_once(analyzer, analysed, tmp_path):
    first = equivalent_terms.cached(analyzer, TEXTS, tmp_path / "cache")
    again = equivalent_terms.cached(analyzer, TEXTS, tmp_path / "cache")
    assert first == again
    assert [piece.form for piece in again["vård av unga"]] == ["vård", "av", "unga"]
    assert analysed == [3]


def test_other_terms_are_another_cache(analyzer, analysed, tmp_path):
    equivalent_terms.cached(analyzer, TEXTS, tmp_path)
    assert set(equivalent_terms.cached(analyzer, TEXTS[:2], tmp_path)) == set(TEXTS[:2])
    assert analysed == [3, 2]


@pytest.mark.parametrize("harm", [lambda data: b"", lambda data: data[:-9], lambda data: b"?" * 9])
def test_damaged_analyses_are_made_again(analyzer, analysed, tmp_path, harm):
    first = equivalent_terms.cached(analyzer, TEXTS, tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(harm(path.read_bytes()))
    assert equivalent_terms.cached(analyzer, TEXTS, tmp_path) == first
    assert analysed == [3, 3]


def test_without_a_cache_terms_are_still_analysed(analyzer, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    assert set(equivalent_terms.cached(analyzer, TEXTS, blocked / "cache")) == set(TEXTS)
