"""The dependencies of modules: other modules, data files and packages."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.versions.sources import Source

_APART = ("versions/", "caches.py")
"""Modules that decide where results are kept and when they are valid, never what they are."""


@dataclass(frozen=True, slots=True)
class Closure:
    """What some modules depend on.

    Attributes:
        modules: Paths of modules, the ones asked about included.
        data: Paths of data files.
        packages: Top-level names of imported packages that are not of Python itself.
    """

    modules: frozenset[str]
    data: frozenset[str]
    packages: frozenset[str]


def closure_of(
    sources: Mapping[str, Source],
    modules: tuple[str, ...],
    alone: tuple[str, ...] = (),
    without: tuple[str, ...] = (),
) -> Closure:
    """Return what modules depend on.

    Args:
        sources: Every file of the program by path.
        modules: Dotted names, as "kb.parse".
        alone: Those that count without what they import.
        without: Those that do not count, nor what only they import.

    Raises:
        KeyError: There is no such module.
    """
    seen: set[str] = set()
    packages: set[str] = set()
    waiting = [_required(sources, name) for name in modules]
    left_out = {_required(sources, name) for name in without}
    while waiting:
        path = waiting.pop()
        if path in seen or path in left_out or path.startswith(_APART):
            continue
        seen.add(path)
        waiting += _ancestors(sources, path)
        for imported in sources[path].imports:
            if imported.split(":")[0].split(".")[0] == "kb":
                waiting += _imported(sources, imported)
            elif (top := imported.split(":")[0].split(".")[0]) not in sys.stdlib_module_names:
                packages.add(top)
        named = (_path(sources, name) for name in sources[path].names if name[:3] == "kb.")
        waiting += (module for module in named if module)
    seen |= {_required(sources, name) for name in alone}
    return Closure(frozenset(seen), frozenset(_data(sources, seen)), frozenset(packages))


def _path(sources: Mapping[str, Source], module: str) -> str | None:
    """Return the path of a module of the program, or None if there is none of that name."""
    below = module.removeprefix("kb").lstrip(".").replace(".", "/")
    for path in (f"{below}.py", f"{below}/__init__.py" if below else "__init__.py"):
        if path in sources:
            return path
    return None


def _required(sources: Mapping[str, Source], module: str) -> str:
    path = _path(sources, module)
    if path is None:
        raise KeyError(module)
    return path


def _imported(sources: Mapping[str, Source], imported: str) -> Iterator[str]:
    """Yield the module that an import names: "kb.a:b" is the module b, or a name in kb.a."""
    module, _, name = imported.partition(":")
    found = (name and _path(sources, f"{module}.{name}")) or _path(sources, module)
    if found:
        yield found


def _ancestors(sources: Mapping[str, Source], path: str) -> Iterator[str]:
    """Yield the packages around a module that do something when they are imported.

    Most only re-export names of their modules, and have no effect.
    """
    parts = path.split("/")[:-1]
    for depth in range(len(parts) + 1):
        around = "/".join([*parts[:depth], "__init__.py"])
        if around in sources and sources[around].acts:
            yield around


def _data(sources: Mapping[str, Source], modules: set[str]) -> Iterator[str]:
    """Yield the data files of modules: those they name, and those of their rooms that none names.

    A name means the file of the module's own room if there is one, else those of all rooms.
    """
    by_name: defaultdict[str, set[str]] = defaultdict(set)
    for path in sources:
        if path.rpartition(".")[2] != "py":
            by_name[path.rpartition("/")[2]].add(path)
    taken: set[str] = set()
    for path, source in sources.items():
        for name in source.names:
            found = by_name.get(name.rpartition("/")[2], set())
            meant = {one for one in found if _room(one) == _room(path)} or found
            taken |= meant
            if path in modules:
                yield from meant
    rooms = {_room(path) for path in modules}
    for path in sources:
        if not path.endswith(".py") and path not in taken and _room(path) in rooms:
            yield path


def _room(path: str) -> str:
    return path.partition("/")[0]
