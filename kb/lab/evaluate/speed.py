"""How fast repair is and how much memory it takes; run by itself, so that nothing else counts.

    python -m kb.lab.evaluate.speed SHARED

prints seconds to load, words a second at first sight and when seen before, megabytes.
"""

from __future__ import annotations

import resource
import sys
import time
from itertools import pairwise
from pathlib import Path

from kb.model import SourceText
from kb.repair import repair
from kb.repair.decode import default_decoder

_READINGS = ("eng", "gar")
_ACCOUNT = Path("/proc/self/status")
_WARM_PASSES = 5  # the fastest counts: the others tell of what else the machine does


def measure(shared: Path) -> tuple[float, float, float, float]:
    """Return seconds to load, words a second cold and warm, and megabytes at most."""
    texts = [
        file.read_text("utf-8")
        for reading in _READINGS
        for file in sorted((shared / "corpora" / "ocr" / "train").glob(f"*.{reading}.txt"))
    ]
    count = sum(len(text.split()) for text in texts)
    marks = [time.process_time()]
    default_decoder()
    marks.append(time.process_time())
    for _ in range(1 + _WARM_PASSES):
        for text in texts:
            repair(SourceText.of(text))
        marks.append(time.process_time())
    load, cold, *warm = (b - a for a, b in pairwise(marks))
    return load, count / cold, count / min(warm), _most_memory()


def _most_memory() -> float:
    """Return the megabytes this process has held at most.

    Linux counts what the process held that started this one into `ru_maxrss`, so that the
    evaluation's own data would be measured; the kernel's account of the process does not.
    """
    try:
        lines = _ACCOUNT.read_text("ascii").splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


if __name__ == "__main__":
    print(*measure(Path(sys.argv[1])))
