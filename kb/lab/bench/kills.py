"""Kills uploads and builds at random moments and checks that nothing is lost.

    python -m kb.lab.bench.kills [--kills 200] [--texts seeds]

Between two kills files are uploaded, removed and corrected. After each kill the old or the
new index must answer, every acknowledged upload must be in the library, or in the inbox
for the build to take in, as it was sent, and the counts of the status must add up
to the files in the folder; after all kills one build must repair everything.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kb import corrections, layout
from kb.build import generations, missing, pipeline
from kb.build.status import status
from kb.lab.bench.library import fill, lines_of, minutes
from kb.library import Library, inbox
from kb.model import Correction
from kb.search.query import Query

_UPLOAD = """
import sys
from pathlib import Path
from kb.build.intake import take_in
from kb.library import Library
library = Library(Path(sys.argv[1]))
for file in map(Path, sys.argv[2:]):
    for receipt in take_in(library, file.name, file.read_bytes(), "x"):
        print(receipt.outcome.value, receipt.path, flush=True)
"""

_RECEIVE = """
import sys
from pathlib import Path
from kb.build.intake import receive
from kb.library import Library
files = [(file.name, file.read_bytes()) for file in map(Path, sys.argv[2:])]
receive(Library(Path(sys.argv[1])), files, "x")
print("received", flush=True)
"""

_START = 40
"""Documents at the start."""

_UPLOADED = 3
"""Files sent in one upload."""


@dataclass
class Trial:
    """The library under test.

    Attributes:
        folder: Its folder.
        lines: Lines of minutes.
        chance: Chooses moments and victims.
        acknowledged: Digest by path of every file that must be in the library.
        received: Digest of every file that was received, to be taken in by a build.
        removed: Words of files that must be gone.
        kills: How many processes were killed before they were done.
        made: How many minutes have been made up.
        whole: How many seconds the last completed build took.
    """

    folder: Path
    lines: list[str]
    chance: random.Random
    acknowledged: dict[str, str] = field(default_factory=dict)
    received: set[str] = field(default_factory=set)
    removed: list[str] = field(default_factory=list)
    kills: int = 0
    made: int = _START
    whole: float = 1.0

    @property
    def library(self) -> Path:
        """The originals."""
        return self.folder / "library"

    @property
    def index(self) -> Path:
        """The index."""
        return self.folder / "index"

    def begin(self, texts: Path) -> None:
        """Fill the library and build it, and measure how long a build of changes takes."""
        for file in fill(self.library, texts, range(_START)):
            path = file.relative_to(self.library).as_posix()
            self.acknowledged[path] = _digest(file)
        pipeline.build(self.library, self.index)
        self.change()
        self.build_and_kill(600)

    def build(self) -> subprocess.Popen[bytes]:
        """Start a build."""
        command = [sys.executable, "-m", "kb", "build", str(self.library)]
        return subprocess.Popen(
            [*command, "--index", str(self.index)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def upload(self, seconds: float, program: str) -> None:
        """Upload files, and kill the receiver after so many seconds unless it is done."""
        sent = self.folder / "sent"
        sent.mkdir(exist_ok=True)
        digests = {}
        for number in range(self.made, self.made + _UPLOADED):
            file = sent / f"upload {number}.txt"
            file.write_text(minutes(number, self.lines), "utf-8")
            digests[file.name] = _digest(file)
        self.made += _UPLOADED
        command = [sys.executable, "-c", program, str(self.library)]
        receiver = subprocess.Popen(
            [*command, *(str(sent / name) for name in digests)], stdout=subprocess.PIPE
        )
        self._kill(receiver, seconds)
        told = receiver.communicate()[0].decode().splitlines()
        for line in told:
            outcome, _, path = line.partition(" ")
            if outcome == "added":
                self.acknowledged[path] = digests[path]
            elif outcome == "received":
                self.received.update(digests.values())

    def change(self) -> None:
        """Add, remove, replace and correct a document each."""
        number, self.made = self.made, self.made + 1
        file = self.library / f"copied {number}.txt"
        file.write_text(minutes(number, self.lines), "utf-8")
        self.acknowledged[file.name] = _digest(file)
        gone, replaced, corrected = self.chance.sample(sorted(self.acknowledged), 3)
        self.removed.append(_word(self.library / gone))
        (self.library / gone).unlink()
        del self.acknowledged[gone]
        self.removed.append(_word(self.library / replaced))
        number, self.made = self.made, self.made + 1
        (self.library / replaced).write_text(minutes(number, self.lines), "utf-8")
        self.acknowledged[replaced] = _digest(self.library / replaced)
        corrections.add(self.library / corrected, Correction("och", self.chance.choice("abc")))

    def build_and_kill(self, seconds: float) -> None:
        """Start a build and kill it after so many seconds unless it is done."""
        started, before = time.monotonic(), self.kills
        self._kill(self.build(), seconds)
        if self.kills == before:
            self.whole = time.monotonic() - started

    def _kill(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            self.kills += 1

    def check(self) -> None:
        """Check that nothing is lost.

        Raises:
            AssertionError: Something is lost.
        """
        generation = generations.current(self.index)
        _see(generation is not None, "there is no index")
        assert generation
        engine = pipeline.open_engine(generation)
        manifest = generation.manifest()
        _see(engine.ids() == manifest.documents.keys(), "the index does not hold what it says")
        _see(bool(engine.search(Query("möte")).total), "the index does not answer")
        engine.close()
        for path, digest in self.acknowledged.items():
            _see(_digest(self.library / path) == digest, f"{path} is not as it was sent")
        waiting = {
            hashlib.sha256(inbox.content(self.library, one)).hexdigest()
            for one in inbox.held(self.library)
        }
        _see(self.received <= waiting | self._stored(), "something received is lost")
        state = status(self.library, self.index)
        _see(state.tally.total == len(Library(self.library).originals()), "numbers do not add up")

    def _stored(self) -> set[str]:
        return {_digest(original.file) for original in Library(self.library).originals()}

    def mend(self) -> None:
        """Build once more and check that everything is as it should be.

        Raises:
            AssertionError: Something is wrong.
        """
        _see(self.build().wait() == 0, "the last build failed")
        if gone := status(self.library, self.index).missing:  # removed by hand, many at once
            missing.answer(self.index, gone, missing.MissingAnswer.REMOVE)
            _see(self.build().wait() == 0, "the build that removes what is missing failed")
        self.check()
        state = status(self.library, self.index)
        _see(state.ok, f"not mended: {state.message}")
        generation = generations.current(self.index)
        assert generation
        manifest = generation.manifest()
        shown = manifest.documents.keys() | manifest.duplicates.keys()
        _see(self.acknowledged.keys() <= shown, "something acknowledged is not shown")
        _see(self.received <= self._stored(), "something received was not taken in")
        _see(not inbox.held(self.library), "something waits that was taken in")
        engine = pipeline.open_engine(generation)
        for word in self.removed:
            _see(engine.search(Query(f'"{word}"')).total == 0, f"{word} can still be found")
        engine.close()
        _see(
            len(list(self.index.glob(f"{layout.GENERATION}*"))) <= 2, "generations are left behind"
        )
        derived = {file.name for file in (self.index / layout.DERIVED).glob("*/*")}
        held = {*manifest.documents.values(), *manifest.duplicates.values()}
        _see(derived <= {entry.sha256 for entry in held}, "derived text is left behind")


def children(pid: int) -> set[int]:
    """Return the processes that a process has started (Linux)."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it has ended
        if parent == pid:
            found.add(int(stat.parent.name))
    return found


def is_alive(pid: int) -> bool:
    """Tell whether a process runs and is not a zombie (Linux)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(holds: Callable[[], bool], seconds: float = 90) -> None:
    """Wait until a condition is true.

    Raises:
        AssertionError: It is not true in time.
    """
    deadline = time.monotonic() + seconds
    while not holds():
        _see(time.monotonic() < deadline, "it took too long")
        time.sleep(0.05)


def _see(holds: bool, what: str) -> None:
    if not holds:
        raise AssertionError(what)


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _word(file: Path) -> str:
    """Return the word that occurs in this file only."""
    return next(line for line in file.read_text("utf-8").splitlines() if line.startswith("Ärende"))


def run(
    folder: Path, texts: Path, kills: int, say: Callable[[str], None] = print, seed: int = 1
) -> Trial:
    """Kill so many times, at moments spread over a whole upload and a whole build.

    Raises:
        AssertionError: Something was lost.
    """
    trial = Trial(folder, lines_of(texts), random.Random(seed))
    trial.begin(texts)
    say(f"a build of changes takes {trial.whole:.1f} s")
    tried = 0
    while trial.kills < kills:
        tried += 1
        if trial.chance.random() < 0.25:
            program = trial.chance.choice((_UPLOAD, _RECEIVE))
            trial.upload(trial.chance.uniform(0, trial.whole), program)
        else:
            trial.change()
            trial.build_and_kill(trial.chance.uniform(0, 1.1 * trial.whole))
        trial.check()
        if tried % 20 == 0:
            say(f"{trial.kills} killed of {tried} started; nothing lost")
    trial.mend()
    say(f"{trial.kills} killed of {tried} started; nothing lost; one build mended everything")
    return trial


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m kb.lab.bench.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--texts", type=Path, default=Path("seeds"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), options.texts, options.kills)
    return 0


if __name__ == "__main__":
    sys.exit(main())
