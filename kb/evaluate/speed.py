"""How fast repair is and how much memory it takes; run by itself, so that nothing else counts.

    python -m kb.evaluate.speed SHARED

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
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    load, cold, *warm = (b - a for a, b in pairwise(marks))
    return load, count / cold, count / min(warm), memory


if __name__ == "__main__":
    print(*measure(Path(sys.argv[1])))
