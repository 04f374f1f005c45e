"""Every file and folder that the program keeps beside the originals and in an index folder.

The one place where their names are spelled. At the bottom of the house: the library, the
build and what people decide about names all lie beside the same originals.
"""

from __future__ import annotations

from pathlib import Path

# In the library. What begins with a dot is never an original.

SIDECAR = ".toml"
"""Added to an original's name: what people have corrected in it."""

ARTICLES = "kunskap"
"""What people write themselves."""

ARTICLES_LOCK = ".las"
"""In the folder of articles: held while one is saved."""

VERSIONS = ".versioner"
"""Beside an article: a folder of that name holds a folder of its earlier versions."""

BIN = ".papperskorg"
"""What was removed, until the bin is emptied."""

INBOX = ".mottaget"
"""What was sent in and is not in the library."""

INBOX_LOCK = ".tas-in"
"""In the inbox: held by the process that takes in what lies there."""

RECEIPTS = Path(INBOX, "kvitton")
"""What became of each file that was sent in."""

RECEIPTS_LOCK = ".las"
"""In the folder of receipts: held while one is changed."""

LOG = Path(".logg", "handelser.jsonl")
"""Who did what to which document."""

PREFERENCES = ".installningar.toml"
"""What is decided about the library by those who keep it."""

NAME_DECISIONS = Path(".kunskap", "personer.toml")
"""What editors have decided about names."""

NAME_DECISIONS_LOCK = ".lock"
"""Beside the decisions about names: held while one is written."""

# In the index folder, which can be thrown away.

POINTER = "CURRENT"
"""Names the generation in use; replacing it is the only switch."""

GENERATION = "g-"
"""What the names of generations begin with."""

BUILD_LOCK = ".lock"
"""Held by the process that builds."""

BUILD_HOLDER = "holder"
"""The id of that process."""

BUILD_STATE = "pagar.json"
"""How far the last build has come."""

BUILD_AGAIN = "bygg-igen"
"""There if the library has changed since the build that runs began."""

UNSETTLED = "skrivs.json"
"""Originals that are being written, which builds leave as they were."""

BUILD_OUTPUT = "bygg.log"
"""What a build in the background said when something went wrong."""

CHANGED = "andrat"
"""Touched when the library has changed, so that every process compares it again."""

UNSETTLED = "skrivs.json"
"""Files of the library that are still being written, and until when that is believed."""

TEXTS = "cache"
"""Extracted texts, so that no scan is recognised twice."""

DERIVED = "derived"
"""What was derived from each original."""

MISSING_ANSWERS = "saknade.json"
"""What somebody has decided about documents whose files are gone from the library."""

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
"""What documents are weighed by against each other."""

CHECKSUMS = "checksums.json"
"""Size, time and digest of each of these files."""

DAMAGED = "skadad"
"""There if something in the generation was found to be damaged."""

# In the state folder, which survives a deleted index.

STATE_SECRET = "hemlighet"
"""Signs forms and sessions."""

STATE_KEY = "nyckel"
"""The key in the start-up link."""

STATE_FORMS = "formular"
"""What became of forms that were sent lately."""

STATE_LINK = "oppna.html"
"""Leads a browser to the start-up link."""
