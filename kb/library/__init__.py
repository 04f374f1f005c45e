"""The library: a folder of originals, which are never changed, and people's decisions about them.

Beside an original NAME may lie its sidecar NAME.toml with people's corrections. Other files lie in
folders whose names begin with a dot: `.papperskorg` has removed documents, `.mottaget` uploads that
are pending or refused, `.logg` the log of actions.
"""

from kb.library.folder import Library, Original, history, original, sidecar

__all__ = ["Library", "Original", "history", "original", "sidecar"]
