"""The right that each address requires, checked before anything else is done.

An address that is not listed is closed. The role that a right requires is in
`kb.actions.permissions`.
"""

from __future__ import annotations

from collections.abc import Mapping

from kb.actions.permissions import Right

_OPEN = """
    static
    help.accessibility help.searching
    opening.show opening.take opening.forget
    search.results search.start search.values
    suggestions.description suggestions.for_browsers suggestions.show
    feeds.atom feeds.json feeds.table
    trend.show trend.table
    document.show original.send
    corrections.show
    articles.show articles.show_all articles.version articles.versions
    knowledge.coming knowledge.coming_calendar knowledge.coverage knowledge.group
    knowledge.groups knowledge.municipalities knowledge.municipality knowledge.overview
    knowledge.pack knowledge.pack_text knowledge.people knowledge.person knowledge.statements
    health.show building.show
    api.article api.articles api.coverage api.description api.document api.facet api.group
    api.groups api.meetings api.municipalities api.municipality api.overview api.pack api.people
    api.person api.search api.statements api.status api.suggest api.topics api.trend
"""
"""What readers may ask for; hidden content is checked in `kb.actions.reading`."""

RULES: Mapping[str, Right] = {
    **dict.fromkeys(_OPEN.split(), Right.READ),
    "corrections.add": Right.CORRECT,
    "corrections.undo": Right.CORRECT,
    "facts.add": Right.CORRECT,
    "facts.undo": Right.CORRECT,
    "facts.hide_other": Right.HIDE,
    "articles.new": Right.WRITE,
    "articles.create": Right.WRITE,
    "articles.edit": Right.WRITE,
    "articles.save": Right.WRITE,
    "articles.restore": Right.WRITE,
    "knowledge.decide": Right.DECIDE_NAMES,
    "upload.form": Right.ADD_FILES,
    "upload.send": Right.ADD_FILES,
    "upload.receipt": Right.SEE_SENDINGS,
    "upload.answer": Right.ANSWER,
    "removal.confirm": Right.REMOVE,
    "removal.remove": Right.REMOVE,
    "removal.show": Right.SEE_BIN,
    "removal.restore": Right.RESTORE,
    "removal.confirm_emptying": Right.EMPTY_BIN,
    "removal.empty": Right.EMPTY_BIN,
    "building.start": Right.BUILD,
    "building.cancel": Right.BUILD,
    "building.answer_missing": Right.REMOVE,
    "health.watch": Right.CONFIGURE,
    "log.show": Right.SEE_LOG,
}
"""The right that each endpoint requires."""
