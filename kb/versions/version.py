"""The version of modules: a digest of all that they depend on."""

from __future__ import annotations

import hashlib
import re
import sys
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import metadata

from kb.versions.closure import closure_of
from kb.versions.sources import Source, default_sources

_DISTRIBUTIONS = {"PIL": "pillow", "docx": "python-docx", "whoosh": "whoosh-reloaded"}
"""Packages by the names they are imported under, where these differ."""

_CARRIERS = frozenset(
    {"filelock", "msgspec", "platformdirs", "tomlkit", "tqdm", "typing-extensions"}
)
"""Packages that do not affect results."""

_REQUIREMENT = re.compile(r"[A-Za-z0-9][\w.-]*")


@cache
def version_of(*modules: str, alone: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> str:
    """Return a digest that changes with anything that modules depend on.

    Args:
        modules: Dotted names, as "kb.parse".
        alone: Those that count without what they import.
        without: Those that do not count, nor what only they import.

    Raises:
        KeyError: There is no such module.
    """
    return compute(_sources(), *modules, alone=alone, without=without)


@cache
def imports(module: str, *modules: str) -> bool:
    """Tell whether one of `modules` imports a module, directly or indirectly.

    Raises:
        KeyError: There is no such module.
    """
    found = closure_of(_sources(), modules).modules
    return bool(closure_of(_sources(), (), (module,)).modules & found)


def compute(
    sources: Mapping[str, Source],
    *modules: str,
    alone: tuple[str, ...] = (),
    without: tuple[str, ...] = (),
) -> str:
    """Return the version of modules among `sources`; see `version_of`."""
    found = closure_of(sources, modules, alone, without)
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(found.modules | found.data):
        digest.update(f"{path}\0".encode())
        digest.update(sources[path].digest)
    packages = {line for name in found.packages for line in _package(name)}
    digest.update("\n".join(sorted(packages)).encode())
    python = f"\n{sys.version_info[:2]} {unicodedata.unidata_version}"
    digest.update(python.encode())
    return digest.hexdigest()


@cache
def _sources() -> Mapping[str, Source]:
    """Return the files of this program as they were at the first call."""
    return default_sources().by_path


@cache
def _package(name: str) -> frozenset[str]:
    """Return the versions of an imported package and of all that it requires in turn."""
    known = _DISTRIBUTIONS.get(name, name)
    try:
        metadata.distribution(known)
    except metadata.PackageNotFoundError:
        known = next(iter(metadata.packages_distributions().get(name, ())), name)
    seen: dict[str, str] = {}
    waiting = [known]
    while waiting:
        package = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if package in seen or package in _CARRIERS:
            continue
        try:
            distribution = metadata.distribution(package)
        except metadata.PackageNotFoundError:  # such as one that only other systems need
            seen[package] = "none"
            continue
        seen[package] = distribution.version
        waiting += _required(distribution.requires or ())
    return frozenset(f"{package} {version}" for package, version in seen.items())


def _required(requirements: list[str] | tuple[str, ...]) -> list[str]:
    """Return the names of the packages that a package requires, without optional ones."""
    return [
        found[0]
        for one in requirements
        if "extra ==" not in one.replace("'", '"') and (found := _REQUIREMENT.match(one))
    ]
