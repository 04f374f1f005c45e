"""The library: a folder of originals, which are never changed, and what people say of them.

Beside an original NAME may lie NAME.toml, its sidecar: what people have corrected. What is
no original lies in folders whose names begin with a dot: `.papperskorg` holds what was
removed, `.mottaget` what was sent in and waits for an answer or was refused, `.logg` who
did what.
"""

from kb.library.folder import Library, Original, history, original, sidecar

__all__ = ["Library", "Original", "history", "original", "sidecar"]
