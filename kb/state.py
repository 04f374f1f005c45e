"""The state folder: keys that survive a deleted index, readable by the program's account only.

It is kept apart from the library, which may be a share that many can read, and from the index,
which can be deleted and built again at any time. There is one for each library.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from kb import durable, layout
from kb.errors import UserError, because

_APPLICATION = "minnesbanken"


@dataclass(frozen=True, slots=True)
class State:
    """The content of a state folder.

    Attributes:
        folder: The folder, mode 0700.
        secret: Signs forms and sessions.
        token: Gives its holder the right to change things.
    """

    folder: Path
    secret: bytes
    token: str

    @property
    def forms(self) -> Path:
        """Folder with the outcome of recently sent forms."""
        return self.folder / layout.STATE_FORMS

    @property
    def mark(self) -> str:
        """The suffix of this library's cookies, since those of others on the machine differ."""
        return hashlib.sha256(self.secret).hexdigest()[:8]


def state_folder(library: Path, chosen: Path | None = None) -> Path:
    """Return the state folder of a library: the chosen one, or the system's usual place."""
    if chosen:
        return chosen
    place = library.resolve()
    digest = hashlib.sha256(str(place).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    folder = platformdirs.user_state_path(_APPLICATION, appauthor=False)
    return folder / f"{place.name}-{digest}"


def open_state(folder: Path) -> State:
    """Open a state folder; it and its keys are made if missing.

    Raises:
        UserError: It cannot be read or written.
    """
    try:
        durable.private_folder(folder)
        folder.chmod(durable.PRIVATE_FOLDER)
        secret = _kept(folder / layout.STATE_SECRET, lambda: secrets.token_bytes(32))
        token = _kept(folder / layout.STATE_KEY, lambda: secrets.token_urlsafe(32).encode())
        return State(folder, secret, token.decode("ascii").strip())
    except OSError as error:
        raise UserError(
            f"Mappen ”{folder}”, där nycklar sparas, går inte att använda: {because(error)}. "
            "Välj en annan med KB_STATE."
        ) from error
    except UnicodeDecodeError as error:
        raise UserError(
            f"Nyckeln i ”{folder}” är skadad. Ta bort filen ”{layout.STATE_KEY}” så skapas en ny."
        ) from error


def _kept(file: Path, make: Callable[[], bytes]) -> bytes:
    """Return the content of a key file; of several processes that would create it, one does."""
    if not file.exists():
        with suppress(FileExistsError):
            durable.create(file, make(), private=True)
    file.chmod(durable.PRIVATE_FILE)
    content = file.read_bytes()
    if len(content) < 32:  # incomplete, or emptied by hand: an empty key would admit everybody
        durable.replace(file, make())
        content = file.read_bytes()
    return content
