"""Every file and folder that the program keeps beside the originals and in an index folder.

Their names are spelled only here. It imports no room, since library, build and decisions on
names all keep files beside the same originals.
"""

from __future__ import annotations

from pathlib import Path

# In the library. What begins with a dot is never an original.

SIDECAR = ".toml"
"""Added to an original's name: what people have corrected in it."""

ARTICLES = "kunskap"
"""What people write themselves."""

ARTICLES_LOCK = ".las"
"""In the folder of articles: the lock held while one is saved."""

VERSIONS = ".versioner"
"""Beside an article: a folder of that name holds a folder of its earlier versions."""

BIN = ".papperskorg"
"""The bin: removed documents, until it is emptied."""

INBOX = ".mottaget"
"""The inbox: uploads that are not in the library."""

INBOX_LOCK = ".tas-in"
"""In the inbox: the lock of the process that takes in its files."""

RECEIPTS = Path(INBOX, "kvitton")
"""Receipts: the outcome of each uploaded file."""

RECEIPTS_LOCK = ".las"
"""In the folder of receipts: the lock held while one is changed."""

LOG = Path(".logg", "handelser.jsonl")
"""The log: who did what to which document."""

PREFERENCES = ".installningar.toml"
"""The settings of the library."""

NAME_DECISIONS = Path(".kunskap", "personer.toml")
"""What editors have decided about names."""

NAME_DECISIONS_LOCK = ".lock"
"""Beside the decisions about names: the lock held while one is written."""

# In the index folder, which can be thrown away.

POINTER = "CURRENT"
"""Names the generation in use; replacing it is the only switch."""

GENERATION = "g-"
"""What the names of generations begin with."""

BUILD_LOCK = ".lock"
"""The lock of the process that builds."""

BUILD_HOLDER = "holder"
"""The id of that process."""

BUILD_STATE = "pagar.json"
"""The state and progress of the last build."""

BUILD_AGAIN = "bygg-igen"
"""Exists if the library has changed since the running build began."""

UNSETTLED = "skrivs.json"
"""Originals that are being written, whose changes builds ignore."""

BUILD_OUTPUT = "bygg.log"
"""The log of builds in the background."""

CHANGED = "andrat"
"""Touched when the library has changed, so that every process compares it again."""

UNSETTLED = "skrivs.json"
"""Files of the library that are still being written, and until when that is valid."""

TEXTS = "cache"
"""Extracted texts, so that no scan is recognised twice."""

DERIVED = "derived"
"""What was derived from each original."""

MISSING_ANSWERS = "saknade.json"
"""Decisions about documents whose files are gone from the library."""

# In the folder of a generation.

MANIFEST = "manifest.json"
"""What the generation was made of."""

ENGINE = "engine"
"""The engine's files."""

KNOWLEDGE = "knowledge.sqlite"
"""The facts of all documents, joined."""

PENDING = "knowledge.waiting"
"""Facts that have yet to be joined."""

SERIES = "series.msgpack"
"""What documents are compared by with each other."""

CHECKSUMS = "checksums.json"
"""Size, time and digest of each of these files."""

DAMAGED = "skadad"
"""Exists if something in the generation was found to be damaged."""

# In the state folder, which survives a deleted index.

STATE_SECRET = "hemlighet"
"""Signs forms and sessions."""

STATE_KEY = "nyckel"
"""The key in the start-up link."""

STATE_FORMS = "formular"
"""The outcome of recently sent forms."""

STATE_LINK = "oppna.html"
"""A page that redirects a browser to the start-up link."""
