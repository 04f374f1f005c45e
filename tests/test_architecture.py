"""The doors: which room may import which. See docs/architecture.md."""

from __future__ import annotations

import ast
import pydoc
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
    "state": {"durable", "errors", "layout"},
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
    "actions": BASE | {"articles", "build", "corrections", "knowledge", "library", "read"},
    "web": READING | {
        "actions", "articles", "build", "config", "corrections", "knowledge", "library", "logs",
        "parent_watch", "parse", "read", "search", "state",
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


WRITERS = {
    "kb.articles.store.Articles": ("create", "save"),
    "kb.build.intake": ("answer", "receive", "take_in", "take_received"),
    "kb.corrections": ("add", "add_fact", "replace_fact", "undo", "undo_fact"),
    "kb.corrections.files": ("edit",),
    "kb.knowledge.name_decisions": ("decide", "undecide"),
    "kb.library.inbox": ("drop", "hold"),
    "kb.library.log": ("events", "record"),
    "kb.library.preferences": ("set_watch",),
    "kb.library.receipts": ("find", "keep", "tell"),
    "kb.library.trash": ("empty", "remove", "removed", "restore"),
}
"""What changes a library, or reads what not everybody may: for `kb.actions` alone."""


def test_what_writes_is_there():
    for place, names in WRITERS.items():
        room, _, last = place.rpartition(".")
        holder = pydoc.locate(place)
        assert holder is not None, (room, last)
        assert [name for name in names if not hasattr(holder, name)] == [], place


@pytest.mark.parametrize(
    ("name", "path"),
    [(name, path) for name, path in MODULES if name.split(".")[0] in ("web", "cli")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_pages_and_command_line_only_translate(name: str, path: Path):
    forbidden = {f"{place}.{one}" for place, names in WRITERS.items() for one in names}
    assert not (uses(path) & forbidden) - SHOWN_ON_A_PAGE.get(name, set())


SHOWN_ON_A_PAGE = {"cli.index": {"kb.library.trash.removed"}}
"""`kb status` counts what is in the bin, for whoever can list the folder."""


def uses(path: Path) -> set[str]:
    """Return the dotted names a module uses, as far as its imports tell; of methods, all alike."""
    tree = ast.parse(path.read_text("utf-8"))
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    found = set(known.values())
    articles = "kb.articles.store.Articles"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.add(f"{known.get(node.value.id, node.value.id)}.{node.attr}")
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and articles in found
        ):
            found.add(f"{articles}.{node.func.attr}")
    return found


def test_roles_are_compared_in_one_place():
    knows = {name for name, path in MODULES if "AccessRole" in path.read_text("utf-8")}
    assert knows == {"actions.permissions", "web.identity", "cli.desk"}


def test_only_config_reads_the_environment():
    readers = {name for name, path in MODULES if "os.environ" in path.read_text("utf-8")}
    assert readers <= {"config", "system"}  # the latter hands it on to what is started
