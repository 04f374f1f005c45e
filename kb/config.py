"""Settings: where things lie and where to listen; the only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kb.errors import UserError


@dataclass(frozen=True, slots=True)
class Settings:
    """How this installation is set up.

    Attributes:
        library: Folder of originals (`KB_LIBRARY`).
        index: Folder of the built index (`KB_INDEX`).
        host: Address to listen on (`KB_HOST`).
        port: Port to listen on (`KB_PORT`).
        threads: Requests answered at once (`KB_THREADS`).
        shared: Folder of evaluation data (`KB_SHARED`).
    """

    library: Path = Path("seeds")
    index: Path = Path("index")
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 4
    shared: Path = Path("../shared")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read settings from `environ`.

        Raises:
            UserError: A value cannot be understood; the message names it.
        """
        settings = cls()
        for name in ("library", "index", "shared"):
            if value := environ.get(f"KB_{name.upper()}"):
                settings = replace(settings, **{name: Path(value)})
        if host := environ.get("KB_HOST"):
            settings = replace(settings, host=host)
        for name, highest in (("port", 65_535), ("threads", 256)):
            if value := environ.get(f"KB_{name.upper()}"):
                number = _number(f"KB_{name.upper()}", value, highest)
                settings = replace(settings, **{name: number})
        return settings


def _number(name: str, value: str, highest: int) -> int:
    if not value.isdecimal() or not 1 <= int(value) <= highest:
        raise UserError(f"{name} ska vara ett heltal från 1 till {highest}, inte ”{value}”.")
    return int(value)
