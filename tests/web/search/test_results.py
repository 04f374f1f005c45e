from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from kb.search.budget import FIRST_CLAUSES, MAX_CLAUSES
from kb.search.facets import GROUP
from kb.search.query import Query
from tests.web.source import crowd


@pytest.fixture
def crowded(client, source):
    source.opened = lambda: crowd(1234)
    return client


def links(page: str) -> list[str]:
    return [href.replace("&amp;", "&") for href in re.findall(r'href="(/sok\?[^"#]*)', page)]


def queries(page: str) -> list[Query]:
    return [Query.from_params(parse_qsl(urlsplit(link).query)) for link in links(page)]


def heading(page: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert found
    return re.sub(r"<[^>]+>", "", found.group(1)).strip()


def test_the_heading_is_the_count(client, crowded):
    assert heading(crowded.get("/sok").text) == "1\u202f234 träffar"


def test_one_hit_is_singular(client):
    page = client.get("/sok?q=rekrytering").text
    assert heading(page) == "1 träff för rekrytering"
    assert "<title>rekrytering – 1 träff – Minnesbanken</title>" in page


def test_a_hit_leads_to_its_document_with_the_search(client):
    page = client.get("/sok?q=rekrytering&kommun=Bjuv").text
    assert 'href="/dokument/003_5e5d61977808aeba.txt?q=rekrytering&amp;kommun=Bjuv"' in page


def test_a_hit_shows_words_in_context_and_why_it_matched(client):
    page = client.get("/sok?q=rekrytering").text
    assert "<mark>rekrytering</mark>" in page
    assert "(samma ord)" in page


def test_facets_switch_values_on_and_off(client):
    page = client.get("/sok?q=barn&kommun=Helsingborg").text
    found = queries(page)
    assert Query.from_params([("q", "barn")]) in found
    assert any(query.values(GROUP) == ("Föräldragruppen",) for query in found)
    assert re.search(r'aria-current="true"><span class="option-label">Helsingborg', page)


def test_values_of_one_facet_are_counted_without_its_own_filter(client):
    page = client.get("/sok?kommun=Perstorp").text
    assert re.search(r">Svalöv</span><span class=\"option-count\">2<", page)


def test_filters_in_force_can_be_removed_one_by_one_and_together(client):
    page = client.get("/sok?q=barn&kommun=Helsingborg&fran=2017-01-01&till=2017-12-31").text
    chips = re.findall(r'<a class="chip" href="([^"]+)"', page)
    assert [chip.replace("&amp;", "&") for chip in chips] == [
        "/sok?q=barn&fran=2017-01-01&till=2017-12-31",
        "/sok?q=barn&kommun=Helsingborg&till=2017-12-31",
        "/sok?q=barn&kommun=Helsingborg&fran=2017-01-01",
    ]
    assert '<a class="clear" href="/sok?q=barn">Rensa alla filter</a>' in page


def test_a_kind_of_match_can_be_switched_off(client):
    page = client.get("/sok?q=barn").text
    assert "/sok?q=barn&utan=bojning" in links(page)
    page = client.get("/sok?q=barn&utan=bojning").text
    assert "Utan:" in page
    # What was switched off can be switched on where it was, and is not folded away.
    assert re.search(r'<details class="facet" open>\s*<summary>Ordens former', page)
    assert links(page).count("/sok?q=barn") >= 2


def test_words_keep_their_filters_in_the_form(client):
    page = client.get("/sok?q=barn&kommun=Bjuv&sortera=nyast").text
    form = page[page.index('<form class="search"') : page.index("</form>")]
    assert '<input type="hidden" name="kommun" value="Bjuv">' in form
    assert '<input type="hidden" name="sortera" value="nyast">' in form
    assert 'value="barn"' in form


def test_without_words_the_newest_come_first(client):
    page = client.get("/sok").text
    assert page.index("2020-01-10") < page.index("2017-10-24") < page.index("2017-01-23")
    assert "Bäst träff" not in page


def test_a_bar_limits_the_search_to_its_year_and_back(client):
    assert "/sok?fran=2017-01-01&till=2017-12-31" in links(client.get("/sok").text)
    page = client.get("/sok?fran=2017-01-01&till=2017-12-31").text
    assert "/sok?fran=2017-05-01&till=2017-05-31" in links(page)
    page = client.get("/sok?fran=2017-05-01&till=2017-05-31").text
    assert re.search(r'class="bar" href="/sok" [^>]*aria-current="true"', page)


def test_years_between_are_in_the_histogram_too(client):
    page = client.get("/sok").text
    assert ">2014<" in page
    assert "/sok?fran=2014-01-01&till=2014-12-31" not in links(page)


def test_pages_are_numbered(crowded):
    page = crowded.get("/sok?sida=5").text
    assert {f"/sok?sida={number}" for number in (3, 4, 6, 7, 124)} <= set(links(page))
    assert re.search(r'aria-label="Sida 5" aria-current="page"', page)
    assert '<ol class="hits" start="41">' in page


def test_a_page_after_the_last_leads_back(crowded):
    page = crowded.get("/sok?sida=999").text
    assert "Gå till första sidan" in page


def test_ten_values_then_more_then_a_page_of_all(crowded):
    page = crowded.get("/sok").text
    facet = page[page.index("<summary>Grupp") :]
    first, more = facet[: facet.index("Visa fler")], facet[facet.index("Visa fler") :]
    assert first.count('class="option"') == 10
    assert more[: more.index("</details>")].count('class="option"') == 40
    assert "Alla 1\u202f234 grupper, A–Ö" in more


def test_a_chosen_value_is_never_hidden(crowded):
    page = crowded.get("/sok?grupp=Grupp+900").text
    facet = page[page.index("<summary>Grupp") :]
    assert facet.index("Grupp 900") < facet.index("Visa fler")


def test_all_values_stand_in_swedish_order(client):
    page = client.get("/sok/kommun?q=barn").text
    names = re.findall(r'option-label">([^<]+)<', page)
    assert names == [
        "Bjuv", "Båstad", "Helsingborg", "Höganäs", "Perstorp", "Svalöv", "Åstorp", "Ängelholm",
        "Örkelljunga",
    ]  # fmt: skip
    assert "/sok?q=barn&kommun=Bjuv" in links(page)


def test_no_hits_keeps_the_words_and_helps(client):
    page = client.get("/sok?q=familjehm&kommun=Bjuv").text
    assert heading(page) == "Inga träffar för familjehm"
    assert 'value="familjehm"' in page
    assert "Menade du" in page
    assert "/sok?q=familjehem&kommun=Bjuv" in links(page)
    assert page.count("<li>", page.index('class="tips"'), page.index("Läs mer")) == 4


def test_no_hits_offers_the_same_search_without_filters(client):
    page = client.get("/sok?q=rekrytering&grupp=Socialchefsn%C3%A4tverket").text
    assert "Visa samma sökning utan filter (1)" in page
    assert "/sok?q=rekrytering" in links(page)


def test_a_relaxed_answer_says_so(client):
    page = client.get(f"/sok?q=barn{'+xylofonkonsert' * MAX_CLAUSES}").text
    assert "Inga minnesanteckningar har alla orden" in page
    assert FIRST_CLAUSES in page


def test_dates_the_wrong_way_round_are_pointed_out(client):
    page = client.get("/sok?fran=2020-01-01&till=2017-01-01").text
    assert "Byt plats på dem" in page


@pytest.mark.parametrize(
    "search",
    [
        "q=%00%01&sida=-1&sortera=x&utan=x",
        "q=" + "a" * 5000,
        "q=%22%22%22 - * ELLER ELLER (((",
        "fran=x&till=9999-99-99&ar=tjugo&kommun=&kommun=%00",
        "q=%ff%fe&grupp=%ed%a0%80",
        "sida=99999999999999999999",
        "sida=%D9%A3",
        "&".join(f"kommun=x{number}" for number in range(500)),
        "q=<script>alert(1)</script>",
        "lasning=x&visa=y&q[]=z",
    ],
)
def test_no_address_breaks_the_page(client, search):
    for path in ("/", "/sok", "/sok/kommun", "/dokument/003_5e5d61977808aeba.txt"):
        answer = client.get(f"{path}?{search}", follow_redirects=True)
        assert answer.status_code == 200
        assert "<script>" not in answer.text


def test_every_link_of_the_page_leads_somewhere(client):
    page = client.get("/sok?q=barn&kommun=Helsingborg").text
    for link in set(links(page)):
        assert client.get(link).status_code == 200
