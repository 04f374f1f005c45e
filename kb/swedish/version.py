"""Tell one state of the analysis from another, so that an index knows its own."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files

from kb.swedish.wordlist import fingerprint

_CODE = ("analysis", "bulk", "compounds", "derivation", "lemma", "names", "sentences",
         "skeleton", "tokenize")  # fmt: skip
_DATA = (
    "derivations.tsv",
    "drift.txt",
    "given_names.tsv",
    "municipalities.tsv",
    "name_endings.txt",
    "other_names.txt",
    "places.txt",
    "skeleton.tsv",
    "surnames.txt",
    "whole_words.txt",
)


@lru_cache(maxsize=1)
def analysis_version() -> str:
    """Return a short text that changes with the code, data and packages of the analysis."""
    digest = blake2b(fingerprint(), digest_size=6)
    digest.update(version("snowballstemmer").encode())
    here = files("kb.swedish")
    for path in (*(f"{name}.py" for name in _CODE), *(f"data/{name}" for name in _DATA)):
        digest.update((here / path).read_bytes())
    return digest.hexdigest()
