"""Every action × every role: allowed or refused; nothing written when refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from kb.actions import articles, facts, files, names, reading, removal, upkeep, words
from kb.actions.desk import Desk, Done
from kb.actions.permissions import REQUIRED, AccessRole, NotAllowedError, Right
from kb.articles.store import Articles
from kb.build.missing import MissingAnswer
from kb.corrections import load
from kb.library import inbox, log, receipts
from kb.model import DateFinding, Document, Fact, Minutes, Section, Span
from tests.actions.conftest import TEXT, acts, content
from tests.web.source import plain

READER, EDITOR, ADMINISTRATOR = AccessRole
NUMBER = b"Barnet (811218-9876) placeras."


def document() -> Document:
    at = TEXT.index("Hoganis")
    section = Section("Hoganis", 1, Span(at, at + 7), Span(at, len(TEXT)))
    date = DateFinding(None, 0)
    minutes = Minutes("Möte", "minnesanteckningar", date, sections=(section,))
    return plain("a.txt", TEXT, minutes)


@dataclass(frozen=True)
class Action:
    """An action: who may, what is there before, what is done, and what is to be seen after it."""

    name: str
    role: AccessRole
    do: Callable[[Desk], object]
    act: log.Act | None = None
    builds: int = 0
    before: Callable[[Desk], object] = lambda desk: None


def asked(desk: Desk) -> str:
    """Send in a file that an answer is needed for; return its key."""
    list(files.add_file(desk, "c.txt", NUMBER))
    return inbox.held(desk.folder)[0].key


def first(desk: Desk) -> str:
    return inbox.held(desk.folder)[0].key


def sent(desk: Desk) -> str:
    return files.send_files(desk, [("b.txt", b"Nytt")]).result.sending.key


def latest(desk: Desk) -> str:
    folder = desk.folder / ".mottaget" / "kvitton"
    return next(iter(folder.glob("*.json"))).stem


def article(desk: Desk) -> None:
    articles.create_article(desk, "# Sida\n\nEtt\n")


def two_versions(desk: Desk) -> None:
    made = articles.create_article(desk, "# Sida\n\nEtt\n").result
    articles.save_article(desk, made.name, "# Sida\n\nTvå\n", made.state)


def hide(desk: Desk) -> None:
    facts.correct_fact(desk, "a.txt", document(), {"hide": "Hoganis"})


def state_of(desk: Desk) -> str:
    found = Articles(desk.library).get("Sida")
    assert found
    return found.state


ACTIONS = [
    Action(
        "correct a word", EDITOR,
        lambda desk: words.correct_word(desk, "a.txt", TEXT, "Hoganis", "Höganäs"),
        log.Act.CORRECT, 1,
    ),
    Action(
        "take a word back", EDITOR,
        lambda desk: words.undo_word(desk, "a.txt", "Hoganis"),
        log.Act.UNDO, 1,
        lambda desk: words.correct_word(desk, "a.txt", TEXT, "Hoganis", "Höganäs"),
    ),
    Action(
        "correct a fact", EDITOR,
        lambda desk: facts.correct_fact(desk, "a.txt", document(), {"group": "Nätverket"}),
        log.Act.CORRECT, 1,
    ),
    Action("hide a section", EDITOR, hide, log.Act.CORRECT, 1),
    Action(
        "show a section", EDITOR,
        lambda desk: facts.undo_fact(desk, "a.txt", load(desk.original("a.txt")).facts[0]),
        log.Act.UNDO, 1, hide,
    ),
    Action(
        "decide about names", EDITOR,
        lambda desk: names.decide_names(desk, "Bo (X)", "Bosse (X)", names.NameVerdict.SAME),
        log.Act.DECIDE, 1,
    ),
    Action("send files", EDITOR, sent, None, 1),
    Action(
        "add a file", EDITOR,
        lambda desk: list(files.add_file(desk, "b.txt", b"Nytt")),
        log.Act.ADD, 1,
    ),
    Action(
        "answer", EDITOR,
        lambda desk: files.answer(desk, first(desk), files.IdentityNumberAnswer.CONFIRM),
        log.Act.CONFIRM, 1, asked,
    ),
    Action(
        "take a file back", EDITOR,
        lambda desk: files.answer(desk, first(desk), files.IdentityNumberAnswer.TAKE_BACK),
        log.Act.TAKE_BACK, 0, asked,
    ),
    Action("remove", EDITOR, lambda desk: removal.remove(desk, "a.txt"), log.Act.REMOVE, 1),
    Action(
        "restore", EDITOR,
        lambda desk: removal.restore(desk, "a.txt"),
        log.Act.RESTORE, 1,
        lambda desk: removal.remove(desk, "a.txt"),
    ),
    Action(
        "empty the bin", ADMINISTRATOR, removal.empty_bin, log.Act.EMPTY, 0,
        lambda desk: removal.remove(desk, "a.txt"),
    ),
    Action("write an article", EDITOR, article, log.Act.WRITE, 1),
    Action(
        "change an article", EDITOR,
        lambda desk: articles.save_article(desk, "Sida", "# Sida\n\nTvå\n", state_of(desk)),
        log.Act.WRITE, 1, article,
    ),
    Action(
        "restore an article", EDITOR,
        lambda desk: articles.restore_version(desk, "Sida", 1),
        log.Act.WRITE, 1, two_versions,
    ),
    Action("build", EDITOR, upkeep.start_build, log.Act.BUILD, 1),
    Action(
        "remove what is missing", EDITOR,
        lambda desk: upkeep.answer_missing(desk, MissingAnswer.REMOVE), log.Act.REMOVE_MISSING, 1,
    ),
    Action("cancel a build", EDITOR, upkeep.cancel_build, log.Act.CANCEL_BUILD),
    Action(
        "watch", ADMINISTRATOR, lambda desk: upkeep.set_watch(desk, on=True), log.Act.CONFIGURE
    ),
    Action("read the log", EDITOR, reading.events),
    Action("read the inbox", EDITOR, reading.held, before=asked),
    Action(
        "read a receipt", EDITOR, lambda desk: reading.sending(desk, latest(desk)), before=sent
    ),
    Action("read the bin", EDITOR, reading.removed),
    Action("read an original", READER, lambda desk: reading.original(desk, "a.txt")),
    Action(
        "read an original with a hidden part", EDITOR,
        lambda desk: reading.original(desk, "a.txt"), before=hide,
    ),
    Action(
        "read one that says the same", EDITOR,
        lambda desk: reading.original(desk, "b.txt", ["a.txt"]),
        before=lambda desk: (hide(desk), (desk.folder / "b.txt").write_text(TEXT, "utf-8")),
    ),
]  # fmt: skip


@pytest.mark.parametrize("role", AccessRole)
@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_who_may(action: Action, role: AccessRole, desk_of, workspace):
    action.before(desk_of(ADMINISTRATOR))
    desk, folder = desk_of(role), workspace.library.folder
    before, logged = content(folder), acts(folder)
    builds, cancelled = workspace.builds, workspace.cancelled
    if role < action.role:
        with pytest.raises(NotAllowedError):
            action.do(desk)
        assert content(folder) == before
        assert (workspace.builds, workspace.cancelled) == (builds, cancelled)
        return
    action.do(desk)
    done = acts(folder)[len(logged) :]
    assert done[-1:] == ([("anna", action.act)] if action.act else [])
    assert workspace.builds == builds + action.builds
    if action.act is None and not action.builds:
        assert content(folder) == before


def test_every_right_is_in_the_table_and_used():
    assert set(REQUIRED) == set(Right)
    assert AccessRole.READER < AccessRole.EDITOR < AccessRole.ADMINISTRATOR


@pytest.mark.parametrize(
    "action", [own for own in ACTIONS if own.builds and own.name != "build"], ids=lambda a: a.name
)
def test_what_is_done_is_done_even_if_no_build_can_start(action: Action, desk_of, workspace):
    desk = desk_of(ADMINISTRATOR)
    action.before(desk)
    workspace.problem = "Indexet går inte att bygga: skrivskyddat."
    done = action.do(desk)
    if action.act:
        assert acts(desk.folder)[-1] == ("anna", action.act)
    if isinstance(done, Done):
        assert done.unbuilt == workspace.problem


def test_a_receipt_tells_what_was_answered(desk_of):
    desk = desk_of(EDITOR)
    key = sent(desk)
    sending = reading.sending(desk, key)
    assert sending.receipts[0].name == "b.txt"
    answered = files.answer(desk, first(desk), files.IdentityNumberAnswer.TAKE_BACK, key)
    assert answered.result.noted
    assert reading.sending(desk, key).receipts[0].outcome is receipts.IntakeOutcome.TAKEN_BACK


def test_a_hidden_section_is_said_to_be_hidden(desk_of):
    hide(desk_of(EDITOR))
    (fact,) = load(desk_of(EDITOR).original("a.txt")).facts
    assert (fact.fact, fact.value, fact.by) == (Fact.HIDDEN, "Hoganis", "anna")
