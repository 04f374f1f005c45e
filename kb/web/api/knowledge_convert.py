"""What the knowledge base answers, with the addresses that the API adds to it."""

from __future__ import annotations

from kb.knowledge import answers as known
from kb.web.api import knowledge_answers as answers
from kb.web.urls import document_url, group_url, person_url


def source(own: known.SourceDocument) -> answers.SourceAnswer:
    """Return a document."""
    return answers.SourceAnswer(
        own.path, own.title, own.group, own.date, own.proposed, own.doubtful, document_url(own.path)
    )


def quote(own: known.Quote) -> answers.QuoteAnswer:
    """Return words with the address of their place."""
    return answers.QuoteAnswer(
        own.text,
        own.start,
        own.end,
        own.confidence,
        source(own.source),
        document_url(own.source.path, place=(own.start, own.end)),
    )


def statement(own: known.Stated) -> answers.StatementAnswer:
    """Return a decision, undertaking, postponed point or question."""
    return answers.StatementAnswer(
        own.kind,
        own.text,
        quote(own.quote),
        [answers.WhoAnswer(who.name, who.key) for who in own.who],
        own.due,
        own.heading,
        own.is_open,
        [quote(later) for later in own.later],
    )


def attendance(own: known.AttendanceRow) -> answers.AttendanceAnswer:
    """Return a part in a meeting."""
    return answers.AttendanceAnswer(own.part, own.role, quote(own.quote))


def round_(own: known.Round) -> answers.RoundAnswer:
    """Return what a municipality said in a round."""
    return answers.RoundAnswer(source(own.source), [quote(each) for each in own.quotes])


def person_line(own: known.PersonLine) -> answers.PersonLineAnswer:
    """Return a person for a list."""
    return answers.PersonLineAnswer(
        own.key, own.name, own.place, own.meetings, own.first, own.last, person_url(own.key)
    )


def meeting(own: known.ComingMeeting) -> answers.MeetingAnswer:
    """Return an announced meeting."""
    return answers.MeetingAnswer(
        own.group, own.date, own.time, own.place, [quote(q) for q in own.quotes], list(own.held)
    )


def suggestion(own: known.NameSuggestion) -> answers.SuggestionAnswer:
    """Return two names that may be one person's."""
    return answers.SuggestionAnswer(
        own.one, own.other, own.one_key, own.other_key, own.confidence, own.reason
    )


def municipality(own: known.MunicipalityPage) -> answers.MunicipalityAnswer:
    """Return a municipality."""
    return answers.MunicipalityAnswer(
        own.name,
        [round_(each) for each in own.rounds],
        [attendance(each) for each in own.meetings],
        [person_line(each) for each in own.people],
        [statement(each) for each in own.actions],
    )


def group_line(own: known.GroupLine) -> answers.GroupLineAnswer:
    """Return a group for a list."""
    return answers.GroupLineAnswer(own.name, own.meetings, own.first, own.last, group_url(own.name))


def group(own: known.GroupPage) -> answers.GroupAnswer:
    """Return a group."""
    return answers.GroupAnswer(
        own.name,
        [source(each) for each in own.meetings],
        [person_line(each) for each in own.members],
        [meeting(each) for each in own.announced],
        [
            answers.ThreadAnswer(each.heading, [quote(place) for place in each.quotes])
            for each in own.threads
        ],
    )


def person(own: known.PersonPage) -> answers.PersonAnswer:
    """Return a person."""
    return answers.PersonAnswer(
        own.key,
        own.name,
        own.place,
        [
            answers.SpellingAnswer(each.name, each.place, each.count, each.reason, each.confidence)
            for each in own.spellings
        ],
        [
            answers.MembershipAnswer(each.what, each.first, each.last, each.meetings)
            for each in own.memberships
        ],
        [attendance(each) for each in own.meetings],
        [statement(each) for each in own.actions],
        [suggestion(each) for each in own.suggestions],
    )
