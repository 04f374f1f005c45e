"""Settings of a library, in a file that can be edited by hand."""

from __future__ import annotations

import tomllib
from pathlib import Path

import tomlkit

from kb import durable, layout
from kb.errors import UserError, because

_WATCH = "bevaka"


def watch(library: Path) -> bool | None:
    """Tell whether files put into the library by other means are to be noticed by themselves.

    Returns:
        None if nobody has decided it, or what is decided cannot be read.
    """
    try:
        said = tomllib.loads((library / layout.PREFERENCES).read_text("utf-8")).get(_WATCH)
    except (OSError, ValueError):
        return None
    return said if isinstance(said, bool) else None


def set_watch(library: Path, on: bool) -> None:
    """Decide it; what else stands in the file stays.

    Raises:
        UserError: The file cannot be written, or holds what is no TOML.
    """
    file = library / layout.PREFERENCES
    try:
        document = tomlkit.parse(file.read_text("utf-8")) if file.exists() else tomlkit.document()
        document[_WATCH] = on
        durable.replace(file, tomlkit.dumps(document).encode())
    except OSError as error:
        raise UserError(f"Inställningen gick inte att spara: {because(error)}.") from error
    except ValueError as error:
        raise UserError(
            f"Filen {layout.PREFERENCES} i biblioteket är skadad. Rätta den för hand."
        ) from error
