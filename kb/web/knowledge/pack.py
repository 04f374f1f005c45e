"""The meeting pack as Markdown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from kb.knowledge.answers import Pack, Quote, Stated
from kb.web.formats import long_date
from kb.web.knowledge.page import quote_url, source_date
from kb.web.urls import document_url


def pack_markdown(pack: Pack, today: dt.date, root: str) -> str:
    """Return a meeting pack as Markdown; `root` is the address of the site."""
    return "\n".join(_lines(pack, today, root)) + "\n"


def _lines(pack: Pack, today: dt.date, root: str) -> Iterator[str]:
    yield f"# Mötesunderlag: {_plain(pack.group.name)}"
    yield ""
    yield f"Framtaget {long_date(today)}."
    following = pack.following(today)
    if following:
        place = f", {following.place}" if following.place else ""
        yield f"Nästa möte: {long_date(following.date)}{place}."
    yield from _section("Öppna åtaganden", (_statement(own, root) for own in pack.open_actions))
    yield from _section("Uppskjutna punkter", (_statement(own, root) for own in pack.postponed))
    yield from _section(
        "Vad kommunerna sa senast",
        (
            f"- **{name}** ({_link(round_.quotes[0], root)}): "
            + " ".join(_plain(quote.text) for quote in round_.quotes)
            for name, round_ in pack.rounds
        ),
    )
    yield from _section(
        "Nytt sedan förra mötet",
        (
            f"- {source_date(own).text} [{_plain(own.title)}]({root}{document_url(own.path)})"
            for own in pack.new
        ),
    )


def _section(heading: str, items: Iterable[str]) -> Iterator[str]:
    yield ""
    yield f"## {heading}"
    yield ""
    found = list(items)
    yield from found or ["Inget i anteckningarna."]


def _statement(own: Stated, root: str) -> str:
    who = ", ".join(_plain(person.name) for person in own.who)
    due = f" (senast {long_date(own.due)})" if own.due else ""
    return f"- {f'**{who}**: ' if who else ''}{_plain(own.text)}{due} – {_link(own.quote, root)}"


def _link(quote: Quote, root: str) -> str:
    return f"[{source_date(quote.source).text}]({root}{quote_url(quote)})"


def _plain(text: str) -> str:
    """Return text in which nothing is taken for Markdown."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#" else c for c in text)
