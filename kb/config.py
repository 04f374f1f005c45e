"""Settings: folders and addresses; the only reader of the environment."""

from __future__ import annotations

import getpass
import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from kb import system
from kb.errors import UserError


def _processes() -> int:
    """Return the default number of processes: one for each core, where they can share a port."""
    return system.cores() if system.POSIX else 1


@dataclass(frozen=True, slots=True)
class Settings:
    """How this installation is set up.

    Attributes:
        library: Folder of originals (`KB_LIBRARY`).
        index: Folder of the built index (`KB_INDEX`).
        host: Address to listen on (`KB_HOST`).
        port: Port to listen on (`KB_PORT`).
        threads: Requests that each process answers at once (`KB_THREADS`).
        processes: Processes that answer requests (`KB_PROCESSES`).
        shared: Folder of evaluation data (`KB_SHARED`).
        proxies: Addresses or networks of the proxies in front whose `X-Forwarded-For` is trusted
            (`KB_PROXIES`, separated by commas).
        watch: Whether a running server watches the library for new files (`KB_WATCH`: 1 or 0).
        state: Folder of keys that survives a deleted index (`KB_STATE`); None for the usual one,
            `kb.state.state_folder`.
        everybody: Whether everybody who reaches the pages may do everything (`KB_RIGHTS`: `alla`),
            or only those who have opened the start-up link (`länk`, the default).
        public: The address readers use if a proxy serves the pages under another name
            (`KB_PUBLIC`, as `https://minnen.kommunen.se`), empty if none does.
    """

    library: Path = Path("seeds")
    index: Path = Path("index")
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 2
    processes: int = field(default_factory=_processes)
    shared: Path = Path("../shared")
    watch: bool = False
    proxies: tuple[str, ...] = ()
    state: Path | None = None
    everybody: bool = False
    public: str = ""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read settings from `environ`.

        Raises:
            UserError: A value cannot be understood; the message names it.
        """
        default = cls()

        def path(name: str, fallback: Path) -> Path:
            return Path(environ[name]) if environ.get(name) else fallback

        def number(name: str, fallback: int, highest: int) -> int:
            return _number(name, environ[name], highest) if environ.get(name) else fallback

        return cls(
            library=path("KB_LIBRARY", default.library),
            index=path("KB_INDEX", default.index),
            host=environ.get("KB_HOST") or default.host,
            port=number("KB_PORT", default.port, 65_535),
            threads=number("KB_THREADS", default.threads, 256),
            processes=number("KB_PROCESSES", default.processes, 256),
            shared=path("KB_SHARED", default.shared),
            watch=_switch("KB_WATCH", environ.get("KB_WATCH", "")),
            proxies=_networks("KB_PROXIES", environ.get("KB_PROXIES", "")),
            state=Path(environ["KB_STATE"]) if environ.get("KB_STATE") else None,
            everybody=_everybody(environ.get("KB_RIGHTS", "")),
            public=_public(environ.get("KB_PUBLIC", "")),
        )


LOG_LEVELS = ("debug", "info", "warning", "error")
"""What `KB_LOG` may be."""


def log_level(environ: Mapping[str, str] = os.environ) -> str:
    """Return the lowest level that is logged (`KB_LOG`), "warning" unless set.

    Raises:
        UserError: It is none of `LOG_LEVELS`.
    """
    level = environ.get("KB_LOG") or "warning"
    if level not in LOG_LEVELS:
        raise UserError(f"KB_LOG ska vara {', '.join(LOG_LEVELS)}, inte ”{level}”.")
    return level


def _number(name: str, value: str, highest: int) -> int:
    if not value.isdecimal() or not 1 <= int(value) <= highest:
        raise UserError(f"{name} ska vara ett heltal från 1 till {highest}, inte ”{value}”.")
    return int(value)


def _networks(name: str, value: str) -> tuple[str, ...]:
    networks = tuple(filter(None, (part.strip() for part in value.split(","))))
    for network in networks:
        try:
            ipaddress.ip_network(network, strict=False)
        except ValueError as error:
            raise UserError(
                f"{name} ska vara adresser eller nät med komma emellan, som "
                f"127.0.0.1,10.0.0.0/8, inte ”{network}”."
            ) from error
    return networks


def _switch(name: str, value: str) -> bool:
    if value not in ("", "0", "1"):
        raise UserError(f"{name} ska vara 1 (på) eller 0 (av), inte ”{value}”.")
    return value == "1"


def _everybody(value: str) -> bool:
    if value not in ("", "länk", "alla"):
        raise UserError(f"KB_RIGHTS ska vara länk eller alla, inte ”{value}”.")
    return value == "alla"


def _public(value: str) -> str:
    try:
        parts = urlsplit(value)
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/")
        sound = sound and not (parts.query or parts.fragment or "@" in parts.netloc)
    except ValueError:
        sound = False
    if value and not sound:
        raise UserError(
            f"KB_PUBLIC ska vara en adress som https://minnen.kommunen.se, inte ”{value}”."
        )
    return value.rstrip("/").lower()


@cache
def operator() -> str:
    """Return the account name of the user who runs the program."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # as in a container without accounts
        return "okänd"
