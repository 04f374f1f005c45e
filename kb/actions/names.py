"""Decisions about names: whether two of them are one person."""

from __future__ import annotations

from enum import StrEnum

from kb.actions.desk import Desk, Done
from kb.actions.permissions import Right
from kb.errors import UserError
from kb.knowledge import name_decisions
from kb.library import log


class NameVerdict(StrEnum):
    """What can be decided about two names; the values are form values."""

    SAME = "samma"
    APART = "olika"
    UNDECIDED = "angra"


_SAID = {
    NameVerdict.SAME: "är samma person",
    NameVerdict.APART: "är olika personer",
    NameVerdict.UNDECIDED: "är inte längre avgjort",
}


def decide_names(desk: Desk, one: str, other: str, verdict: NameVerdict) -> Done[str]:
    """Save the decision about two names, replacing an earlier one.

    Returns:
        What was decided, in a Swedish sentence.

    Raises:
        UserError: The person may not, the names are no pair, or it cannot be saved.
    """
    desk.require(Right.DECIDE_NAMES)
    if not one or not other or one == other:
        raise UserError("Ange två olika namn.")
    pair = one, other
    if verdict is NameVerdict.UNDECIDED:
        name_decisions.undecide(desk.folder, pair)
    else:
        same = verdict is NameVerdict.SAME
        name_decisions.decide(desk.folder, pair, desk.person.name, same=same)
    said = f"{one} och {other} {_SAID[verdict]}."
    desk.record(log.Act.DECIDE, detail=said)
    return Done(said, desk.rebuild())
