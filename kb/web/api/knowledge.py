"""The questions the API answers about facts aggregated across documents."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from msgspec import Meta

from kb.knowledge import Filter
from kb.library import region
from kb.model import ACTION, POSTPONED, STATEMENT_KINDS
from kb.web.api import knowledge_answers as answers
from kb.web.api.declaring import Asked, Endpoint, Parameter, found, one_of
from kb.web.api.knowledge_answers import (
    MeetingAnswer,
    QuoteAnswer,
    SourceAnswer,
    StatementAnswer,
)
from kb.web.context import current_knowledge, index_source
from kb.web.knowledge.page import MOST_TOPICS, PAGE, kind_of, matrix

_Name = Annotated[str, Meta(min_length=1, max_length=300)]
_Short = Annotated[str, Meta(min_length=1, max_length=100, pattern="^[^/]+$")]
_Key = Annotated[str, Meta(min_length=1, pattern="^[^/]+$")]
_Topic = Annotated[str, Meta(max_length=100)]
_MOST_PAGES = 10_000


def _municipalities(_: Asked) -> answers.MunicipalityList:
    rows = current_knowledge().municipalities()
    return answers.MunicipalityList([answers.MunicipalityLineAnswer.made_of(row) for row in rows])


def _municipality(asked: Asked) -> answers.MunicipalityAnswer:
    return answers.MunicipalityAnswer.made_of(
        found(current_knowledge().municipality(asked.text("name")))
    )


def _topics(asked: Asked) -> answers.TopicsAnswer:
    about = region.load(index_source().library.folder)
    page = matrix(current_knowledge(), about, [text.strip() for text in asked.texts("amne")])
    return answers.TopicsAnswer(
        list(page.topics),
        [name for name, _ in page.rows],
        [
            answers.CellAnswer(
                name,
                topic,
                [QuoteAnswer.made_of(quote) for _, quotes in cell.years for quote in quotes],
            )
            for name, cells in page.rows
            for topic, cell in zip(page.topics, cells, strict=True)
            if cell.total
        ],
    )


def _groups(_: Asked) -> answers.GroupList:
    return answers.GroupList(
        [answers.GroupLineAnswer.made_of(g) for g in current_knowledge().groups()]
    )


def _group(asked: Asked) -> answers.GroupAnswer:
    return answers.GroupAnswer.made_of(found(current_knowledge().group(asked.text("name"))))


def _pack(asked: Asked) -> answers.PackAnswer:
    pack = found(current_knowledge().pack(asked.text("name")))
    following = pack.following(dt.date.today())
    return answers.PackAnswer(
        group=pack.group.name,
        next=MeetingAnswer.made_of(following) if following else None,
        last=SourceAnswer.made_of(pack.last) if pack.last else None,
        undertakings=[StatementAnswer.made_of(stated) for stated in pack.open[ACTION.name]],
        postponed=[StatementAnswer.made_of(stated) for stated in pack.open[POSTPONED.name]],
        said_last=[
            answers.SaidLastAnswer(name, answers.RoundAnswer.made_of(last))
            for name, last in pack.rounds
        ],
        new=[SourceAnswer.made_of(source) for source in pack.new],
    )


def _people(_: Asked) -> answers.PersonList:
    known = current_knowledge()
    return answers.PersonList(
        [answers.PersonLineAnswer.made_of(person) for person in known.people()],
        [answers.SuggestionAnswer.made_of(suggestion) for suggestion in known.suggestions()],
    )


def _person(asked: Asked) -> answers.PersonAnswer:
    return answers.PersonAnswer.made_of(found(current_knowledge().person(asked.text("key"))))


def _statements(asked: Asked) -> answers.StatementPage:
    page = asked.number("sida", 1)
    wanted = Filter(
        kind=kind_of(asked.text("slag")).name,
        municipality=asked.text("kommun"),
        group=asked.text("grupp"),
        person=asked.text("person"),
        since=asked.day("fran"),
        until=asked.day("till"),
        open=asked.flag("oppna"),
    )
    some = current_knowledge().statements(wanted, (page - 1) * PAGE, PAGE)
    return answers.StatementPage(
        some.total, page, [StatementAnswer.made_of(stated) for stated in some.statements]
    )


def _meetings(asked: Asked) -> answers.MeetingList:
    since = asked.day("fran") or dt.date.today()
    return answers.MeetingList(
        [MeetingAnswer.made_of(m) for m in current_knowledge().coming(since)]
    )


def _coverage(_: Asked) -> answers.CoverageAnswer:
    known = current_knowledge()
    return answers.CoverageAnswer(
        [MeetingAnswer.made_of(meeting) for meeting in known.missing(dt.date.today())],
        [
            answers.AbsenceAnswer(SourceAnswer.made_of(source), list(places), list(people))
            for source, places, people in known.absences()
        ],
    )


_GROUP = Parameter("name", _Name, "The group's name.", in_path=True, slashes=True)


def endpoints() -> tuple[Endpoint, ...]:
    """Return the questions, for the kinds of statement that are declared now."""
    *plurals, last = (kind.plural for kind in STATEMENT_KINDS.values())
    slugs = one_of(kind.slug for kind in STATEMENT_KINDS.values())
    return (
        Endpoint(
            path="/municipalities",
            name="municipalities",
            summary="Every municipality that has met or was expected.",
            answer=answers.MunicipalityList,
            handle=_municipalities,
        ),
        Endpoint(
            path="/municipalities/{name}",
            name="municipality",
            summary="What is known of a municipality.",
            answer=answers.MunicipalityAnswer,
            handle=_municipality,
            parameters=(Parameter("name", _Short, "Its name.", in_path=True),),
        ),
        Endpoint(
            path="/topics",
            name="topics",
            summary="What each municipality has said of some topics in rounds.",
            answer=answers.TopicsAnswer,
            handle=_topics,
            parameters=(
                Parameter("amne", _Topic, f"A topic; {MOST_TOPICS} at the most.", many=True),
            ),
        ),
        Endpoint(
            path="/groups",
            name="groups",
            summary="Every group.",
            answer=answers.GroupList,
            handle=_groups,
        ),
        Endpoint(
            path="/groups/{name}",
            name="group",
            summary="What is known of a group.",
            answer=answers.GroupAnswer,
            handle=_group,
            parameters=(_GROUP,),
        ),
        Endpoint(
            path="/packs/{name}",
            name="pack",
            summary="What a group needs for its next meeting.",
            answer=answers.PackAnswer,
            handle=_pack,
            parameters=(_GROUP,),
        ),
        Endpoint(
            path="/people",
            name="people",
            summary="Everybody who is listed.",
            answer=answers.PersonList,
            handle=_people,
        ),
        Endpoint(
            path="/people/{key}",
            name="person",
            summary="What the minutes say of a person.",
            answer=answers.PersonAnswer,
            handle=_person,
            parameters=(Parameter("key", _Key, "The person's key.", in_path=True),),
        ),
        Endpoint(
            path="/statements/{slag}",
            name="statements",
            summary=f"{', '.join(plurals)} or {last} of all minutes.".capitalize(),
            answer=answers.StatementPage,
            handle=_statements,
            parameters=(
                Parameter("slag", slugs, "Which of them.", in_path=True),
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
            path="/meetings",
            name="meetings",
            summary="Announced meetings.",
            answer=answers.MeetingList,
            handle=_meetings,
            parameters=(Parameter("fran", dt.date, "First day; today if left out."),),
        ),
        Endpoint(
            path="/coverage",
            name="coverage",
            summary="Announced meetings without minutes here, and who was absent when.",
            answer=answers.CoverageAnswer,
            handle=_coverage,
        ),
    )
