"""The questions the API answers about what many minutes say together."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, TypeVar

from msgspec import Meta

from kb.knowledge import Filter
from kb.web.api import knowledge_answers as answers, knowledge_convert as convert
from kb.web.api.declaring import Asked, Endpoint, Parameter
from kb.web.context import current_knowledge
from kb.web.knowledge.page import MOST_TOPICS, PAGE, STATEMENTS, matrix
from kb.web.urls import municipality_url

_Name = Annotated[str, Meta(min_length=1, max_length=300)]
_Kind = Literal["beslut", "att-gora", "uppskjutet", "fragor"]
_Topic = Annotated[str, Meta(max_length=100)]
_MOST_PAGES = 10_000

T = TypeVar("T")


def _municipalities(_: Asked) -> answers.MunicipalityList:
    return answers.MunicipalityList([
        answers.MunicipalityLineAnswer(
            own.name, own.documents, own.missed, own.rounds, municipality_url(own.name)
        )
        for own in current_knowledge().municipalities()
    ])  # fmt: skip


def _municipality(asked: Asked) -> answers.MunicipalityAnswer:
    return convert.municipality(_there(current_knowledge().municipality(asked.text("name"))))


def _topics(asked: Asked) -> answers.TopicsAnswer:
    page = matrix(current_knowledge(), [text.strip() for text in asked.texts("amne")])
    return answers.TopicsAnswer(
        list(page.topics),
        [name for name, _ in page.rows],
        [
            answers.CellAnswer(
                name, topic, [convert.quote(own) for _, quotes in cell.years for own in quotes]
            )
            for name, cells in page.rows
            for topic, cell in zip(page.topics, cells, strict=True)
            if cell.total
        ],
    )


def _groups(_: Asked) -> answers.GroupList:
    return answers.GroupList([convert.group_line(own) for own in current_knowledge().groups()])


def _group(asked: Asked) -> answers.GroupAnswer:
    return convert.group(_there(current_knowledge().group(asked.text("name"))))


def _pack(asked: Asked) -> answers.PackAnswer:
    pack = _there(current_knowledge().pack(asked.text("name")))
    following = pack.following(dt.date.today())
    return answers.PackAnswer(
        pack.group.name,
        convert.meeting(following) if following else None,
        convert.source(pack.last) if pack.last else None,
        [convert.statement(own) for own in pack.open_actions],
        [convert.statement(own) for own in pack.postponed],
        [answers.SaidLastAnswer(name, convert.round_(own)) for name, own in pack.rounds],
        [convert.source(own) for own in pack.new],
    )


def _people(_: Asked) -> answers.PersonList:
    known = current_knowledge()
    return answers.PersonList(
        [convert.person_line(own) for own in known.people()],
        [convert.suggestion(own) for own in known.suggestions()],
    )


def _person(asked: Asked) -> answers.PersonAnswer:
    return convert.person(_there(current_knowledge().person(asked.text("key"))))


def _statements(asked: Asked) -> answers.StatementPage:
    page = asked.number("sida", 1)
    wanted = Filter(
        STATEMENTS[asked.text("slag")],
        asked.text("kommun"),
        asked.text("grupp"),
        asked.text("person"),
        asked.day("fran"),
        asked.day("till"),
        asked.flag("oppna"),
    )
    found = current_knowledge().statements(wanted, (page - 1) * PAGE, PAGE)
    return answers.StatementPage(
        found.total, page, [convert.statement(own) for own in found.statements]
    )


def _meetings(asked: Asked) -> answers.MeetingList:
    since = asked.day("fran") or dt.date.today()
    return answers.MeetingList([convert.meeting(own) for own in current_knowledge().coming(since)])


def _coverage(_: Asked) -> answers.CoverageAnswer:
    known = current_knowledge()
    return answers.CoverageAnswer(
        [convert.meeting(own) for own in known.missing(dt.date.today())],
        [
            answers.AbsenceAnswer(convert.source(own), list(places), list(people))
            for own, places, people in known.absences()
        ],
    )


def _there(found: T | None) -> T:
    if found is None:
        raise LookupError
    return found


_GROUP = Parameter("name", _Name, "The group's name.", in_path=True, slashes=True)

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        "/municipalities",
        "municipalities",
        "Every municipality that has met or was expected.",
        answers.MunicipalityList,
        _municipalities,
    ),
    Endpoint(
        "/municipalities/{name}",
        "municipality",
        "What is known of a municipality.",
        answers.MunicipalityAnswer,
        _municipality,
        (Parameter("name", Annotated[str, Meta(min_length=1, max_length=100, pattern="^[^/]+$")],
                   "Its name.", in_path=True),),
    ),
    Endpoint(
        "/topics",
        "topics",
        "What each municipality has said of some topics in rounds.",
        answers.TopicsAnswer,
        _topics,
        (Parameter("amne", _Topic, f"A topic; {MOST_TOPICS} at the most.", many=True),),
    ),
    Endpoint("/groups", "groups", "Every group.", answers.GroupList, _groups),
    Endpoint(
        "/groups/{name}",
        "group",
        "What is known of a group.",
        answers.GroupAnswer,
        _group,
        (_GROUP,),
    ),
    Endpoint(
        "/packs/{name}",
        "pack",
        "What a group needs for its next meeting.",
        answers.PackAnswer,
        _pack,
        (_GROUP,),
    ),
    Endpoint("/people", "people", "Everybody who is listed.", answers.PersonList, _people),
    Endpoint(
        "/people/{key}",
        "person",
        "What the minutes say of a person.",
        answers.PersonAnswer,
        _person,
        (Parameter("key", Annotated[str, Meta(min_length=1, pattern="^[^/]+$")],
                   "The person's key.", in_path=True),),
    ),
    Endpoint(
        "/statements/{slag}",
        "statements",
        "Decisions, undertakings, postponed points or questions of all minutes.",
        answers.StatementPage,
        _statements,
        (
            Parameter("slag", _Kind, "Which of them.", in_path=True),
            Parameter("kommun", _Name, "Municipality that met or undertook it."),
            Parameter("grupp", _Name, "Group that met."),
            Parameter("person", _Name, "Key or name of who undertook it."),
            Parameter("fran", dt.date, "First day."),
            Parameter("till", dt.date, "Last day."),
            Parameter("oppna", bool, "Whether no later minutes may speak of it, or some must."),
            Parameter("sida", Annotated[int, Meta(ge=1, le=_MOST_PAGES)], "Page, from 1."),
        ),
    ),
    Endpoint(
        "/meetings",
        "meetings",
        "Announced meetings.",
        answers.MeetingList,
        _meetings,
        (Parameter("fran", dt.date, "First day; today if left out."),),
    ),
    Endpoint(
        "/coverage",
        "coverage",
        "Announced meetings without minutes here, and who was absent when.",
        answers.CoverageAnswer,
        _coverage,
    ),
)  # fmt: skip
