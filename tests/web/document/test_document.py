from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from kb.build.current_index import CurrentIndex
from kb.build.status import Status
from kb.config import Settings
from kb.model import (
    Change,
    ChangeKind,
    Damage,
    DateFinding,
    Document,
    Minutes,
    Quality,
    RepairedText,
    Span,
)
from kb.web import create_app
from tests import indexes
from tests.indexes import (
    CHIEFS,
    LEADERS,
    NETWORK,
    PARENTS,
    PARENTS_BEFORE,
    SEED_IDS,
    SEEDS,
    seed_documents,
)
from tests.web.access import with_key
from tests.web.source import plain as plain_document


def text_of(page: str) -> str:
    """The words of a page, without tags and with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def plain(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page)


def test_the_title_is_group_and_date(client):
    page = client.get(f"/dokument/{PARENTS}").text
    assert "<h1>Föräldragruppen, 24 oktober 2017</h1>" in page


def test_a_title_that_says_the_same_is_not_repeated(client):
    assert 'class="lead"' not in client.get(f"/dokument/{LEADERS}").text
    assert 'class="lead"' not in client.get(f"/dokument/{CHIEFS}").text
    assert 'class="lead"' in client.get(f"/dokument/{PARENTS}").text


def test_without_a_group_the_title_of_the_minutes_serves(client, source):
    network = indexes.seeds().document(NETWORK)
    source.hold([replace(network, minutes=replace(network.minutes, group=None))])
    page = client.get(f"/dokument/{NETWORK}").text
    assert "<h1>Minnesanteckningar nätverksmöte (teams) 2010-12-04</h1>" in page


def test_a_doubtful_date_shows_its_reasons(client):
    page = text_of(client.get(f"/dokument/{NETWORK}").text)
    assert "lördag 4 december 2010" in page
    assert "Osäkert datum. Troligen fredag 4 december 2020." in page
    assert "Texten nämner covid-19, som inte var känt före 2020." in page


def test_facts_are_listed(client):
    page = text_of(client.get(f"/dokument/{CHIEFS}").text)
    for fact in (
        "fredag 10 januari 2020",
        "kl. 9.00–12.00",
        "Helsingborg, Bredgatan 19",
        "Frånvarande: Båstad ↓ Båstad i texten , Klippan",
        "Cathrine Eriksson ordförande, Höganäs",
        "i originalet: Hikan Strémberg",
    ):
        assert fact in page
    assert page.index("Linda Macke") < page.index("Filippa Kurve")
    assert "Värd: Helsingborg" in text_of(client.get(f"/dokument/{PARENTS}").text)


def test_facts_lead_to_their_own_pages(client):
    page = client.get(f"/dokument/{CHIEFS}").text
    person = re.search(r'href="(/person/linda-macke[^"]*)">Linda Macke<', page)
    assert person
    for address in (person[1], "/kommun/Sval%C3%B6v", "/grupp/Socialchefsn%C3%A4tverket"):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200
    # Absent municipalities and unsure names lead nowhere.
    assert 'href="/kommun/%C3%84ngelholm"' not in page
    assert "Ellen</a>" not in client.get(f"/dokument/{NETWORK}").text


def test_people_of_a_document_lead_to_searches_where_nothing_is_known_yet(client, source):
    source.joined = False
    assert 'href="/sok?person=Linda+Macke"' in client.get(f"/dokument/{CHIEFS}").text


@pytest.mark.parametrize(
    ("doc_id", "anchor", "words"),
    [
        (LEADERS, "beslut-2", "Gruppen beslutar att temat"),
        (LEADERS, "uppskjutet-1", "Denna punkt bordläggs"),
        (PARENTS, "atagande-4", "Anne frågar ordförande"),
        (PARENTS, "mote-2", "21 nov kl 10.30"),
    ],
)
def test_findings_lead_to_their_place_in_the_text(client, doc_id, anchor, words):
    page = client.get(f"/dokument/{doc_id}").text
    assert f'href="#{anchor}"' in page
    after = page[page.index(f'id="{anchor}"') :]
    assert words in plain(after)[:80]


@pytest.mark.parametrize(
    ("doc_id", "fact", "words"),
    [
        (NETWORK, "Datumet", "2010-12-04"),
        (NETWORK, "Höganäs", "Höganäs"),
        (NETWORK, "Anita Bengtsson", "Anita Bengtsson"),
        (CHIEFS, "Håkan Strömberg", "Hikan Strémberg"),
        (CHIEFS, "Klippan", "Klippan"),
    ],
)
def test_a_fact_leads_to_its_characters(seed_index, doc_id, fact, words):
    source = CurrentIndex(Settings(library=SEEDS, index=seed_index))
    client = with_key(create_app(Settings(), source))
    for reading in ("", "?lasning=original"):
        page = client.get(f"/dokument/{doc_id}{reading}").text
        link = re.search(rf'href="#(fakta-[a-z0-9-]+)"[^>]*><[^>]*>↓</span><[^>]*>{fact} i', page)
        assert link, fact
        after = page.partition(f'id="{link[1]}">')[2]
        # A municipality that somebody came from stands in that person's entry.
        shown = plain(after[:500])[:30]
        assert words in shown or (fact in shown and not reading)


def test_nothing_stands_in_the_untouched_text_but_itself(client):
    page = client.get(f"/dokument/{CHIEFS}?lasning=original").text
    raw = page.partition('<div class="raw">')[2].partition("</div>")[0]
    assert html.unescape(plain(raw)) == seed_documents()[4].source.text


@pytest.mark.parametrize("doc_id", SEED_IDS)
@pytest.mark.parametrize("reading", ["", "rattningar", "original"])
def test_every_link_within_the_page_leads_somewhere(client, doc_id, reading):
    page = client.get(f"/dokument/{doc_id}?q=barn&lasning={reading}").text
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    missing = set(re.findall(r'href="#([^"]+)"', page)) - ids
    assert missing == set()


def test_sections_can_be_linked_to(client):
    page = client.get(f"/dokument/{LEADERS}").text
    assert '<h3 id="avsnitt-4">Personlig representant' in page
    assert page.count('href="#avsnitt-4"') == 2


def test_a_heading_inside_a_line_becomes_a_heading_of_its_own(client):
    page = client.get(f"/dokument/{NETWORK}").text
    assert re.search(r'<h4 id="avsnitt-\d">Svalöv<', page)
    assert re.search(r'<p id="s\d+">Utifrån covid19', page)


def test_a_stated_number_is_not_shown_twice(client):
    page = client.get(f"/dokument/{NETWORK}").text
    assert '<span class="number">4</span> Nätverksträffar 2021' in page
    assert "4. Nätverksträffar" not in plain(page)


def test_wrapped_lines_are_joined_and_lists_kept(client):
    leaders = client.get(f"/dokument/{LEADERS}").text
    assert (
        "har påbörjat ett lokalprogram, för att identifiera vilka behov och gemensamma" in leaders
    )
    assert re.search(r"Bo Pettersson, Ria/G7<br>(<span [^>]+></span>)?Ivan Kuzhicov", leaders)
    before = client.get(f"/dokument/{PARENTS_BEFORE}").text
    assert "förvaltningen behöver förbättra sitt arbete gentemot föräldrar" in before
    assert re.search(r'<p id="s\d+">(<span [^>]+>[^<]*</span>\s*)*Tanken är att vi', before)


def test_the_searched_words_are_marked(client):
    page = client.get(f"/dokument/{NETWORK}?q=familjehem&kommun=Bjuv").text
    assert re.search(
        r'<mark id="markering-1"><a [^>]*href="#markering-2">familjehem</a></mark>', page
    )
    assert 'href="/sok?q=familjehem&amp;kommun=Bjuv"' in page
    assert "<mark" not in client.get(f"/dokument/{NETWORK}").text


def test_repairs_can_be_inspected(client):
    page = client.get(f"/dokument/{CHIEFS}").text
    assert "Maskinläst text, kan innehålla fel" in page
    assert 'title="I originalet: Hoganis">Höganäs</span>' in page
    assert 'title="Kan också läsas: Åbinger">Abinger</span>' in page
    words = [
        c for c in indexes.seeds().document(CHIEFS).repaired.changes if c.kind is ChangeKind.WORD
    ]
    repaired = sum(change.original != change.repaired for change in words)
    assert f"{repaired} ord är rättade" in page
    ids = re.findall(r'href="#(rattning-\d+)"', page)
    assert len(ids) == len(words)
    assert all(page.count(f'id="{name}"') == 1 for name in ids)


def test_repairs_can_be_written_out(client):
    page = client.get(f"/dokument/{CHIEFS}?lasning=rattningar").text
    assert '<del class="was">Hoganis</del>' in page


def test_the_untouched_text_is_there_on_demand(client):
    page = client.get(f"/dokument/{CHIEFS}?lasning=original&q=linda").text
    raw = plain(
        page[page.index('<div class="raw">') : page.index("</div>", page.index('class="raw"'))]
    )
    assert "Cathrine Eriksson (ordf.) Hoganis\nDinah Abinger" in raw
    assert "<mark" in page


def test_a_mark_across_a_repair_covers_the_whole_word(client, source, monkeypatch):
    engine = source.engine()
    at = engine.document(CHIEFS).source.text.index("Hoganis")
    marks = [(at, at + 3, "trolig läsning"), (at + 3, at + 7, "samma ord")]
    monkeypatch.setattr(type(engine), "marks", lambda *_: marks)
    page = client.get(f"/dokument/{CHIEFS}?q=x").text
    assert re.search(
        r'class="related" [^>]*title="trolig läsning"><a [^>]*>Höganäs</a></mark>', page
    )
    assert page.count("<mark") == 1


def test_the_group_can_be_followed_back_and_forth(client):
    before, after = (client.get(f"/dokument/{one}").text for one in (PARENTS_BEFORE, PARENTS))
    assert f'rel="next" href="/dokument/{PARENTS}"' in before
    assert f'rel="prev" href="/dokument/{PARENTS_BEFORE}"' in after


def test_an_unknown_document_is_not_found(client):
    for doc_id in ("finns-inte.txt", "../pyproject.toml", "%2e%2e/x", "a" * 3000):
        assert client.get(f"/dokument/{doc_id}").status_code == 404


def test_nothing_in_a_document_is_taken_for_markup(client, source):
    evil = "<script>alert('x')</script> & <img src=x onerror=alert(1)>"
    parents = seed_documents()[0]
    source_text = replace(
        parents.source, path=f"{evil}.txt", text=f"{evil}\nHoganis\n{evil}", notes=(evil,)
    )
    at = source_text.text.index("Hoganis")
    change = Change(Span(at, at + 7), "Hoganis", evil, 0.5)
    repaired = RepairedText(
        source_text,
        source_text.text.replace("Hoganis", evil),
        (change,),
        Quality(0.1, 0.0, Damage.SEVERE),
    )
    minutes = replace(
        parents.minutes,
        title=evil,
        group=evil,
        place=evil,
        sections=(),
        decisions=(),
        actions=(),
        meetings=(),
        participants=(replace(parents.minutes.participants[0], name=evil, stated=evil),),
    )
    document = Document(repaired, minutes)
    source.hold([document])
    source.state = Status((evil,), evil)
    with client.application.test_request_context():
        from kb.web.urls import document_url

        address = document_url(document.id)
    for path in (address, f"{address}?q=alert", f"{address}?lasning=original", "/", "/sok?q=alert",
                 "/sok/person", "/sok/grupp"):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == 200
        assert "<script>" not in answer.text
        assert "<img" not in answer.text
        assert "&lt;script&gt;" in answer.text


def test_a_document_without_facts_or_text_still_shows(client, source):
    parents = seed_documents()[0]
    empty = replace(parents.source, path="tom.txt", text="", pages=())
    minutes = type(parents.minutes)(
        title="", kind="", date=replace(parents.minutes.date, stated=None)
    )
    source.hold([Document(RepairedText(empty, "", (), Quality(0, 0, Damage.NONE)), minutes)])
    answer = client.get("/dokument/tom.txt?q=x")
    assert answer.status_code == 200
    assert "<h1>tom.txt</h1>" in answer.text
    assert "Inget datum anges" in answer.text


def test_a_paragraph_can_be_cited(client):
    page = client.get(f"/dokument/{NETWORK}").text
    found = re.search(r'<p id="(s\d+)">Utifrån covid19', page)
    assert found
    anchor = found[1]
    cited = client.get(f"/dokument/{NETWORK}?q=familjehem&citera={anchor}").text
    said = re.search(r"<textarea[^>]*>(.*?)</textarea>", cited, re.DOTALL)
    assert said
    text = html.unescape(said[1])
    assert text.startswith("”Utifrån covid19")
    assert text.endswith(f" http://localhost/dokument/{NETWORK}#{anchor}")
    assert "2010" in text
    assert "citattext" not in client.get(f"/dokument/{NETWORK}?citera=s99999").text
    text = (SEEDS / NETWORK).read_text("utf-8-sig")
    assert text.replace("\r\n", "\n")[int(anchor[1:]) :].startswith("Utifrån")


def test_related_minutes_say_why(client):
    page = client.get(f"/dokument/{NETWORK}").text
    assert "Liknande anteckningar" in page
    assert "Samma ovanliga ord: ökar, gällande, unga och Pernilla." in page


def test_rows_of_cells_are_a_table(client, source):
    text = "Kallade:\n\n| Namn | Kommun |\n|---|---|\n| <b>Anna</b> | Bjuv |\nSlut."
    minutes = Minutes(title="Tabell", kind="", date=DateFinding(None, 0.0))
    source.hold([plain_document("tabell.md", text, minutes)])
    page = client.get("/dokument/tabell.md").text
    assert re.search(r'<th scope="col">Namn</th>\s*<th scope="col">Kommun</th>', page)
    assert re.search(r"<td>&lt;b&gt;Anna&lt;/b&gt;</td>\s*<td>Bjuv</td>", page)
    assert "---" not in page.partition('id="text"')[2].partition("</article>")[0]
