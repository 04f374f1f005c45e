"""The region a library is about: its municipalities, topics and typical searches."""

from __future__ import annotations

import logging
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec

from kb import layout

_log = logging.getLogger(__name__)


class Region(msgspec.Struct, frozen=True):
    """What pages offer that is particular to a region; field names are those of the file.

    Attributes:
        kommuner: Municipalities that stand beside each other in the overview.
        amnen: Topics offered there.
        exempel: Searches offered on the start page.
    """

    kommuner: tuple[str, ...]
    amnen: tuple[str, ...]
    exempel: tuple[str, ...]


@cache
def default() -> Region:
    """Return the region that a library has until it says otherwise."""
    text = resources.files("kb.library").joinpath("data", "region.toml").read_text("utf-8")
    return msgspec.toml.decode(text, type=Region)


def load(library: Path) -> Region:
    """Return the region of a library: the default with what its settings say in `[region]`.

    Settings that cannot be read change nothing and are reported in the log, since a slip in a
    hand-written file must not take a page down.
    """
    file = library / layout.PREFERENCES
    try:
        said = tomllib.loads(file.read_text("utf-8")).get("region", {})
        return msgspec.convert({**msgspec.to_builtins(default()), **said}, Region)
    except FileNotFoundError:
        return default()
    except (OSError, ValueError, TypeError) as error:  # msgspec's own errors are ValueErrors
        _log.warning("the region in %s cannot be used: %s", file, error)
        return default()
