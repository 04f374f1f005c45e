"""A facet and a kind of statement that are declared are everywhere at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from operator import attrgetter

import pytest
from flask.testing import FlaskClient

from kb.build import pipeline
from kb.build.current_index import CurrentIndex
from kb.cli import main
from kb.config import Settings
from kb.model import (
    STATEMENT_KINDS,
    FollowUp,
    StatementKind,
    StatementPage,
    StatementState,
)
from kb.search.facets import FACETS, Facet, TypedFacet
from kb.web import create_app

MINUTES = """Minnesanteckningar från Styrgruppens möte
Datum: 2024-03-05
Plats: Teams
Närvarande: Anna Berg, Bo Ek

Familjehem
Läget i kommunerna är gott. Se bilaga 1.
Gruppen beslutar att ordna en dag om familjehem.
"""

FORM = Facet(
    name="form",
    label="Mötesform",
    plural="mötesformer",
    summary="Form of the meeting.",
    values=lambda minutes: (minutes.form,) if minutes.form else (),
    completed=True,
    typed=TypedFacet(example="form:Teams", finds="möten på Teams"),
)

POINTER = StatementKind(
    name="hänvisning",
    key="pointers",
    slug="hanvisningar",
    anchor="hanvisning",
    label="Hänvisning",
    heading="Hänvisningar",
    plural="pointers",
    of=attrgetter("references"),
    page=StatementPage(title="Hänvisningar", lead="Vad anteckningarna hänvisar till."),
    state=StatementState(
        how=FollowUp.MENTIONED,
        open="Ingen har tagit upp den",
        closed="Har tagits upp",
        heading="Olästa hänvisningar",
    ),
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A library of one document with its index, while one more of each is declared."""
    folder = tmp_path_factory.mktemp("declared")
    made = Settings(library=folder / "library", index=folder / "index")
    made.library.mkdir()
    (made.library / "styrgruppen.txt").write_text(MINUTES, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(FACETS, FORM.name, FORM)
        patch.setitem(STATEMENT_KINDS, POINTER.name, POINTER)
        pipeline.build(made.library, made.index)
        yield made


@pytest.fixture(scope="module")
def client(settings: Settings) -> FlaskClient:
    return create_app(settings, CurrentIndex(settings)).test_client()


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert main([str(argument) for argument in arguments]) == 0
    return capsys.readouterr().out


def test_a_facet_is_on_the_pages(client: FlaskClient):
    found = client.get("/sok?form=Teams").text
    assert "1 träff" in found
    assert "Mötesform" in found
    assert "0 träffar" not in client.get("/sok?q=form:Teams").text
    assert "Teams" in client.get("/sok/form").text
    offered = client.get("/forslag?q=tea").json["suggestions"]
    assert ("Mötesform", "/sok?form=Teams") in [(own["kind"], own["url"]) for own in offered]
    assert "form:Teams" in client.get("/hjalp").text


def test_a_facet_is_in_the_api(client: FlaskClient):
    found = client.get("/api/v1/search?form=Teams").json
    teams = [{"value": "Teams", "count": 1, "selected": True}]
    assert found["facets"]["form"] == teams
    assert client.get("/api/v1/search?form=Zoom").json["total"] == 0
    assert client.get("/api/v1/facets/form?form=Teams").json["values"] == teams
    described = client.get("/api/v1/openapi.json").json["paths"]
    asked = {own["name"]: own for own in described["/search"]["get"]["parameters"]}
    assert asked["form"]["description"] == "Form of the meeting."
    (which,) = [
        own for own in described["/facets/{facet}"]["get"]["parameters"] if own["in"] == "path"
    ]
    assert set(which["schema"]["enum"]) == set(FACETS)


def test_a_facet_is_on_the_command_line_and_in_exports(
    client: FlaskClient, settings: Settings, capsys: pytest.CaptureFixture[str]
):
    found = json.loads(
        printed(capsys, "search", "--form", "Teams", "--json", "--index", settings.index)
    )
    assert (found["total"], found["address"]) == (1, "form=Teams")
    assert [value["value"] for value in found["facets"]["form"]] == ["Teams"]
    none = printed(capsys, "search", "--form", "Zoom", "--index", settings.index)
    assert none.startswith("0 träffar")
    with pytest.raises(SystemExit):
        main(["search", "-h"])
    assert "--form" in capsys.readouterr().out
    assert client.get("/sok.json?form=Teams").json["total"] == 1
    assert client.get("/sok.json?form=Zoom").json["total"] == 0


def test_a_kind_of_statement_is_on_the_pages(client: FlaskClient):
    page = client.get("/hanvisningar")
    assert page.status_code == 200
    assert "Vad anteckningarna hänvisar till." in page.text
    assert "bilaga 1" in page.text
    assert "Ingen har tagit upp den" in page.text
    assert 'href="/hanvisningar"' in client.get("/kommuner").text
    document = client.get("/dokument/styrgruppen.txt").text
    assert '<a href="#hanvisning-1">' in document
    assert '<span class="place" id="hanvisning-1">Hänvisning</span>' in document
    help_ = client.get("/hjalp").text
    assert 'href="/hanvisningar"' in help_
    assert POINTER.page
    assert POINTER.page.lead in help_


def test_a_kind_of_statement_is_in_the_api(client: FlaskClient):
    (stated,) = client.get("/api/v1/statements/hanvisningar").json["statements"]
    assert stated["kind"] == "hänvisning"
    assert "bilaga 1" in stated["text"]
    assert client.get("/api/v1/statements/hanvisningar?oppna=false").json["total"] == 0
    facts = client.get("/api/v1/documents/styrgruppen.txt").json["facts"]
    assert [own["text"] for own in facts["pointers"]] == [stated["text"]]
    described = client.get("/api/v1/openapi.json").json["paths"]["/statements/{slag}"]["get"]
    assert described["parameters"][0]["schema"]["enum"] == sorted(
        kind.slug for kind in STATEMENT_KINDS.values()
    )
    assert described["summary"].endswith("questions or pointers of all minutes.")


def test_a_kind_of_statement_is_in_exports(
    client: FlaskClient, settings: Settings, capsys: pytest.CaptureFixture[str]
):
    (group,) = client.get("/api/v1/groups").json["groups"]
    for pack in ("/motesunderlag", "/motesunderlag.md"):
        text = client.get(pack, query_string={"grupp": group["name"]}).text
        assert "bilaga 1" in text.split("Olästa hänvisningar")[1]
    facts = json.loads(printed(capsys, "parse", "--json", settings.library / "styrgruppen.txt"))
    assert [own["text"] for own in facts["pointers"]] == [
        own["text"] for own in facts["references"]
    ]
    assert facts["pointers"]


def test_what_is_not_declared_is_nowhere(client: FlaskClient):
    assert client.get("/api/v1/statements/nonsens").status_code == 400
    assert client.get("/api/v1/facets/nonsens").status_code == 400
    assert client.get("/sok/nonsens").status_code == 404
    assert client.get("/nonsens").status_code == 404
