"""What is imported is declared, and what is declared is imported."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LAB = ROOT / "kb" / "lab"
NOT_FROM_INDEXES = {"xapian"}
"""Packages of the measuring tools that come with the system."""


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(requirements: list[str]) -> set[str]:
    return {
        normal(re.split(r"[^\w.-]", requirement, maxsplit=1)[0]) for requirement in requirements
    }


DECLARED = declared(PROJECT["dependencies"])
MEASURING = DECLARED.union(*map(declared, PROJECT["optional-dependencies"].values()))
DISTRIBUTIONS = packages_distributions()


def imports(path: Path) -> Iterator[str]:
    """Yield the packages from elsewhere that a module imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules = [node.module]
        else:
            continue
        for package in {module.split(".")[0] for module in modules}:
            if package not in sys.stdlib_module_names and package != "kb":
                yield package


def distributions(package: str) -> set[str]:
    return {normal(name) for name in DISTRIBUTIONS.get(package, [package])}


def test_every_package_that_is_imported_is_declared():
    for path in (ROOT / "kb").rglob("*.py"):
        allowed = MEASURING if path.is_relative_to(LAB) else DECLARED
        for package in set(imports(path)) - NOT_FROM_INDEXES:
            assert distributions(package) & allowed, f"{path} imports {package}"


def test_every_package_that_is_declared_is_imported():
    used = {
        name
        for path in (ROOT / "kb").rglob("*.py")
        if not path.is_relative_to(LAB)
        for package in imports(path)
        for name in distributions(package)
    }
    assert used >= DECLARED, DECLARED - used


def test_the_versions_of_python_are_named_from_the_lowest_on():
    lowest = int(PROJECT["requires-python"].removeprefix(">=3."))
    named = re.findall(r"Python :: 3\.(\d+)", " ".join(PROJECT["classifiers"]))
    assert [int(minor) for minor in named] == list(range(lowest, lowest + len(named)))
    assert named
    assert PROJECT["authors"]
