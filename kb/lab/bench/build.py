"""How long builds take and how much memory, on libraries of growing size.

    python -m kb.lab.bench.build [--documents 1000 3000 …] [--lines 40] [--texts seeds]

For each size a library of generated minutes is built whole, then once more with nothing
changed, with one file added, with one removed and with one corrected, each by a separate
`kb build`, timed from its start to its end; the CPU seconds are those of all its processes, and
depend less on other load. The memory is the highest resident set of the
builder, and of the largest of the processes it started.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb import corrections
from kb.lab.bench.library import fill, from_command_line
from kb.model import Correction

_BUILD = """
import resource, sys, time
from pathlib import Path
from kb.build import pipeline
if __name__ == "__main__":
    started = time.perf_counter()
    report = pipeline.build(Path(sys.argv[1]), Path(sys.argv[2]))
    seconds = time.perf_counter() - started
    builder, children = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    spent = sum(used.ru_utime + used.ru_stime for used in (builder, children))
    print(report.indexed, report.removed, report.seconds, seconds, spent,
          builder.ru_maxrss, children.ru_maxrss)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildCost:
    """One build.

    Attributes:
        what: What had changed.
        indexed: Documents that were put into the index.
        removed: Documents that were taken out.
        found: Seconds until the changes were searchable, without the start of Python.
        inside: Seconds the build took, likewise.
        seconds: Seconds from start to end of its process.
        cpu: CPU seconds of that process and those it started, with the start of Python.
        builder: Peak megabytes of the builder.
        worker: Peak megabytes of its largest child.
    """

    what: str
    indexed: int
    removed: int
    found: float
    inside: float
    seconds: float
    cpu: float
    builder: int
    worker: int


def measure(what: str, library: Path, index: Path) -> BuildCost:
    """Build in a separate process."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _BUILD, str(library), str(index)],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    seconds = time.perf_counter() - started
    indexed, removed, found, inside, cpu, builder, others = done.stdout.split()
    return BuildCost(
        what=what,
        indexed=int(indexed),
        removed=int(removed),
        found=float(found),
        inside=float(inside),
        seconds=seconds,
        cpu=float(cpu),
        builder=int(builder) >> 10,
        worker=int(others) >> 10,
    )


def run(
    folder: Path,
    texts: Path,
    sizes: Sequence[int],
    lines: int = 40,
    say: Callable[[str], None] = print,
) -> list[BuildCost]:
    """Measure libraries of growing size, each the previous one with more documents."""
    library, index = folder / "library", folder / "index"
    measured = []
    say(
        "documents  what            indexed removed  found s   build s  process s   cpu s  "
        "builder MB  worker MB"
    )
    have = 0

    def tell(what: str) -> None:
        one = measure(what, library, index)
        measured.append(one)
        say(
            f"{have:9}  {one.what:15} {one.indexed:7} {one.removed:7} {one.found:8.2f} "
            f"{one.inside:9.2f} {one.seconds:10.2f} {one.cpu:7.2f} {one.builder:11} {one.worker:10}"
        )

    for size in sizes:
        files = list(fill(library, texts, range(have, size), lines))
        have = size
        tell("added many")
        tell("nothing")
        (new,) = fill(library, texts, range(10_000_000 + size, 10_000_001 + size), lines)
        tell("one added")
        corrections.add(files[-1], Correction("och", "samt"))
        tell("one corrected")
        new.unlink()
        tell("one removed")
    return measured


def main() -> int:
    """Run from the command line."""
    return from_command_line("build", __doc__, run)


if __name__ == "__main__":
    sys.exit(main())
