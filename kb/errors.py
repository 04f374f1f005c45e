"""Errors by who can fix them."""

import errno

_BECAUSE = {
    errno.EOPNOTSUPP: "disken klarar inte det",
    errno.ENOSYS: "disken klarar inte det",
    errno.EACCES: "rättigheter saknas",
    errno.EPERM: "rättigheter saknas",
    errno.EROFS: "disken är skrivskyddad",
    errno.ENOSPC: "disken är full",
    errno.EDQUOT: "utrymmet är slut",
    errno.EFBIG: "filen är för stor för disken",
    errno.ENOENT: "den finns inte",
    errno.EEXIST: "den finns redan",
    errno.EISDIR: "det är en mapp",
    errno.ENOTDIR: "det är ingen mapp",
    errno.ENAMETOOLONG: "namnet är för långt",
    errno.EIO: "disken svarar inte som den ska",
    errno.ESTALE: "nätverksmappen svarar inte",
    errno.EADDRNOTAVAIL: "adressen finns inte på den här datorn",
}


class KbError(Exception):
    """Base of every error this program raises on purpose."""


class UserError(KbError):
    """An error that the user can fix; its message is Swedish and safe to show."""


class NotFoundError(UserError):
    """What was asked for does not exist."""


class OperatorError(KbError):
    """An error that the operator must fix; goes to the log, not to the page."""


class Busy(UserError):  # noqa: N818 - nothing went wrong
    """Another process or person is doing it right now."""


class AwaitsRecognition(UserError):  # noqa: N818 - nothing went wrong
    """It cannot be done until something is installed; the message says what."""


def because(error: OSError) -> str:
    """Return in Swedish why the operating system refused something, for the commonest causes."""
    return _BECAUSE.get(error.errno or 0) or error.strerror or str(error)
