"""Sections, municipalities, meetings to come, decisions and undertakings."""

import datetime as dt
import random

import pytest

from kb.model import Part
from kb.parse import parse, to_json
from tests.parse.conftest import unrepaired

HEAD = "Anteckningar från arbetsgruppens möte den 4 december 2020\n\nNärvarande: Anna, Bo Ek\n\n"


def read(text):
    return parse(unrepaired(HEAD + text))


def headings(text):
    return [(section.number, section.heading, section.level) for section in read(text).sections]


LONG = "Vi talade länge om detta och kom fram till att det behöver tas på allvar av alla berörda."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"Lokaler \n{LONG}\n\nStöd till föräldrar\n{LONG}\n",
            [(None, "Lokaler", 1), (None, "Stöd till föräldrar", 1)],
        ),
        (
            f"\uf02d Osloresan  \n{LONG}\n \n\n\uf02d Möten framöver \n{LONG}\n",
            [(None, "Osloresan", 1), (None, "Möten framöver", 1)],
        ),
        (
            f"## Inköp\n\n{LONG}\n\n### Kaffe\n\n{LONG}\n\n## Övrigt\n\n{LONG}\n",
            [(None, "Inköp", 1), (None, "Kaffe", 2), (None, "Övrigt", 1)],
        ),
        (
            f"Ekonomi\n=======\n\n{LONG}\n\nKaffe\n-----\n\n{LONG}\n",
            [(None, "Ekonomi", 1), (None, "Kaffe", 2)],
        ),
        (
            f"**Ekonomi**\n\n{LONG}\n\n**Resor**\n\n{LONG}\n",
            [(None, "Ekonomi", 1), (None, "Resor", 1)],
        ),
        (
            f"1 § Val\n{LONG}\n\n2 § Ekonomi\n{LONG}\n",
            [("§ 1", "Val", 1), ("§ 2", "Ekonomi", 1)],
        ),
        (
            f"§ 12 Budget\n\n{LONG}\n\n§ 13 Ärendenummer SLK-2026-17\nAnmälan av jäv\n\n{LONG}\n",
            [("§ 12", "Budget", 1), ("§ 13", "Anmälan av jäv", 1)],
        ),
        (
            f"1. Ekonomi: kassören redovisar läget.\n\n{LONG}\n\n2. Hur går det?\n\n{LONG}\n",
            [("1", "Ekonomi", 1), ("2", "Hur går det?", 1)],
        ),
    ],
)
def test_headings(text, expected):
    assert headings(text) == expected


def test_list_numbered_from_one_is_not_taken_for_headings():
    text = f"Att göra\n{LONG}\n1. Ring Anna.\n2. Boka lokal.\n3. Köp kaffe.\n\nResor\n{LONG}\n"
    assert [heading for _, heading, _ in headings(text)] == ["Att göra", "Resor"]


def test_sections_reach_from_heading_to_heading():
    text = f"Lokaler \n{LONG}\n\nResor\n{LONG}\n\n/Anna\n"
    minutes = read(text)
    whole = HEAD + text
    first, second = minutes.sections
    assert whole[first.span.start :].startswith("Lokaler")
    assert first.span.end == second.span.start == whole.index("Resor")
    assert whole[: second.span.end].endswith("berörda.")


def test_round_is_divided_by_municipality():
    text = (
        f"1. Inledning\n{LONG}\n\n2. Laget runt:\n\nHöganäs- hög belastning. {LONG}\n\n"
        f"Bjuv: lugnt. {LONG}\n\nÖstra Göinge – som förut. {LONG}\n\n3. Avslut\n{LONG}\n"
    )
    assert [(s.level, s.municipality) for s in read(text).sections] == [
        (1, None),
        (1, None),
        (2, "Höganäs"),
        (2, "Bjuv"),
        (2, "Östra Göinge"),
        (1, None),
    ]


def parts(text):
    return {each.name: each.part for each in read(text).municipalities}


def test_mentioned_in_passing():
    text = "Förutom Malmö har Nacka hört av sig. De vill följa med till Oslo."
    assert parts(text) == {"Malmö": Part.MENTIONED, "Nacka": Part.MENTIONED}


def test_own_web_address_tells_the_host():
    assert parts("Se https://oppnasoc.helsingborg.se/utveckling/ och fråga Malmö.") == {
        "Helsingborg": Part.HOST,
        "Malmö": Part.MENTIONED,
    }


def test_only_municipality_is_host_but_less_surely():
    (found,) = read("Socialförvaltningens arbete är det första i Helsingborg.").municipalities
    assert found.part is Part.HOST
    assert found.confidence < 0.8


@pytest.mark.parametrize(
    "text",
    [
        "Vara med på mötet är viktigt.",
        "Klippan är hal.",
        "Vi hörde Anders Lund och Nora.",
        "De åkte till Köpenhamn.",
    ],
)
def test_words_and_names_that_only_look_like_municipalities(text):
    assert parts(text) == {}


def test_ambiguous_names_count_with_evidence():
    found = parts("Klippans kommun, Marie Klippan och någon från Lund och från Vara kom.")
    assert set(found) == {"Klippan", "Lund", "Vara"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi ses igen den 7 jan kl 10.30 då vi fortsätter.", ("2021-01-07", "10:30", None)),
        ("Vårt nästa ”ordinarie” möte är 21 jan kl 10.30.", ("2021-01-21", "10:30", None)),
        ("vid nästa mötestillfälle den 23 maj planerar vi", ("2021-05-23", None, None)),
        ("Till ndsta traff den 7/2 kommer Anna.", ("2021-02-07", None, None)),
        (
            "Planering av nästa Gemensamma utvecklingsgrupp (13 februari)",
            ("2021-02-13", None, None),
        ),
        ("Nästa möte: 5 mars kl. 9 i Bjuv", ("2021-03-05", "09:00", "Bjuv")),
    ],
)
def test_coming_meeting(text, expected):
    (found,) = to_json(read(text))["meetings"]
    assert (found["date"], found["time"], found["place"]) == expected


def test_listed_meetings_share_year_and_time():
    text = (
        "Nätverksträffar 2021: deltagarna enas om följande datum:\n\n26 februari i Helsingborg\n\n"
        "7 maj i Svalöv\n\nTiden är 12.30-15.00 inkl. lunch.\n"
    )
    assert [(m.date, m.time, m.place) for m in read(text).meetings] == [
        (dt.date(2021, 2, 26), dt.time(12, 30), "Helsingborg"),
        (dt.date(2021, 5, 7), dt.time(12, 30), "Svalöv"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Vi är välkomna till Oslo tisdag 28 nov och vi behöver planera.",
        "18 oktober hade avdelningen en dag tillsammans.",
        "”Save the date” - 4 september. Då ska vi ha en heldags ”Familjedag”.",
        "Staden arrangerar en stor konferens 2-3 juni.",
    ],
)
def test_other_dates_are_no_meetings_of_the_group(text):
    assert read(text).meetings == ()


@pytest.mark.parametrize(
    "text",
    [
        "Gruppen enas om att Cia frågar ordförande.",
        "Vi enas också om att bjuda in David.",
        "Vi är överens om att det är vår grupp som gäller.",
        "Gruppen beslutar att temat blir CurioCity.",
        "Vi bildar en arbetsgrupp.",
        "Dagordningen godkändes.",
        "Styrelsen utser Bo Ek till kassör.",
        "Efter viss diskussion beslutade mötet att sänka avgiften.",
        "Anna Ek föreslogs och valdes.",
        "Bo Ek väljs till justerare.",
        "Till justerare utses Bo Ek.",
        "Mötet beviljade styrelsen ansvarsfrihet.",
        "Mötet fann sig vara stadgeenligt utlyst.",
        "Anna föreslår Bo Ek, mötet väljer honom.",
        "Rapporten läggs till handlingarna.",
    ],
)
def test_decision(text):
    (found,) = read(text).decisions
    assert found.text == text


@pytest.mark.parametrize(
    "text",
    [
        "Kommunstyrelsen beslutade den 21 oktober 2024 att ge förvaltningen i uppdrag.",
        "Hur beslutar vi om detta?",
        "Förslag till beslut: Nämnden beslutar att godkänna budgeten.",
        "Det är oklart hur Anna beslutar.",
        "Under förra mötet beslutade vi att köpa in stolar.",
        "Nämnden utsåg ombud den 30 januari 2024, § 7.",
        "Det som saknas är att vi beslutar om en färg.",
        "Avtalet ska skrivas för att sedan beslutas om på nästa möte.",
        "Inget konkret bestämdes.",
        "Anna yrkar att nämnden beslutar att bygga.",
        "Förslag till beslut i nämnden\nNämnden antar planen.",
        "Yrkanden\nNämnden godkänner rapporten.",
    ],
)
def test_no_decision(text):
    assert read(text).decisions == ()


def decided(text):
    return [each.text for each in read(text).decisions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Beslut\nRapporten godkänns. Planen antas.\n\nBeslutsunderlag\nRapport 2020\n",
            ["Rapporten godkänns.", "Planen antas."],
        ),
        (
            "Beslut\n\nEnligt nämndens förslag:\n1. Taxan höjs.\n2. Kontoret får i uppdrag att\n"
            "följa upp den. Det görs i maj.\n\nHandlingar\n2020 nr 5.\n",
            ["Taxan höjs.", "Kontoret får i uppdrag att följa upp den. Det görs i maj."],
        ),
        (
            "Beslut\nNämnden beslutar\natt godkänna rapporten, samt\natt anta planen.\n",
            ["att godkänna rapporten, samt", "att anta planen."],
        ),
        (
            "Styrelsen beslutar att:\n- köpa kaffe\n- sälja soffan\n\nSedan åt vi.\n",
            ["köpa kaffe", "sälja soffan"],
        ),
        ("Beslut: Vi köper en ny soffa.\n\nDen gamla är sliten.\n", ["Vi köper en ny soffa."]),
        (
            "Beslut\nStyrelsen tillstyrker förslaget och föreslår att fullmäktige beslutar:\n"
            "1. Taxan höjs.\n2. Planen antas.\n",
            ["Styrelsen tillstyrker förslaget och föreslår att fullmäktige beslutar:"],
        ),
        ("Beslut\nUtskottets förslag till beslut:\nPlanen antas.\n", []),
        (
            "Beslut\nKontoret ges i uppdrag att utreda:\n• lokaler\n• taxor\n",
            ["Kontoret ges i uppdrag att utreda: • lokaler • taxor"],
        ),
        (
            "Bakgrund\nFullmäktige beslutade att utreda frågan.\n\nBeslut\nPlanen antas.\n",
            ["Planen antas."],
        ),
    ],
)
def test_what_stands_under_beslut(text, expected):
    assert decided(text) == expected


@pytest.mark.parametrize(
    ("text", "who", "what"),
    [
        ("Anna ber Marie maila och kolla.", ["Anna"], "ber Marie maila och kolla"),
        ("Cia kan inte, Anna och Bo återkommer i frågan.", ["Anna", "Bo"], "återkommer i frågan"),
        ("Det mailas till Anna som skickar ut det.", ["Anna"], "skickar ut det"),
        (
            "Inför mötet kommer Anna och Bo Ek forbereda temat.",
            ["Anna", "Bo Ek"],
            "forbereda temat",
        ),
        ("Därefter sammanställer Anna allt.", ["Anna"], "sammanställer allt"),
        ("Anna ska boka lokal.", ["Anna"], "boka lokal"),
        ("Bo Ek tar på sig att köpa lampor.", ["Bo Ek"], "tar på sig att köpa lampor"),
        ("Erik Berg ska försöka hitta den.", ["Erik Berg"], "hitta den"),
        ("Alla bör kolla på avtalet.", ["Alla"], "kolla på avtalet"),
        (
            "Styrelsen får i uppdrag att utreda frågan.",
            ["Styrelsen"],
            "får i uppdrag att utreda frågan",
        ),
        (
            "Ärendet återremitteras, där kontoret ska återkomma med underlag.",
            ["kontoret"],
            "återkomma med underlag",
        ),
        (
            "Mötet ålägger den nya styrelsen att utreda avgiften.",
            ["den nya styrelsen"],
            "ålägger den nya styrelsen att utreda avgiften",
        ),
        ("- Anna: maila skolan om lokal", ["Anna"], "maila skolan om lokal"),
        ("- Affischer innan kvällen @Anna", ["Anna"], "Affischer innan kvällen"),
        ("Boka lokal. Ansvarig: Bo Ek", ["Bo Ek"], None),
    ],
)
def test_action(text, who, what):
    (found,) = read(text).actions
    assert list(found.who) == who
    assert what in (None, found.what)


def test_somebody_listed_undertakes_by_a_nickname():
    text = 'Närvarande: Anna "Isbit" Berg, Bo Ek\n\n## Lokal\n\nIsbit bokar lokalen.\n'
    (found,) = parse(unrepaired(text)).actions
    assert (list(found.who), found.what) == (["Isbit"], "bokar lokalen")


@pytest.mark.parametrize(
    "text",
    [
        "Anna informerar om kampanjen.",
        "Anna har genomfört utbildningen.",
        "Gruppen skickar en hälsning.",
        "Frågar Anna om det?",
        "Hon ansvarar för ekonomin.",
        "Anna ska vara med.",
        "Vi talade om hur föreningen ska gå vidare.",
        "Förslag till beslut\nAnna ska boka lokal.",
        "Anna och Bo Ek ska teckna firman.",
    ],
)
def test_no_action(text):
    assert read(text).actions == ()


def test_list_of_what_to_do():
    text = (
        "## Att göra till nästa möte\n\n- Ring skolan (Anna)\n- Boka lokal - Bo Ek\n"
        "- Köp kaffe\n\n## Övrigt\n\n- Kaffe är gott\n"
    )
    assert [(list(each.who), each.what) for each in read(text).actions] == [
        (["Anna"], "Ring skolan (Anna)"),
        (["Bo Ek"], "Boka lokal - Bo Ek"),
        ([], "Köp kaffe"),
    ]


def test_proposal_that_is_adopted_right_below():
    text = "## Förslag\n\n- Anna ska boka lokal.\n\n## Beslut\n\n- Attsatsen bifalles.\n"
    assert [each.what for each in read(text).actions] == ["boka lokal"]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Anna skickar listan senast 15 januari.", dt.date(2021, 1, 15)),
        ("Anna formulerar ett förslag i januari.", dt.date(2021, 1, 31)),
        ("Nästa möte är 5 mars. Till nästa möte sammanställer Anna allt.", dt.date(2021, 3, 5)),
        ("Anna formulerar ett förslag. Anna säger att det kommer i maj.", dt.date(2021, 5, 31)),
        ("Anna skickar listan.", None),
    ],
)
def test_due(text, due):
    (found,) = read(text).actions
    assert found.due == due


def test_postponed():
    text = "Denna punkt bordläggs tills nästa möte. Frågan tas upp vid nästa möte. Vi vet mer då."
    assert [each.text for each in read(text).postponed] == [
        "Denna punkt bordläggs tills nästa möte.",
        "Frågan tas upp vid nästa möte.",
    ]


def test_references():
    text = (
        "Se bildspel. Se bifogad presentation. Läs https://example.org/a. Se bilaga 2. "
        "Föregående protokoll lades till handlingarna. Dnr KS 2020/123. Enligt beslut "
        "2019-05-02 § 45 gäller taxan."
    )
    assert [each.text for each in read(text).references] == [
        "bildspel",
        "bifogad presentation",
        "https://example.org/a",
        "bilaga 2",
        "Föregående protokoll",
        "KS 2020/123",
        "2019-05-02 § 45",
    ]


@pytest.mark.parametrize("seed", range(30))
def test_any_text_is_read_without_error(seed):
    chance = random.Random(seed)
    pieces = [
        *("Närvarande:", "Datum:", "§ 1", "1.", "##", "\n", "\n\n", "  ", "\t", "\f", "Anna", ","),
        *("och", "2020-02-30", "31/2", "kl", "99.99", "nästa möte", "den", "7", "nov", "(", ")"),
        *("Bjuv-", "/Anne", "Vid pennan", "-", "–", "beslutar", "\uf02d", "e", "ö", "£6r", "<!--"),
        *("-->", "http://", "\x00", "😀", "İ", "ß", "​", ":", ".", "?", "i", "Lund", "s"),
    ]
    text = "".join(chance.choice(pieces) + chance.choice(["", " "]) for _ in range(400))
    to_json(parse(unrepaired(text)))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\f", ".", "§", "#", "/", "a", "Närvarande:"])
def test_next_to_nothing_is_read_without_error(text):
    minutes = parse(unrepaired(text))
    assert minutes.title
    assert minutes.date.stated is None


WHAT = ("vatten", "avlopp", "bergvärme")


def test_what_stands_on_every_page_is_left_out():
    page = "Miljönämnden\nProtokoll nr 7\n\n§ {0}\nÄrende om {3}\n\n{1}\nMer följer.\n{2} (3)\n\f"
    text = "".join(page.format(n, LONG, n, what) for n, what in enumerate(WHAT, 1))
    minutes = read(text)
    assert [(s.number, s.heading) for s in minutes.sections] == [
        (f"§ {n}", f"Ärende om {what}") for n, what in enumerate(WHAT, 1)
    ]


def test_what_several_points_hold_is_no_page_head():
    text = "".join(f"## Punkt {n}\n\n{LONG}\n\n### Bakgrund\n\n{LONG}\n\f" for n in range(1, 5))
    assert [h for _, h, _ in headings(text)].count("Bakgrund") == 4


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Fråga: Vem bokar lokalen?", "Vem bokar lokalen?"),
        ("Bo Ek undrar om det finns pengar kvar.", "Bo Ek undrar om det finns pengar kvar."),
        ("Frågan om kaffe väcktes av Anna.", "Frågan om kaffe väcktes av Anna."),
        ("Hur når vi föräldrarna?", "Hur når vi föräldrarna?"),
    ],
)
def test_question(text, asked):
    (found,) = read(text).questions
    assert found.text == asked


@pytest.mark.parametrize(
    "text",
    [
        "Vi talade om frågor som är viktiga.",
        f"## Hur går det nu?\n\n{LONG}\n\n## Resor\n\n{LONG}\n",
        "Propositionsordning\nOrdföranden frågar om ärendet ska avgöras idag.",
    ],
)
def test_no_question(text):
    assert read(text).questions == ()


def test_facts_know_their_section():
    text = (
        f"## Ekonomi\n\n{LONG}\n\n### Budget\n\nVi beslutar att godkänna budgeten.\n\n"
        "## Resor\n\nAnna bokar buss. Se bilaga 2. Hur många åker med? Punkten bordläggs.\n"
    )
    minutes = read(text)
    assert [minutes.sections[each.section].heading for each in minutes.decisions] == ["Budget"]
    for facts in (minutes.actions, minutes.references, minutes.questions, minutes.postponed):
        assert [minutes.sections[each.section].heading for each in facts] == ["Resor"]


def test_fact_outside_all_sections():
    (found,) = read("Vi beslutar att köpa kaffe.").decisions
    assert found.section is None
