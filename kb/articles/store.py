"""Articles on disk: the newest text in a file, and every version beside it.

`kunskap/NAME.md` is the article; `kunskap/.versioner/NAME.md/N.json` holds each version with its
author and time. A text that was changed by another program becomes a version before the next one is
written, so that nothing is lost.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
from filelock import FileLock

from kb import durable
from kb.articles.reading import is_article, title
from kb.errors import UserError, because
from kb.layout import ARTICLES, ARTICLES_LOCK
from kb.library import Library, history, log, notes
from kb.library.naming import numbered, safe_name

LONGEST = 500_000
"""Characters of an article."""


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """A text that an article has or has had.

    Attributes:
        number: Its place among the versions, from 1.
        text: The Markdown.
        by: The author; empty if it was written by another program.
        at: When, UTC.
    """

    number: int
    text: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as it reads now.

    Attributes:
        name: Its name in addresses: the file's, without ".md".
        path: Its path in the library.
        title: Its heading.
        text: The Markdown.
        state: Digest of the text; an edit states the one it started from.
        by: Who wrote it last.
        at: When, UTC.
    """

    name: str
    path: str
    title: str
    text: str
    state: str
    by: str
    at: dt.datetime


class ConflictError(UserError):
    """The article was changed by somebody else since the edit began."""

    def __init__(self, current: Article) -> None:
        super().__init__(f"”{current.title}” har ändrats av någon annan medan du skrev.")
        self.current = current


class Articles:
    """The articles of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._folder = library.folder / ARTICLES

    def names(self) -> list[str]:
        """Return the name of every article."""
        files = self._folder.glob("*.[mM][dD]") if self._folder.is_dir() else ()
        return sorted(file.stem for file in files if file.name[0] != ".")

    def all(self) -> Iterator[Article]:
        """Yield every article by name."""
        for name in self.names():
            if article := self.get(name):
                yield article

    def get(self, name: str) -> Article | None:
        """Return an article, or None if there is none of that name.

        Raises:
            UserError: It cannot be read.
        """
        file = self._file(name)
        if file is None:
            return None
        text, changed = _read(file)
        latest = next(iter(self._kept(file)), None)
        version = latest if latest and latest.text == text else ArticleVersion(0, text, "", changed)
        path = f"{ARTICLES}/{file.name}"
        return Article(
            name=name,
            path=path,
            title=title(text, path),
            text=text,
            state=_state(text),
            by=version.by,
            at=version.at,
        )

    def versions(self, name: str) -> list[ArticleVersion]:
        """Return every version of an article, the newest first.

        Raises:
            UserError: It cannot be read.
        """
        file = self._file(name)
        if file is None:
            return []
        kept = list(self._kept(file))
        text, changed = _read(file)
        if not kept or kept[0].text != text:
            kept.insert(0, ArticleVersion(_next(kept), text, "", changed))
        return kept

    def create(self, text: str, by: str) -> Article:
        """Write a new article under the name its heading gives it.

        Raises:
            UserError: It has no heading, is too long, or cannot be written.
        """
        heading = title(text, "")
        if not heading:
            raise UserError("Skriv en rubrik först, på en rad som börjar med #.")
        _check(text)
        with self._locked():
            for name in numbered(safe_name(heading.replace("/", "-")) + ".md"):
                file = self._folder / name
                if not file.exists() and not history(file).exists():
                    break
            self._write(file, text, by)
        return self._written(file, by)

    def save(self, name: str, text: str, by: str, state: str) -> Article:
        """Write a new version of an article.

        Args:
            name: Its name.
            text: The new text.
            by: The author.
            state: The state of the text that was changed (`Article.state`).

        Raises:
            ConflictError: Its text has changed since.
            UserError: It does not exist, is too long, or cannot be written.
        """
        _check(text)
        with self._locked():
            current, file = self.get(name), self._file(name)
            if current is None or file is None:
                raise UserError("Kunskapssidan finns inte längre. Spara texten som en ny sida.")
            if current.state != state:
                raise ConflictError(current)
            if current.text == text:
                return current
            kept = self.versions(name)[0]
            if not _place(file, kept.number).exists():
                self._keep(file, kept)
            self._write(file, text, by)
        return self._written(file, by)

    def _written(self, file: Path, by: str) -> Article:
        article = self.get(file.stem)
        if article is None:
            raise UserError(f"”{file.stem}” gick inte att spara.")
        log.record(self._library.folder, by, log.Act.WRITE, article.path)
        return article

    def _write(self, file: Path, text: str, by: str) -> None:
        # The version first: if the machine stops in between, only the file is old.
        try:
            number = _next(list(self._kept(file)))
            self._keep(file, ArticleVersion(number, text, by, notes.now()))
            durable.replace(file, text.encode())
        except OSError as error:
            raise UserError(f"”{file.stem}” gick inte att spara: {because(error)}.") from error

    @staticmethod
    def _keep(file: Path, version: ArticleVersion) -> None:
        history(file).mkdir(parents=True, exist_ok=True)
        durable.create(_place(file, version.number), msgspec.json.encode(version))

    @staticmethod
    def _kept(file: Path) -> Iterator[ArticleVersion]:
        """Yield the versions that are kept, the newest first."""
        for each in sorted(history(file).glob("*.json"), reverse=True):
            try:
                yield msgspec.json.decode(each.read_bytes(), type=ArticleVersion)
            except (OSError, msgspec.DecodeError):
                continue  # damaged by hand; the others still tell

    def _file(self, name: str) -> Path | None:
        file = self._library.locate(f"{ARTICLES}/{name}.md")
        return (
            file if file and is_article(file.relative_to(self._library.folder).as_posix()) else None
        )

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Lock articles for writing by one process at a time."""
        try:
            self._folder.mkdir(exist_ok=True)
            lock = FileLock(self._folder / ARTICLES_LOCK)
            with lock:
                yield
        except OSError as error:
            raise UserError(f"Kunskapssidorna går inte att skriva: {because(error)}.") from error


def _place(file: Path, number: int) -> Path:
    return history(file) / f"{number:06}.json"


def _next(kept: Sequence[ArticleVersion]) -> int:
    return kept[0].number + 1 if kept else 1


def _check(text: str) -> None:
    if len(text) > LONGEST:
        raise UserError("Texten är för lång för en kunskapssida. Dela upp den på flera sidor.")


def _read(file: Path) -> tuple[str, dt.datetime]:
    try:
        text = file.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
        changed = dt.datetime.fromtimestamp(int(file.stat().st_mtime), dt.UTC)
    except OSError as error:
        raise UserError(f"”{file.name}” går inte att läsa: {because(error)}.") from error
    return text, changed


def _state(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
