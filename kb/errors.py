"""What can go wrong, sorted by who can mend it."""


class KbError(Exception):
    """Base of every error this program raises on purpose."""


class UserError(KbError):
    """Something the user can mend; its message is Swedish and safe to show."""


class OperatorError(KbError):
    """Something whoever runs the program must mend; goes to the log, not to the page."""


class Busy(UserError):  # noqa: N818 - nothing went wrong
    """Something that somebody else is doing right now."""


class Waiting(UserError):  # noqa: N818 - nothing went wrong
    """Something that cannot be done yet, and what it waits for."""
