from __future__ import annotations

from tests.web.source import crowd


def test_the_start_page_says_what_the_library_holds(client):
    page = client.get("/").text
    assert "2010–2020" in page
    assert "/sok?grupp=F%C3%B6r%C3%A4ldragruppen" in page
    assert "/sok?kommun=Sval%C3%B6v" in page
    assert page.index("Socialchefsnätverket 2020-01-10") < page.index("den 9 maj 2017")


def test_a_doubtful_date_is_shown_with_its_doubt(client):
    page = client.get("/").text
    assert '<time datetime="2010-12-04">2010-12-04</time>' in page
    assert "(osäkert, kanske 2020-12-04)" in page


def test_only_examples_that_find_something_are_offered(client, source):
    assert "/sok?q=familjehem" in client.get("/").text
    source.hold([])
    assert "Prova till exempel" not in client.get("/").text


def test_an_empty_index_has_a_start_page(client, source):
    source.hold([])
    answer = client.get("/")
    assert answer.status_code == 200
    assert "Möten per år" not in answer.text


def test_a_search_at_the_start_page_is_sent_on(client):
    answer = client.get("/?q=barn&kommun=Bjuv")
    assert answer.status_code == 302
    assert answer.location == "/sok?q=barn&kommun=Bjuv"


def test_many_values_lead_to_a_page_of_all(client, source):
    source.opened = lambda: crowd(30)
    page = client.get("/").text
    assert "Alla 30 grupper" in page
    assert "1990–2019" in page
