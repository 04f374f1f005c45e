"""Terms that mean the same are found in both directions, whatever their endings."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from kb.errors import OperatorError
from kb.swedish.analysis import Analyzer, default_analyzer
from kb.swedish.equivalents import EquivalentMatch, Equivalents, equivalents_for


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return default_analyzer()


@pytest.fixture(scope="module")
def own(analyzer) -> Equivalents:
    return equivalents_for(analyzer)


def find(equivalents: Equivalents, analyzer: Analyzer, query: str) -> list[EquivalentMatch]:
    tokens = list(analyzer.tokens(query))
    return equivalents.matches([token.word for token in tokens], [token.text for token in tokens])


def others(equivalents: Equivalents, analyzer: Analyzer, query: str) -> set[str]:
    return {o.text for match in find(equivalents, analyzer, query) for o in match.others}


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
    (match,) = find(own, analyzer, "HVB")
    long = next(o for o in match.others if o.text == "hem för vård eller boende")
    assert [word.form for word in long.words] == ["hem", "vård", "boende"]
    assert long.length == 5
    assert not long.as_written
    assert all(other.words != match.term.words for other in match.others)


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
        ("vård | Vård\tsynonym\tkälla", "”Vård” står redan på rad 3"),
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
    assert len(own.groups) >= 150
    assert all(group.source for group in own.groups)


def test_no_term_stands_in_two_groups_unless_meant(own):
    lines: dict[str, set[int]] = {}
    for group in own.groups:
        for term in group.terms:
            same = term.rstrip("*+")
            lines.setdefault(same if "*" in term else same.casefold(), set()).add(group.line)
    twice = {term for term, where in lines.items() if len(where) > 1}
    marked = {t.rstrip("*+") for g in own.groups for t in g.terms if "+" in t}
    assert {term.casefold() for term in twice} == {term.casefold() for term in marked}


def test_short_terms_that_spell_everyday_words_are_marked(own):
    """Abbreviations of at most three letters that are also words must be marked with *."""
    everyday = {"las", "lov", "sol", "bo", "do", "jo", "art", "lob", "mas", "ten", "van", "kl"}
    unmarked = {t for g in own.groups for t in g.terms if "*" not in t}
    assert not everyday & {term.rstrip("+").casefold() for term in unmarked}
