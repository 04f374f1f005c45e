"""Read one file in a separate process and write the result to standard output.

    python -m kb.read.worker MODULE KIND FILE

The known texts of its images come by standard input.

Files are untrusted and the libraries that read them are large; whatever a file makes them do
happens here, with limits on time and memory, and not in the server.

This module imports no reader and no table of them, so that the version of one reader does
not change with another.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import msgspec

from kb import system
from kb.errors import UserError
from kb.read import limits, recognised
from kb.read.extracted import Extracted, Report


def extract(reader: str, data: bytes) -> Extracted:
    """Read `data` in this process, by the module of `kb.read` of that name.

    Raises:
        UserError: It cannot be read.
    """
    module = import_module(f"kb.read.{reader}")
    extractor: Callable[[bytes], Extracted] = getattr(module, f"read_{reader}")
    extracted = extractor(data)
    if sum(map(len, extracted.pages)) > limits.CHARACTERS:
        raise UserError("Dokumentet innehåller mer text än ett protokoll kan ha.")
    return extracted


def main() -> int:
    """Read the file named on the command line."""
    reader, kind, file = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    system.limit_memory(limits.MEMORY_BYTES)
    recognised.begin(msgspec.json.decode(sys.stdin.buffer.read(), type=recognised.Recognised))
    try:
        extracted = extract(reader, file.read_bytes())
        images = recognised.used()
        if images.texts:
            extracted = msgspec.structs.replace(extracted, images=images)
        report = Report(extracted)
    except UserError as error:
        report = Report(refused=str(error))
    except MemoryError:
        report = Report(refused=limits.TOO_MUCH_MEMORY)
    except Exception as error:  # a library's error about a file it cannot parse
        print(f"{file}: {type(error).__name__}: {error}", file=sys.stderr)
        report = Report(refused=f"Filen är skadad och går inte att läsa som {kind}.")
    sys.stdout.buffer.write(msgspec.json.encode(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
