"""The knowledge pages over the real index of the seeds."""

from __future__ import annotations

import datetime as dt
import html
import re

import icalendar
import pytest

from kb.build.current_index import CurrentIndex
from kb.config import Settings
from kb.knowledge import name_decisions
from kb.knowledge.answers import ComingMeeting, GroupPage, SourceDocument
from kb.library import log
from kb.web import create_app
from kb.web.knowledge.page import timeline
from tests.indexes import SEEDS
from tests.web.access import with_key
from tests.web.forms import csrf_token

ORIGIN = {"Origin": "http://localhost"}


@pytest.fixture(scope="module")
def real(seed_index):
    source = CurrentIndex(Settings(library=SEEDS, index=seed_index))
    return with_key(create_app(Settings(), source))


def words(page: str) -> str:
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())


def item(page: str, *has: str, tag: str = "li") -> str:
    """Return the one item of a list, or row of a table, that has all of some words."""
    items = re.findall(rf"<{tag}\b.*?</{tag}>", page, re.DOTALL)
    (found,) = [own for own in items if all(each in words(f"<main>{own}</main>") for each in has)]
    return found


def test_municipalities_that_were_missed_are_listed_too(real):
    page = real.get("/kommuner").text
    assert words(f"<main>{item(page, 'Klippan', tag='tr')}</main>") == "Klippan 0 1 0"
    assert words(f"<main>{item(page, 'Bjuv', tag='tr')}</main>") == "Bjuv 2 0 1"


def test_a_group_that_others_have_announced(real):
    page = words(real.get("/grupp/Gemensam%20utvecklingsgrupp").text)
    assert "Inga anteckningar från gruppen finns här" in page
    assert "Planering av nästa Gemensamma utvecklingsgrupp (13 februari)" in page
    assert "13 februari" not in words(real.get("/grupp/Gemensam%20ledningsgrupp").text)


def test_a_first_name_leads_to_the_one_who_bears_it_there(real):
    page = real.get("/att-gora").text
    own = item(page, "jobbar vidare med frågan")
    assert re.search(r'href="/person/ia-jonsson[^"]*">Ia</a>', own)
    assert re.search(r'href="/person/allan-hedman[^"]*">Allan</a>', own)


def test_a_municipality(real):
    page = real.get("/kommun/H%C3%B6gan%C3%A4s").text
    said = words(page)
    assert "Stort behov av familjehem- fler konsulentstödda familjehem anlitas." in said
    assert "2010-12-04 (osäkert, kanske 2020-12-04)" in said
    assert "Cathrine Eriksson" in said
    for meeting in ("nätverksmöte (teams) 2010-12-04", "Socialchefsnätverket 2020-01-10"):
        assert "Deltog" in item(page, meeting, tag="tr")
    assert 'href="/kommuner" aria-current="true"' in page


def test_every_statement_leads_to_the_words_it_stands_on(real):
    page = real.get("/kommun/H%C3%B6gan%C3%A4s").text
    link = re.search(r'<a class="words" href="([^"]*)">([^<]*familjehem[^<]*)</a>', page)
    assert link
    target = real.get(html.unescape(link[1]).partition("#")[0]).text
    place = re.search(r'id="stallet"(.*?)</p>', target, re.DOTALL)
    assert place
    assert "familjehem" in place[1]


def test_who_is_never_named_has_no_page(real):
    for path in ("/kommun/Kiruna", "/grupp/Ingen", "/person/ingen", "/motesunderlag?grupp=Ingen"):
        answer = real.get(path)
        assert answer.status_code == 404
        assert "finns inte" in answer.text


def test_the_overview_leads_to_sentences(real):
    page = real.get("/lagesbild?amne=v%C3%A5ld&amne=familjehem").text
    row = item(page, "Höganäs", tag="tr")
    assert "Våldsproblematik, placeringar ökar." in row
    assert "konsulentstödda familjehem" in row
    assert row.count("2020") >= 2
    rows = re.findall(r'<th scope="row"><a href="/kommun/[^"]*">([^<]*)</a>', page)
    assert rows == [
        "Bjuv", "Båstad", "Helsingborg", "Höganäs", "Klippan", "Landskrona", "Perstorp",
        "Svalöv", "Åstorp", "Ängelholm", "Örkelljunga",
    ]  # fmt: skip


def test_another_topic_is_a_click_away(real):
    page = real.get("/lagesbild?amne=barn").text
    link = re.search(r'href="(/lagesbild\?[^"]*amne=v%C3%A5ld[^"]*)"', page)
    assert link
    shown = real.get(html.unescape(link[1])).text
    assert '<th scope="col">barn</th><th scope="col">våld</th>' in shown


def test_a_topic_of_many_words_and_of_none(real):
    assert "samma utveckling" not in real.get("/lagesbild?amne=ingenting+alls").text
    assert real.get("/lagesbild?amne=%25&amne=_&amne=%ff&amne=" + "x" * 500).status_code == 200
    assert "Höganäs" in real.get("/lagesbild?amne=").text


def test_a_group(real):
    page = real.get("/grupp/F%C3%B6r%C3%A4ldragruppen").text
    said = words(page)
    assert said.index("2017-05-09") < said.index("2017-10-24")
    between = said[said.index("2017-05-09") : said.index("2017-10-24")]
    assert "2017-05-23 Utlyst, men anteckningar saknas här" in between
    for day in ("tisdag 7 november 2017 kl. 10.30", "tisdag 21 november 2017 kl. 10.30"):
        assert "Anteckningar saknas här." in said[said.index(day) :][:400]
    assert "Carina Föräldragruppen 2 möten, 2017" in said
    assert "/motesunderlag?grupp=F%C3%B6r%C3%A4ldragruppen" in page


def test_one_person_across_damage(real):
    page = real.get("/personer").text
    (key,) = re.findall(r'href="/person/([^"]*)">Mikael Lindberg<', page)
    own = real.get(f"/person/{key}").text
    said = words(own)
    assert "Mikael Lindberg-Svalöv" in item(own, "2010-12-04", tag="tr")
    assert "Mikael Lindberg Sval6v" in item(own, "Närvarande", "Socialchefsnätverket", tag="tr")
    assert "Svalöv 2 möten, 2020-01-10 – 2020-12-04" in said


def test_coverage_tells_what_is_missing(real):
    page = real.get("/tackning").text
    said = words(page)
    for day, sentence in (
        ("13 februari 2017", "Planering av nästa Gemensamma utvecklingsgrupp (13 februari)"),
        ("23 maj 2017", "Tanken är att vi vid nästa mötestillfälle den 23 maj planerar"),
        ("7 november 2017", "Vi ses igen den 7 nov kl 10.30"),
        ("21 november 2017", "Vårt nästa ”ordinarie” möte är 21 nov kl 10.30."),
        ("7 februari 2020", "Till nästa träff den 7/2"),
        ("26 februari 2021", "26 februari i Helsingborg"),
        ("7 maj 2021", "7 maj i Svalöv"),
        ("24 september 2021", "24 september i Båstad"),
        ("26 november 2021", "26 november i Bjuv"),
    ):
        assert sentence in said[said.index(day) :][:500]
    assert "Ivan Kuzhicov" in item(page, "Gemensam ledningsgrupp", tag="tr")
    assert "Klippan" in item(page, "Socialchefsnätverket", tag="tr")


def test_undertakings(real):
    page = real.get("/att-gora").text
    own = words(f"<main>{item(page, 'Anette Edvardsson', 'formulerar ett förslag')}</main>")
    assert "Senast 31 januari 2021" in own
    assert "Inget senare möte nämner det" in own


@pytest.mark.parametrize(
    ("asked", "shown", "hidden"),
    [
        ("kommun=Landskrona", "förbereda temaområdet", "Anette Edvardsson"),
        ("grupp=F%C3%B6r%C3%A4ldragruppen", "ber Marie maila", "Anette Edvardsson"),
        ("person=anette-edvardsson-helsingborg", "Anette Edvardsson", "ber Marie maila"),
        ("fran=2020-01-01", "Anette Edvardsson", "ber Marie maila"),
        ("till=2019-12-31", "ber Marie maila", "Anette Edvardsson"),
        ("visa=oppna&fran=nonsens&sida=nonsens", "Anette Edvardsson", "Inget i anteckningarna"),
    ],
)
def test_undertakings_are_filtered(real, asked: str, shown: str, hidden: str):
    said = words(real.get(f"/att-gora?{asked}").text)
    items = said[said.index("Filtrera") :]
    assert shown in items
    assert hidden not in items


def test_what_does_not_fit_is_said(real):
    assert "Inget i anteckningarna passar." in real.get("/att-gora?visa=avslutade").text
    assert "Inget i anteckningarna passar." in real.get("/beslut?grupp=Ingen").text
    assert "Inget i anteckningarna passar." in real.get("/beslut?sida=99").text


def test_decisions_and_what_was_put_off(real):
    assert "temat för nästa utvecklingsgrupp blir CurioCity" in words(real.get("/beslut").text)
    page = real.get("/uppskjutet").text
    assert "Har inte kommit tillbaka" in item(page, "Denna punkt bordläggs")


def test_a_meeting_pack(real):
    page = real.get("/motesunderlag?grupp=N%C3%A4tverksm%C3%B6te").text
    said = words(page)
    assert "formulerar ett förslag" in said
    assert said.index("Vad kommunerna sa senast") < said.index("Högt tryck på försörjningsstöd")
    text = real.get("/motesunderlag.md?grupp=N%C3%A4tverksm%C3%B6te")
    assert text.mimetype == "text/markdown"
    assert text.text.startswith("# Mötesunderlag: Nätverksmöte\n")
    assert "- **Bjuv** ([" in text.text
    assert "](http://localhost/dokument/" in text.text


def test_coming_meetings_as_a_calendar(real):
    answer = real.get("/kommande.ics?grupp=F%C3%B6r%C3%A4ldragruppen")
    assert answer.mimetype == "text/calendar"
    events = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    starts = [event.decoded("dtstart") for event in events]
    assert [str(start)[:16] for start in starts] == [
        "2017-05-23", "2017-11-07 10:30", "2017-11-21 10:30",
    ]  # fmt: skip
    assert len({event["uid"] for event in events}) == 3
    assert "Vi ses igen den 7 nov" in events[1]["description"]
    every = icalendar.Calendar.from_ical(real.get("/kommande.ics").data).walk("VEVENT")
    assert len(every) == 9
    assert "Båstad" in {str(event.get("location", "")) for event in every}


def test_the_next_meeting_has_its_pack_in_the_calendar(real, monkeypatch):
    class Day(dt.date):
        @classmethod
        def today(cls):
            return cls(2017, 10, 25)

    monkeypatch.setattr("kb.web.knowledge.routes.dt.date", Day)
    events = icalendar.Calendar.from_ical(
        real.get("/kommande.ics?grupp=F%C3%B6r%C3%A4ldragruppen").data
    ).walk("VEVENT")
    packed = ["Öppna åtaganden" in event["description"] for event in events]
    assert packed == [False, True, False]
    page = words(real.get("/kommande").text)
    assert "tisdag 7 november 2017 kl. 10.30" in page
    assert "23 maj 2017" not in page
    assert "Nästa möte tisdag 7 november 2017" in words(
        real.get("/motesunderlag?grupp=F%C3%B6r%C3%A4ldragruppen").text
    )


def meeting(day: str) -> SourceDocument:
    return SourceDocument(
        path=day,
        title=day,
        group="Gruppen",
        date=dt.date.fromisoformat(day),
        proposed=None,
        doubtful=False,
    )


def test_a_long_time_without_meetings_is_seen():
    days = ("2020-01-10", "2020-02-10", "2020-03-10", "2020-11-10", "2020-12-10")
    announced = ComingMeeting(
        group="Gruppen", date=dt.date(2020, 4, 10), time=None, place=None, quotes=(), held=()
    )
    group = GroupPage("Gruppen", tuple(map(meeting, days)), (), (announced,), ())
    steps = timeline(group, dt.date(2021, 1, 1))
    assert [own.gap for own in steps] == [0, 0, 0, 7, 0, 0]
    assert [own.missing for own in steps].index(announced) == 3
    # What is still to come is not missing.
    assert len(timeline(group, dt.date(2020, 4, 1))) == len(days)


# What editors decide about names


@pytest.fixture
def editable(at_once: CurrentIndex):
    """Pages over an index that is built at once, and its library."""
    return with_key(create_app(Settings(), at_once)), at_once.library.folder


def decide(client, verdict: str, **changed: str):
    page = client.get("/personer").text
    form = re.search(r'name="ena" value="([^"]*)">\s*<input[^>]*name="andra" value="([^"]*)"', page)
    assert form
    data = {
        "csrf_token": csrf_token(client, "/personer"),
        "ena": html.unescape(form[1]),
        "andra": html.unescape(form[2]),
        "beslut": verdict,
        **changed,
    }
    return client.post("/personer/beslut", data=data, headers=ORIGIN, follow_redirects=True)


def test_bosse_is_suggested_as_bo_and_joined_by_an_editor(editable):
    client, library = editable
    page = client.get("/personer").text
    suggested = page[page.index("Kanske samma person") : page.index('id="alla"')]
    assert "Bosse" in suggested
    assert "Bo Pettersson" in suggested
    answer = decide(client, "samma")
    assert answer.status_code == 200
    assert "är samma person." in words(answer.text)
    (pair,) = name_decisions.load(library).same
    assert {name.split(" (")[0] for name in pair} == {"Bosse", "Bo Pettersson"}
    (key,) = re.findall(r'href="/person/([^"]*)">Bo Pettersson<', client.get("/personer").text)
    written = words(client.get(f"/person/{key}").text)
    assert "Bosse" in written[written.index("Så är namnet skrivet") :]
    assert list(log.events(library))[-1].act is log.Act.DECIDE
    undone = words(decide(client, "angra").text)
    assert "är inte längre avgjort" in undone
    assert name_decisions.load(library).same == ()


def test_two_names_are_kept_apart(editable):
    client, library = editable
    page = words(decide(client, "olika").text)
    assert "är olika personer." in page
    assert name_decisions.load(library).same == ()
    assert "Smeknamn" not in page


@pytest.mark.parametrize(
    "changed", [{"beslut": "kanske"}, {"ena": ""}, {"ena": "A (B)", "andra": "A (B)"}]
)
def test_nonsense_is_not_decided(editable, changed: dict[str, str]):
    client, library = editable
    assert decide(client, "samma", **changed).status_code == 400
    assert name_decisions.load(library).same == ()


def test_readers_decide_nothing(editable):
    library = editable[1]
    client = editable[0].application.test_client()
    page = client.get("/personer").text
    assert "Redaktörer kan avgöra" in page
    assert "Samma person</button>" not in page
    assert client.post("/personer/beslut", headers=ORIGIN).status_code == 403
    assert name_decisions.load(library).same == ()


def test_before_there_is_an_index(client, source):
    source.lose_index()
    for path in ("/kommuner", "/kommande", "/api/v1/people"):
        assert client.get(path).status_code == 503
