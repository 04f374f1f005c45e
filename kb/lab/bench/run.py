"""`kb bench`: build, search and serve a library, alternating between ours and other engines."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kb.lab.bench import agree, corpus, http, measure, report
from kb.lab.bench.peers.base import PeerEngine, PeerKind
from kb.lab.bench.peers.bm25s import Bm25s
from kb.lab.bench.peers.fts5 import Fts5
from kb.lab.bench.peers.ours import Ours
from kb.lab.bench.peers.tantivy import Tantivy
from kb.lab.bench.peers.whoosh import Stock
from kb.lab.bench.peers.xapian import Xapian
from kb.lab.bench.questions import draw
from kb.lab.bench.samples import samples
from kb.model import Document

PEERS: tuple[PeerKind, ...] = (Tantivy(), Fts5(), Bm25s(), Xapian(), Stock())

CLIENTS = (1, 4, 16)

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchPlan:
    """What to measure.

    Attributes:
        shared: Folder with the passages.
        documents: Size of the library.
        words: Words of a document on average.
        rounds: How often each question is asked.
        peers: Names of the other engines to ask; those not installed are left out.
        pages: Whether to put the search page under load too.
        folder: Where the indexes are kept for reuse; None to delete them afterwards.
    """

    shared: Path
    documents: int
    words: int = corpus.WORDS
    rounds: int = 5
    peers: tuple[str, ...] = tuple(peer.name for peer in PEERS)
    pages: bool = True
    folder: Path | None = None


def run(plan: BenchPlan, say: Say) -> bool:
    """Measure and print the tables; tell whether all engines gave the same answers."""
    if plan.folder is not None:
        return _run(plan, plan.folder, say)
    with tempfile.TemporaryDirectory() as folder:
        return _run(plan, Path(folder), say)


def _run(plan: BenchPlan, folder: Path, say: Say) -> bool:
    root = folder / f"{plan.documents}x{plan.words}"
    say(f"## {plan.documents:,} documents of {plan.words} words\n")
    chosen = [peer for peer in PEERS if peer.name in plan.peers]
    for peer in chosen:
        if not peer.available():
            say(f"{peer.name} is not installed and left out.")
    here = [peer for peer in chosen if peer.available()]
    built = {}
    ours = root / Ours.name
    if not (ours / "done").exists():
        built[Ours.name] = _fresh(ours, build_ours, plan)
    for peer in here:
        if not (root / peer.name / "done").exists():
            built[peer.name] = _fresh(root / peer.name, build_peer, plan, peer)
    if built:
        say(report.building(built) + "\n")

    questions = draw(samples(_documents(plan)))
    openings: dict[str, Callable[[], PeerEngine]] = {Ours.name: partial(Ours().open, ours)}
    openings |= {peer.name: partial(peer.open, root / peer.name) for peer in here}
    asked = measure.ask_by_turns(openings, questions, plan.rounds)
    say(report.opening(asked) + "\n")
    for lean in (False, True):
        say(report.asking(asked, questions, lean=lean) + "\n")
        say(report.ratios(asked, questions, lean=lean) + "\n")
    if plan.pages:
        pages = http.addresses(questions)
        say(report.loads(http.run(ours, pages, CLIENTS)) + "\n")
    differences = agree.differences(asked, questions)
    for line in differences:
        say(line)
    say("All engines found the same documents." if not differences else "")
    return not differences


def _fresh(
    folder: Path, make: Callable[..., measure.Built], plan: BenchPlan, *more: PeerKind
) -> measure.Built:
    shutil.rmtree(folder, ignore_errors=True)
    built = measure.in_own_process(make, folder, plan, *more)
    (folder / "done").touch()
    return built


def build_ours(folder: Path, plan: BenchPlan) -> measure.Built:
    """Build our index with the full analysis; runs in a separate process."""
    return measure.build(Ours().build, folder, _documents(plan))


def build_peer(folder: Path, plan: BenchPlan, peer: PeerKind) -> measure.Built:
    """Build another engine's index of ready tokens; runs in a separate process."""
    return measure.build(peer.build, folder, samples(_documents(plan)))


def _documents(plan: BenchPlan) -> Iterator[Document]:
    return corpus.documents(corpus.load(plan.shared), plan.documents, words=plan.words)
