"""The fixed documents that ranking is measured on, read in place and checked.

A document's id is `source/number-checksum`: its place in the source (file number
in sorted order, or line number of a passage) and the first eight hex digits of
the SHA-256 of its text. The gold can thus name documents without carrying any of
their words, and nobody is measured on other documents than were judged.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import zstandard

from kb.errors import UserError

TOPICS = re.compile(
    "social|familjehem|omsorg|skola|elev|förskol|äldre|barn|bostad|boende|försörjning|hemtjänst"
    "|funktionsned|missbruk|våld|orosanm|placer|överförmyndar|hemlös|integration|psykisk"
)
"""Subjects in the titles of sampled passages: the fields of a social services office."""
BODIES = frozenset({"Socialnämnden", "Vård- och omsorgsnämnden", "Överförmyndarnämnden"})
SHORTEST = 400  # characters; below that a passage is mostly formalities
PER_TITLE = 15  # so that no single case fills the collection
EVERY = 61  # of all passages, one in this many is taken as background

FOLDERS = {
    "seeds": "seeds",
    "alingsas_utdrag": "corpora/minutes/alingsas_utdrag",
    "digg_ena": "corpora/minutes/digg_ena",
    "stacken": "corpora/minutes/stacken",
    "lithekod": "corpora/minutes/lithekod",
    "datavetenskapsdivisionen": "corpora/minutes/datavetenskapsdivisionen",
}
PASSAGES = "corpora/scale/passages.jsonl.zst"

CHECKSUMS = {
    "seeds": "4ec38d0124007f2e01deefe20eb01f95b9f7e561579af4818c79a02f6e1a29f6",
    "alingsas_utdrag": "56c5a2fbe41ffb4e0e5901c434cbf592edf7be81b334d724eb6cd8274beceabc",
    "digg_ena": "5a683c1bf880f3ce9b418f012f320ab4956599822879df8e0e7ae275f4387b97",
    "stacken": "e7baf04ac3a21cf0d4775ae4bc7eca6371c4f008bd85b0de0d210c063b8a0b92",
    "lithekod": "c97ade7e8b1f8e922e1e8cae833239ef9f9b16e4c03fc983eda7fca65d91a32f",
    "datavetenskapsdivisionen": "d32d9b787cc726ba379a402b4289d22b0db75548e27329fdecc37fe308121f57",
    "scale": "979a781c07324810415651e5db268bfebf820f386a089bc98f93036c0994e000",
}
"""SHA-256 of the ids of each source, one a line."""

_TITLES = (
    re.compile(r"^\.\. title: (.+)", re.M),  # Nikola
    re.compile(r"\\title\{(.+)\}"),  # LaTeX
    re.compile(r'\btitle: "([^"]+)"'),  # Typst
    re.compile(r"^§.*\n\s*(\S(?:.*\n){1,5}?)(?=Ärendebeskrivning|Beslut|Kommun)", re.M),  # extract
    re.compile(r"^(?:#+ |=+ |#+(?=[A-ZÅÄÖ]))(.+)", re.M),  # Markdown, Typst
    re.compile(r"^(.*[^\W\d_]{3}.*)$", re.M),  # the first line with a word
)


@dataclass(frozen=True, slots=True)
class EvalDocument:
    """A document to be indexed for an evaluation.

    Attributes:
        id: `source/number-checksum`.
        title: Title of the case, or the first heading; may be empty.
        text: The whole text as it stands in the source, unrepaired.
    """

    id: str
    title: str
    text: str


class _Passage(msgspec.Struct):
    kind: str
    title: str
    body: str
    text: str


def load(shared: Path) -> list[EvalDocument]:
    """Read the collection from the folder of evaluation data and verify it.

    Args:
        shared: Folder that holds `seeds` and `corpora`.

    Raises:
        UserError: Data is missing or is not the data that was judged.
    """
    documents: list[EvalDocument] = []
    for source, folder in FOLDERS.items():
        documents += _verified(source, _read_folder(source, shared / folder))
    documents += _verified("scale", _read_passages(shared / PASSAGES))
    return documents


def checksum(documents: Iterable[EvalDocument]) -> str:
    """Return the SHA-256 (hex) of the documents' ids, one a line."""
    return hashlib.sha256("".join(f"{d.id}\n" for d in documents).encode()).hexdigest()


def _verified(source: str, documents: Iterable[EvalDocument]) -> list[EvalDocument]:
    found = list(documents)
    if checksum(found) != CHECKSUMS[source]:
        raise UserError(
            f"Utvärderingsdata ”{source}” är inte de dokument som har bedömts "
            f"({len(found)} lästa): kontrollsumman stämmer inte."
        )
    return found


def _read_folder(source: str, folder: Path) -> Iterator[EvalDocument]:
    if not folder.is_dir():
        raise UserError(f"Utvärderingsdata saknas: mappen {folder} finns inte.")
    for number, path in enumerate(sorted(folder.iterdir(), key=lambda path: path.name)):
        text = path.read_text(encoding="utf-8")
        yield EvalDocument(_id(source, number, text), _title(text), text)


def _read_passages(path: Path) -> Iterator[EvalDocument]:
    if not path.is_file():
        raise UserError(f"Utvärderingsdata saknas: filen {path} finns inte.")
    decoder = msgspec.json.Decoder(_Passage)
    with path.open("rb") as packed, zstandard.ZstdDecompressor().stream_reader(packed) as raw:
        passages = [decoder.decode(line) for line in io.BufferedReader(raw)]
    for number in _sample(passages):
        passage = passages[number]
        yield EvalDocument(_id("scale", number, passage.text), passage.title, passage.text)


def _sample(passages: list[_Passage]) -> list[int]:
    """Choose passages: those on the subject, a few of each case, and a sample of all others."""
    wanted: dict[str, list[tuple[str, int]]] = defaultdict(list)
    first: dict[str, int] = {}
    chosen: set[int] = set()
    for number, passage in enumerate(passages):
        # Speeches are machine transcripts; the same text often lies in several cases.
        if passage.kind == "speech" or len(passage.text) < SHORTEST:
            continue
        digest = hashlib.sha256(passage.text.encode()).hexdigest()
        if first.setdefault(digest, number) != number:
            continue
        title = passage.title.casefold()
        if passage.body in BODIES or TOPICS.search(title):
            wanted[title].append((digest, number))
        elif number % EVERY == 0:
            chosen.add(number)
    for case in wanted.values():
        chosen.update(number for _, number in sorted(case)[:PER_TITLE])
    return sorted(chosen)


def _id(source: str, number: int, text: str) -> str:
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return f"{source}/{number:0{5 if source == 'scale' else 3}}-{digest}"


def _title(text: str) -> str:
    for pattern in _TITLES:
        if match := pattern.search(text):
            return " ".join(match[1].split())
    return ""
