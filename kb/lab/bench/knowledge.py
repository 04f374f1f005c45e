"""Time and memory of joining facts across documents.

    python -m kb.lab.bench.knowledge [--documents 1000 3000 10000] [--lines 40] [--texts seeds]

Generated minutes of 300 groups, each with different members, who undertake things, postpone
points and announce meetings, are parsed once. Then, in a separate process, everything is joined
from scratch, as every build does however little has changed. The memory is the peak resident set
of that process, with Python and the language data.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kb.build import pipeline
from kb.knowledge import KnowledgeStore, NameDecisions, facts_of
from kb.lab.bench.library import fill, from_command_line, minutes
from kb.library import Library
from kb.swedish.tables import rows, words

_MEMBERS = 20
"""People of a group."""

_PRESENT = 8

_JOIN = """
import re, sys, time
from contextlib import closing
from pathlib import Path
from kb.knowledge import KnowledgeStore, NameDecisions
started, used = time.perf_counter(), time.process_time()
with closing(KnowledgeStore(Path(sys.argv[2]), Path(sys.argv[1]), ())) as store:
    store.finish(NameDecisions())
seconds, cpu = time.perf_counter() - started, time.process_time() - used
# Not ru_maxrss, which begins with what the process that started this one had.
(peak,) = re.findall(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())
print(seconds, cpu, peak)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinCost:
    """What joining took.

    Attributes:
        documents: How many.
        contributing: CPU seconds of extracting the facts of each document.
        joining: Seconds of joining all facts.
        cpu: CPU seconds of that.
        memory: Peak megabytes of the joining process.
        size: Megabytes of the file.
    """

    documents: int
    contributing: float
    joining: float
    cpu: float
    memory: int
    size: int


def held(number: int, lines: list[str], length: int) -> str:
    """Return minutes with people, undertakings, postponed points and a coming meeting."""
    heading, *body = minutes(number, lines, length).split("\n")
    group = random.Random(heading)
    given = [row[0] for row in rows("kb.swedish", "given_names.tsv")]
    family = list(words("kb.swedish", "surnames.txt"))
    name = f"{group.choice(family).capitalize()}gruppen"  # groups are not distinguished by numbers
    members = [
        f"{group.choice(given).capitalize()} {group.choice(family).capitalize()}"
        for _ in range(_MEMBERS)
    ]
    dice = random.Random(number)
    present = dice.sample(members, _PRESENT)
    first, second = (name.split()[0] for name in present[:2])
    return "\n".join([
        name, *body[:3], f"Närvarande: {', '.join(present)}", *body[3:],
        "## Åtgärder", f"{first} kontaktar {dice.choice(family).capitalize()} om lokalen.",
        f"{second} ska skriva ett förslag om {dice.choice(lines)[:40]}.",
        "## Stadgar", "Punkten bordläggs till nästa möte.",
        f"Nästa möte är den {dice.randrange(1, 28)} maj.", "",
    ])  # fmt: skip


def measure(library: Path, folder: Path, count: int) -> JoinCost:
    """Parse a library, then join it in a separate process."""
    noted, joined = folder / f"{count}-noted", folder / f"{count}-joined"
    spent = 0.0
    with closing(KnowledgeStore(noted, None, ())) as store:
        for original in Library(library).originals():
            document = pipeline.understand(original)
            started = time.process_time()
            store.add(facts_of(document))
            spent += time.process_time() - started
        store.finish(NameDecisions())
    done = subprocess.run(
        [sys.executable, "-c", _JOIN, str(noted), str(joined)],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    seconds, cpu, memory = done.stdout.split()
    size = joined.stat().st_size >> 20
    return JoinCost(
        documents=count,
        contributing=spent,
        joining=float(seconds),
        cpu=float(cpu),
        memory=int(memory) >> 10,
        size=size,
    )


def run(
    folder: Path,
    texts: Path,
    sizes: Sequence[int],
    length: int = 40,
    say: Callable[[str], None] = print,
) -> list[JoinCost]:
    """Measure libraries of growing size."""
    library = folder / "library"
    say("documents  noting CPU s  joining s  joining CPU s  peak MB  file MB")
    measured, have = [], 0
    for size in sizes:
        list(fill(library, texts, range(have, size), length, held))
        have = size
        one = measure(library, folder, size)
        measured.append(one)
        say(
            f"{one.documents:9}  {one.contributing:12.1f}  {one.joining:9.1f}  {one.cpu:13.1f}  "
            f"{one.memory:7}  {one.size:7}"
        )
    return measured


def main() -> int:
    """Run from the command line."""
    return from_command_line("knowledge", __doc__, run)


if __name__ == "__main__":
    sys.exit(main())
