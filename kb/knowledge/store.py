"""The knowledge of a generation in one SQLite file, written once and then only read.

The facts of changed documents replace their old ones; those of the others are copied from the
previous generation. Then everything is joined again, a group at a time, so that memory is bounded
by the largest group and by the names of all people.
"""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from importlib import resources
from pathlib import Path

import msgspec

from kb.knowledge import coverage, followups, people, threads
from kb.knowledge.candidates import JoiningRule
from kb.knowledge.document_facts import DocumentFacts, PersonMention, facts_of
from kb.knowledge.name_decisions import NameDecisions
from kb.knowledge.names import key as name_key, tokens
from kb.model import Document

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(DocumentFacts)


class KnowledgeStore:
    """The knowledge of a generation that is being built.

    Args:
        file: The file to write.
        old: The file of the previous generation, if its facts can be copied.
        gone: Documents of it that were removed, or will be added again.
    """

    def __init__(self, file: Path, old: Path | None, gone: Iterable[str]) -> None:
        self._db = sqlite3.connect(file, isolation_level=None)
        with _full_disk_as_oserror():
            self._begin(old, set(gone))

    def _begin(self, old: Path | None, gone: set[str]) -> None:
        # Nobody reads it before it is complete, and a build that dies starts over.
        self._db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        self._db.executescript((resources.files("kb.knowledge") / "schema.sql").read_text("utf-8"))
        self._db.execute("BEGIN")
        if old and old.exists():
            self._take_over(old, gone)

    def _take_over(self, old: Path, gone: set[str]) -> None:
        with closing(sqlite3.connect(f"file:{old}?mode=ro", uri=True)) as before:
            rows = before.execute("SELECT path, data FROM facts")
            kept = ((path, data) for path, data in rows if path not in gone)
            self._db.executemany("INSERT INTO facts (path, data) VALUES (?, ?)", kept)

    def noting(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield `documents`, and add the facts of each."""
        for document in documents:
            self.add(facts_of(document))
            yield document

    def add(self, facts: DocumentFacts) -> None:
        """Add the facts of a document."""
        row = (facts.path, _ENCODER.encode(facts))
        with _full_disk_as_oserror():
            self._db.execute("INSERT OR REPLACE INTO facts (path, data) VALUES (?, ?)", row)

    def finish(self, decided: NameDecisions) -> None:
        """Join everything, following the editors' decisions, and close the file."""
        with _full_disk_as_oserror():
            self._join(decided)
        self._db.close()

    def _join(self, decided: NameDecisions) -> None:
        by_group = self._documents()
        by_name = self._people(decided)
        for members in by_group.values():
            self._group(members, by_name)
        self._coverage()
        self._db.execute("COMMIT")
        self._db.execute("ANALYZE")

    def close(self) -> None:
        """Close the file, finished or not."""
        self._db.close()

    def _facts(self, paths: Iterable[str] | None = None) -> Iterator[DocumentFacts]:
        if paths is None:
            rows = self._db.execute("SELECT data FROM facts ORDER BY path")
            yield from (_DECODER.decode(data) for (data,) in rows)
            return
        for path in paths:
            (data,) = self._db.execute("SELECT data FROM facts WHERE path = ?", (path,)).fetchone()
            yield _DECODER.decode(data)

    def _documents(self) -> dict[tuple[str, str], list[str]]:
        """Write the documents; return the paths of each group, in order of date."""
        found: defaultdict[tuple[str, str], list[tuple[dt.date, str]]] = defaultdict(list)
        for document in self._facts():
            likely = document.likely
            self._insert(
                "document",
                path=document.path,
                title=document.title,
                kind=document.kind,
                grp=document.group,
                home=document.home,
                date=document.date,
                proposed=document.proposed,
                doubtful=document.doubtful,
                likely=likely,
            )
            for part in document.municipalities:
                self._insert(
                    "part", municipality=part.name, path=document.path, part=part.part,
                    start=part.start, end=part.end,
                )  # fmt: skip
            for sentence in document.sentences:
                if sentence.municipality:
                    keys = f" {' '.join(sentence.keys)} "
                    self._insert(
                        "said", municipality=sentence.municipality, path=document.path,
                        sentence=sentence.text, start=sentence.start, end=sentence.end, keys=keys,
                    )  # fmt: skip
            found[_series(document), document.home].append((likely or dt.date.min, document.path))
        return {group: [path for _, path in sorted(paths)] for group, paths in found.items()}

    def _people(self, decided: NameDecisions) -> dict[str, dict[str, str]]:
        """Write all persons; return by document the key of each name's person."""
        joined = people.join((_named(document) for document in self._facts()), decided)
        reasons: dict[int, JoiningRule] = {}
        for made in joined.joins:
            for entry in (made.other, made.one):
                reasons.setdefault(id(entry), made.rule)
        for names in joined.unused:
            self._insert("unused", names=names)
        keys: dict[int, str] = {}
        taken: set[str] = set()
        by_name: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for person in joined.persons:
            main = max(person, key=lambda entry: (len(tokens(entry.name)) > 1, len(entry.mentions)))
            key = _free(_slug(f"{main.name} {main.place}"), taken)
            self._insert("person", key=key, name=main.name, place=main.place)
            for entry in person:
                keys[id(entry)] = key
                why = reasons.get(id(entry)) if entry is not main else None
                self._insert(
                    "spelling", person=key, name=entry.name, place=entry.place,
                    identity=entry.identity, count=len(entry.mentions),
                    reason=why.reason if why else "",
                    confidence=why.confidence if why else 1.0,
                )  # fmt: skip
                for document, mention in entry.mentions:
                    columns = msgspec.structs.asdict(mention)
                    self._insert("mention", person=key, path=document.path, **columns)
                    by_name[document.path][name_key(mention.name)] = key
        for open_ in joined.suggestions:
            self._insert(
                "suggestion", one=open_.one.identity, other=open_.other.identity,
                one_key=keys.get(id(open_.one)), other_key=keys.get(id(open_.other)),
                confidence=open_.rule.confidence, reason=open_.rule.reason,
            )  # fmt: skip
        return by_name

    def _group(self, paths: list[str], by_name: dict[str, dict[str, str]]) -> None:
        members = list(self._facts(paths))
        dated = [document for document in members if document.likely]
        outcome = {
            (followed.document.path, followed.number): followed.matches
            for followed in followups.followed(dated)
        }
        for document in members:
            for number, said in enumerate(document.statements):
                later = outcome.get((document.path, number), ())
                at = self._insert(
                    "statement", kind=said.kind, path=document.path, text=said.text,
                    sentence=said.sentence, start=said.start, end=said.end, due=said.due,
                    heading=said.heading, confidence=said.confidence, open=not later,
                    likely=document.likely,
                )  # fmt: skip
                for name in said.who:
                    meant = _meant(document, name)
                    who = by_name.get(document.path, {}).get(
                        name_key(meant.name if meant else name)
                    )
                    self._insert(
                        "who", statement=at, name=name, person=who,
                        municipality=meant.municipality if meant else None,
                    )  # fmt: skip
                for match in later:
                    self._insert(
                        "later", statement=at, path=match.document.path,
                        sentence=match.sentence.text, start=match.sentence.start,
                        end=match.sentence.end, likeness=match.likeness,
                    )  # fmt: skip
        for thread in threads.threads(dated):
            at = self._insert("thread", grp=members[0].group or "", heading=thread.heading)
            for document, section in thread.places:
                self._insert(
                    "thread_place", thread=at, path=document.path, heading=section.heading,
                    start=section.start, end=section.end,
                )  # fmt: skip

    def _coverage(self) -> None:
        for coming in coverage.announced(map(_bare, self._facts())):
            meetings = [source for _, _, source in coming.sources]
            at = self._insert(
                "announced", grp=coming.group, date=coming.date,
                time=next((meeting.time for meeting in meetings if meeting.time), None),
                place=next((meeting.place for meeting in meetings if meeting.place), None),
                held=json.dumps(coming.held, ensure_ascii=False),
            )  # fmt: skip
            for document, _, source in coming.sources:
                self._insert(
                    "announcement", announced=at, path=document.path, sentence=source.sentence,
                    start=source.start, end=source.end, confidence=source.confidence,
                )  # fmt: skip

    def _insert(self, table: str, **columns: object) -> int:
        """Insert a row; return its number."""
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" * len(columns))
        values = [
            value.isoformat() if isinstance(value, dt.date | dt.time) else value
            for value in columns.values()
        ]
        done = self._db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)
        return done.lastrowid or 0


@contextmanager
def _full_disk_as_oserror() -> Iterator[None]:
    """Raise an OSError where SQLite reports a full disk by an error class of SQLite."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise


def _bare(document: DocumentFacts) -> DocumentFacts:
    """Return the facts that are kept in memory of every document while dates are joined."""
    return msgspec.structs.replace(
        document, people=(), municipalities=(), statements=(), sections=(), cases=(), sentences=()
    )


def _named(document: DocumentFacts) -> DocumentFacts:
    """Return the facts that are kept in memory of every document while names are joined."""
    return msgspec.structs.replace(_bare(document), people=document.people, announced=())


def _meant(document: DocumentFacts, name: str) -> PersonMention | None:
    """Return the only listed person of a document with a name, or with a first name."""
    said = tokens(name)
    listed = [each for each in document.people if each.presence]
    fitting = {
        name_key(each.name): each
        for each in listed
        if (tokens(each.name)[:1] if len(said) == 1 else tokens(each.name)) == said
    }
    return fitting.popitem()[1] if len(fitting) == 1 else None


def _series(document: DocumentFacts) -> str:
    """Return the key of a document's series of meetings: its group's, else its folder's."""
    folder, _, _ = document.path.rpartition("/")
    return document.group.casefold() if document.group else f"\0{folder or document.path}"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c if c.isalnum() else "-" for c in plain if not unicodedata.combining(c))
    return "-".join(part for part in letters.split("-") if part) or "namnlos"


def _free(key: str, taken: set[str]) -> str:
    number, free = 2, key
    while free in taken:
        number, free = number + 1, f"{key}-{number}"
    taken.add(free)
    return free
