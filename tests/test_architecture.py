"""The doors: which room may import which. See docs/architecture.md."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kb"

BASE = {"caches", "durable", "errors", "layout", "model", "system", "system_files", "versions"}
READING = BASE | {"swedish"}
DOORS: dict[str, set[str] | None] = {
    "durable": {"system"},
    "errors": set(),
    "layout": set(),
    "model": set(),
    "parent_watch": {"system"},
    "system": set(),
    "system_files": set(),
    "caches": set(),
    "config": {"errors", "system"},
    "logs": {"config"},
    "swedish": BASE,
    "versions": {"caches"},
    "library": BASE,
    "read": READING,
    "repair": READING,
    "parse": READING,
    "knowledge": READING,
    "corrections": READING | {"library"},
    "articles": BASE | {"library"},
    "search": READING | {"config", "logs", "parent_watch"},
    "build": READING | {
        "articles", "config", "corrections", "knowledge", "library", "logs", "parent_watch",
        "parse", "read", "repair", "search",
    },
    "web": READING | {
        "articles", "build", "config", "corrections", "knowledge", "library", "logs",
        "parent_watch", "parse", "read", "search",
    },
    "lab": READING | {
        "articles", "build", "config", "corrections", "knowledge", "library", "parse", "read",
        "repair", "search",
    },
    "cli": None,  # the front door leads everywhere
    "__init__": set(),
    "__main__": {"cli"},
}  # fmt: skip
"""Rooms and the rooms they may import; a room may always import itself."""

OUTSIDE = {
    "flask": ("web",),
    "waitress": ("web",),
    "werkzeug": ("web",),
    "flask_compress": ("web",),
    "flask_limiter": ("web",),
    "flask_wtf": ("web",),
    "icalendar": ("web",),
    "whoosh": ("search.whoosh_engine", "lab.bench.peers.whoosh"),  # the latter is measured
}
"""Packages and the only rooms that know them."""


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


MODULES = [(module_name(path), path) for path in sorted(PACKAGE.rglob("*.py"))]


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the doors"
            assert node.module is not None
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize(("name", "path"), MODULES, ids=[name for name, _ in MODULES])
def test_rooms_import_only_through_their_doors(name: str, path: Path):
    room = name.split(".")[0]
    assert room in DOORS, f"{room} is a new room: say here what it may import"
    allowed = DOORS[room]
    if allowed is None:
        return
    inward = {
        i.split(".")[1] for i in imports(path) if i.startswith("kb.") and i != "kb.__version__"
    }
    assert inward <= allowed | {room}


@pytest.mark.parametrize(("name", "path"), MODULES, ids=[name for name, _ in MODULES])
def test_outside_packages_stay_in_their_room(name: str, path: Path):
    for imported in imports(path):
        home = OUTSIDE.get(imported.split(".")[0])
        assert home is None or name.startswith(home), f"{name} imports {imported}"


def test_only_config_reads_the_environment():
    readers = {name for name, path in MODULES if "os.environ" in path.read_text("utf-8")}
    assert readers <= {"config", "system"}  # the latter hands it on to what is started
