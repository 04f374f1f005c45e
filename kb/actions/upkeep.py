"""Maintenance: starting and cancelling builds, and watching the library."""

from __future__ import annotations

from kb.actions.desk import Desk, Done
from kb.actions.permissions import Right
from kb.build.missing import MissingAnswer
from kb.library import log, preferences


def start_build(desk: Desk) -> None:
    """Start a build.

    Raises:
        UserError: The person may not, or no build can be started.
    """
    desk.require(Right.BUILD)
    desk.workspace.build()
    desk.record(log.Act.BUILD)


def cancel_build(desk: Desk) -> None:
    """Ask a build that runs to stop; the old index stays in use.

    Raises:
        UserError: The person may not, or the build is not ours to stop.
    """
    desk.require(Right.BUILD)
    desk.workspace.cancel_build()
    desk.record(log.Act.CANCEL_BUILD)


def answer_missing(desk: Desk, what: MissingAnswer) -> Done[int]:
    """Remove or keep the documents whose files are gone from the library; return how many.

    Raises:
        UserError: The person may not, or it cannot be noted.
    """
    desk.require(Right.REMOVE)
    count = desk.workspace.answer_missing(what)
    act = log.Act.KEEP_MISSING if what is MissingAnswer.KEEP else log.Act.REMOVE_MISSING
    desk.record(act, detail=f"{count} dokument")
    return Done(count, desk.rebuild())


def set_watch(desk: Desk, *, on: bool) -> None:
    """Decide whether files copied into the library folder are noticed.

    Raises:
        UserError: The person may not, or it cannot be saved.
    """
    desk.require(Right.CONFIGURE)
    preferences.set_watch(desk.folder, on)
    desk.record(log.Act.CONFIGURE, detail=f"Bevakningen {'på' if on else 'av'}")
