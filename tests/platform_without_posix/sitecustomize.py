"""Takes away from the program what Windows lacks; found by `PYTHONPATH` in every process.

The standard library and packages keep it, since they are other ones on Windows.
"""

import builtins
import os
import sys
from pathlib import Path

_MODULES = {"fcntl", "resource", "pwd", "grp", "termios"}
_import = builtins.__import__


def _without(name, importer=None, *more, **named):
    room = str((importer or named.get("globals") or {}).get("__name__", "")).split(".")[0]
    if room == "kb" and name in _MODULES:
        raise ImportError(f"there is no {name} here")
    named = {"globals": importer, **named} if not more else named
    return _import(name, importer, *more, **named) if more else _import(name, **named)


builtins.__import__ = _without
for _name in ("killpg", "fork", "forkpty", "setsid", "pread", "pwrite", "fchmod", "fchown",
              "sched_getaffinity", "O_DIRECTORY"):  # fmt: skip
    if hasattr(os, _name):
        delattr(os, _name)

_open, _kill = os.open, os.kill


def _no_folders(path, flags, *mode, **options):
    if isinstance(path, (str, bytes, os.PathLike)) and Path(os.fsdecode(path)).is_dir():
        raise PermissionError(13, "a folder cannot be opened", path)
    return _open(path, flags, *mode, **options)


def _end(pid, number):
    """End a process at once whatever the signal, as Windows does; psutil has other means there."""
    room = sys._getframe(1).f_globals.get("__name__", "").split(".")[0]
    _kill(pid, 9 if room == "kb" else number)


os.open, os.kill = _no_folders, _end
