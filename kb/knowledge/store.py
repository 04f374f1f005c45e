"""The knowledge of a generation in one SQLite file, written once and then only read.

What changed documents add replaces what they added before; what the others added is taken over
from the old generation. Then all is joined anew, a group at a time, so that memory is bounded by
the largest group and by the names of all people.
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
from kb.knowledge.document_facts import DocumentFacts, PersonMention, contribute
from kb.knowledge.name_decisions import NameDecisions
from kb.knowledge.names import key as name_key, tokens
from kb.model import Document

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(DocumentFacts)


class KnowledgeStore:
    """The knowledge of a generation that is being built.

    Args:
        file: Where it is written.
        old: The file of the generation before, if it can be taken over.
        gone: Documents of it that are no longer there, or will come anew.
    """

    def __init__(self, file: Path, old: Path | None, gone: Iterable[str]) -> None:
        self._db = sqlite3.connect(file, isolation_level=None)
        with _told_as_system_does():
            self._begin(old, set(gone))

    def _begin(self, old: Path | None, gone: set[str]) -> None:
        # Nobody reads it before it is whole, and a build that dies is begun anew.
        self._db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        self._db.executescript((resources.files("kb.knowledge") / "schema.sql").read_text("utf-8"))
        self._db.execute("BEGIN")
        if old and old.exists():
            self._take_over(old, gone)

    def _take_over(self, old: Path, gone: set[str]) -> None:
        with closing(sqlite3.connect(f"file:{old}?mode=ro", uri=True)) as before:
            rows = before.execute("SELECT path, data FROM contribution")
            kept = ((path, data) for path, data in rows if path not in gone)
            self._db.executemany("INSERT INTO contribution (path, data) VALUES (?, ?)", kept)

    def noting(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield `documents`, and note what each adds."""
        for document in documents:
            self.add(contribute(document))
            yield document

    def add(self, contribution: DocumentFacts) -> None:
        """Note what a document adds."""
        row = (contribution.path, _ENCODER.encode(contribution))
        with _told_as_system_does():
            self._db.execute("INSERT OR REPLACE INTO contribution (path, data) VALUES (?, ?)", row)

    def finish(self, decided: NameDecisions) -> None:
        """Join everything, minding what editors have decided, and close the file."""
        with _told_as_system_does():
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
        """Let go of the file, finished or not."""
        self._db.close()

    def _contributions(self, paths: Iterable[str] | None = None) -> Iterator[DocumentFacts]:
        if paths is None:
            rows = self._db.execute("SELECT data FROM contribution ORDER BY path")
            yield from (_DECODER.decode(data) for (data,) in rows)
            return
        for path in paths:
            (data,) = self._db.execute(
                "SELECT data FROM contribution WHERE path = ?", (path,)
            ).fetchone()
            yield _DECODER.decode(data)

    def _documents(self) -> dict[tuple[str, str], list[str]]:
        """Write the documents; return the paths of each group, in order of date."""
        found: defaultdict[tuple[str, str], list[tuple[dt.date, str]]] = defaultdict(list)
        for own in self._contributions():
            likely = own.likely
            self._insert(
                "document", path=own.path, title=own.title, kind=own.kind, grp=own.group,
                home=own.home, date=own.date, proposed=own.proposed, doubtful=own.doubtful,
                likely=likely,
            )  # fmt: skip
            for part in own.municipalities:
                self._insert(
                    "part", municipality=part.name, path=own.path, part=part.part,
                    start=part.start, end=part.end,
                )  # fmt: skip
            for sentence in own.sentences:
                if sentence.municipality:
                    keys = f" {' '.join(sentence.keys)} "
                    self._insert(
                        "said", municipality=sentence.municipality, path=own.path,
                        sentence=sentence.text, start=sentence.start, end=sentence.end, keys=keys,
                    )  # fmt: skip
            found[_series(own), own.home].append((likely or dt.date.min, own.path))
        return {group: [path for _, path in sorted(own)] for group, own in found.items()}

    def _people(self, decided: NameDecisions) -> dict[str, dict[str, str]]:
        """Write everybody; return who is meant by a name in each document."""
        joined = people.join((_named(own) for own in self._contributions()), decided)
        reasons: dict[int, JoiningRule] = {}
        for made in joined.joins:
            for bearer in (made.other, made.one):
                reasons.setdefault(id(bearer), made.rule)
        for names in joined.unused:
            self._insert("unused", names=names)
        keys: dict[int, str] = {}
        taken: set[str] = set()
        by_name: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for person in joined.persons:
            main = max(person, key=lambda own: (len(tokens(own.name)) > 1, len(own.mentions)))
            key = _free(_slug(f"{main.name} {main.place}"), taken)
            self._insert("person", key=key, name=main.name, place=main.place)
            for own in person:
                keys[id(own)] = key
                why = reasons.get(id(own)) if own is not main else None
                self._insert(
                    "spelling", person=key, name=own.name, place=own.place, identity=own.identity,
                    count=len(own.mentions), reason=why.reason if why else "",
                    confidence=why.confidence if why else 1.0,
                )  # fmt: skip
                for contribution, mention in own.mentions:
                    columns = msgspec.structs.asdict(mention)
                    self._insert("mention", person=key, path=contribution.path, **columns)
                    by_name[contribution.path][name_key(mention.name)] = key
        for open_ in joined.suggestions:
            self._insert(
                "suggestion", one=open_.one.identity, other=open_.other.identity,
                one_key=keys.get(id(open_.one)), other_key=keys.get(id(open_.other)),
                confidence=open_.rule.confidence, reason=open_.rule.reason,
            )  # fmt: skip
        return by_name

    def _group(self, paths: list[str], by_name: dict[str, dict[str, str]]) -> None:
        members = list(self._contributions(paths))
        dated = [own for own in members if own.likely]
        outcome = {
            (own.contribution.path, own.number): own.matches for own in followups.followed(dated)
        }
        for own in members:
            for number, said in enumerate(own.statements):
                later = outcome.get((own.path, number), ())
                at = self._insert(
                    "statement", kind=said.kind, path=own.path, text=said.text,
                    sentence=said.sentence, start=said.start, end=said.end, due=said.due,
                    heading=said.heading, confidence=said.confidence, open=not later,
                    likely=own.likely,
                )  # fmt: skip
                for name in said.who:
                    meant = _meant(own, name)
                    who = by_name.get(own.path, {}).get(name_key(meant.name if meant else name))
                    self._insert(
                        "who", statement=at, name=name, person=who,
                        municipality=meant.municipality if meant else None,
                    )  # fmt: skip
                for match in later:
                    self._insert(
                        "later", statement=at, path=match.contribution.path,
                        sentence=match.sentence.text, start=match.sentence.start,
                        end=match.sentence.end, likeness=match.likeness,
                    )  # fmt: skip
        for thread in threads.threads(dated):
            at = self._insert("thread", grp=members[0].group or "", heading=thread.heading)
            for own, section in thread.places:
                self._insert(
                    "thread_place", thread=at, path=own.path, heading=section.heading,
                    start=section.start, end=section.end,
                )  # fmt: skip

    def _coverage(self) -> None:
        for coming in coverage.announced(map(_bare, self._contributions())):
            said = [source for _, _, source in coming.sources]
            at = self._insert(
                "announced", grp=coming.group, date=coming.date,
                time=next((own.time for own in said if own.time), None),
                place=next((own.place for own in said if own.place), None),
                held=json.dumps(coming.held, ensure_ascii=False),
            )  # fmt: skip
            for own, _, source in coming.sources:
                self._insert(
                    "announcement", announced=at, path=own.path, sentence=source.sentence,
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
def _told_as_system_does() -> Iterator[None]:
    """Raise the operating system's own error where SQLite tells of a full disk in its own way."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise


def _bare(own: DocumentFacts) -> DocumentFacts:
    """Return what is kept in memory of every document while dates are joined."""
    return msgspec.structs.replace(
        own, people=(), municipalities=(), statements=(), sections=(), cases=(), sentences=()
    )


def _named(own: DocumentFacts) -> DocumentFacts:
    """Return what is kept in memory of every document while names are joined."""
    return msgspec.structs.replace(_bare(own), people=own.people, announced=())


def _meant(own: DocumentFacts, name: str) -> PersonMention | None:
    """Return the one listed person of a document who bears a name, or alone a first name."""
    said = tokens(name)
    listed = [each for each in own.people if each.presence]
    fitting = {
        name_key(each.name): each
        for each in listed
        if (tokens(each.name)[:1] if len(said) == 1 else tokens(each.name)) == said
    }
    return fitting.popitem()[1] if len(fitting) == 1 else None


def _series(own: DocumentFacts) -> str:
    """Return of which series of meetings a document is: its group's, else its folder's."""
    folder, _, _ = own.path.rpartition("/")
    return own.group.casefold() if own.group else f"\0{folder or own.path}"


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
