"""The stages of a build: one table of the stages and of what a change of each makes stale.

A stage's version follows from the content of its modules (`kb.versions`). A generation records
the versions it was built with; where one differs, what the stage makes is stale.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kb import articles, read
from kb.search.engine import EngineKind
from kb.search.whoosh_engine import WhooshKind
from kb.versions import version_of

ENGINE: EngineKind = WhooshKind()
"""The engine in use."""


class Stale(StrEnum):
    """What is done again when the version of a stage changes."""

    FILES = "files"  # the files it reads are read again; later stages follow where the text differs
    MINUTES = "minutes"  # every document but articles is repaired or parsed again
    ARTICLES = "articles"  # every article is parsed again
    CORRECTED = "corrected"  # every document with corrected facts is put in again
    INDEX = "index"  # every document is put into a new index
    EVERYTHING = "everything"  # every original is examined again, and put into a new index


@dataclass(frozen=True, slots=True)
class Stage:
    """A step on the way from an original to the index.

    Attributes:
        name: Its name in manifests.
        label: What it does, in Swedish, as in "en annan version av …".
        stale: What its change makes stale.
        modules: The modules it is made of; what they import counts as well.
        alone: Modules that count without what they import.
        opens: Whether an index of another version cannot be opened.
    """

    name: str
    label: str
    stale: Stale
    modules: tuple[str, ...]
    alone: tuple[str, ...] = ()
    opens: bool = False

    @property
    def version(self) -> str:
        """A digest that changes whenever the stage's results may change."""
        return version_of(*self.modules, alone=self.alone)


_READING = "läsningen av filer"
_REGISTRY = "kb.read.registry"

STAGES: tuple[Stage, ...] = (
    Stage("reader", _READING, Stale.FILES, (_REGISTRY,)),
    *(
        Stage(f"reader.{kind.name.lower()}", _READING, Stale.FILES,
              (_REGISTRY, *read.modules_of(kind)))
        for kind in read.READERS
    ),
    Stage("repair", "lagningen av skadad text", Stale.MINUTES, ("kb.repair",)),
    Stage("parser", "tolkningen av minnesanteckningar", Stale.MINUTES, ("kb.parse",)),
    Stage("articles", "tolkningen av kunskapssidor", Stale.ARTICLES, ("kb.articles.reading",)),
    Stage("corrections", "rättningen av fakta", Stale.CORRECTED, ("kb.corrections",)),
    Stage("knowledge", "sammanställningen av kunskap", Stale.INDEX, ("kb.knowledge.store",),
          opens=True),
    Stage("analyzer", "den svenska ordanalysen", Stale.INDEX, ("kb.swedish.analysis",)),
    Stage("engine", "sökmotorn", Stale.INDEX, ENGINE.modules, opens=True),
    Stage("build", "bygget", Stale.EVERYTHING, ("kb.build.doubts",),
          alone=("kb.build.plan", "kb.build.process.work", "kb.build.update")),
)  # fmt: skip
"""Every stage, in order of work."""


@cache
def _versions() -> Mapping[str, str]:
    return {stage.name: stage.version for stage in STAGES}


def versions() -> dict[str, str]:
    """Return the version of every stage by name; computed once in a process."""
    return dict(_versions())


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[Stage, ...]:
    """Return the stages whose versions differ; one that was unknown before differs."""
    return tuple(stage for stage in STAGES if before.get(stage.name) != now.get(stage.name))


def labels(stages: Iterable[Stage]) -> list[str]:
    """Return what stages do, in Swedish, each said once."""
    return list(dict.fromkeys(stage.label for stage in stages))


def opens(before: Mapping[str, str]) -> bool:
    """Tell whether this program can open an index of some versions."""
    return not any(stage.opens for stage in changed(before, versions()))


def needs_new_index(before: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Tell whether an index must be made new instead of changed."""
    made_new = (Stale.INDEX, Stale.EVERYTHING)
    return any(stage.stale in made_new for stage in changed(before, now))


def reader_of(path: str) -> str:
    """Return the name of the stage that reads a library path."""
    kind = read.named_kind(path)
    return f"reader.{kind.name.lower()}" if kind in read.READERS else "reader"


def concerns(stage: Stage, path: str, *, corrected: bool) -> bool:
    """Tell whether a change of a stage may change what is derived from an original.

    Args:
        stage: The stage.
        path: The original's library path.
        corrected: Whether people have corrected facts in it.
    """
    match stage.stale:
        case Stale.FILES:
            return stage.name == reader_of(path)
        case Stale.MINUTES:
            return not articles.is_article(path)
        case Stale.ARTICLES:
            return articles.is_article(path)
        case Stale.CORRECTED:
            return corrected
        case Stale.INDEX:
            return False
        case Stale.EVERYTHING:
            return True
