"""Speed and memory of repair; run as a separate process, so that nothing else counts.

    python -m kb.lab.evaluate.speed SHARED

prints seconds to load, words a second for new and for cached words, megabytes.
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
_WARM_PASSES = 5  # the fastest counts: the others are slowed by other load


def measure(shared: Path) -> tuple[float, float, float, float]:
    """Return seconds to load, words a second cold and warm, and peak megabytes."""
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
    """Return the peak megabytes of this process.

    Linux includes the peak of the parent process in `ru_maxrss`, so that the data of the
    evaluation would be counted; `/proc` does not.
    """
    try:
        lines = _ACCOUNT.read_text("ascii").splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


if __name__ == "__main__":
    print(*measure(Path(sys.argv[1])))
