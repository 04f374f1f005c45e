"""Searching from the command line, and a document's text."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kb.cli.command import Command, index_option, json_option
from kb.config import Settings
from kb.errors import UserError
from kb.search.facets import FACETS

if TYPE_CHECKING:
    from kb.search.engine import Engine
    from kb.search.query import Query
    from kb.search.results import Results


def _search_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    parser.add_argument("text", nargs="?", default="", metavar="SÖKORD",
                        help='ord att söka; "fras", -utan, ELLER, början*, *inuti*')  # fmt: skip
    for name in FACETS:
        parser.add_argument(f"--{name}", action="append", default=[], metavar=name.upper(),
                            help="avgränsa; kan upprepas")  # fmt: skip
    parser.add_argument("--from", dest="since", type=_date, metavar="DATUM", help="ÅÅÅÅ-MM-DD")
    parser.add_argument("--to", dest="until", type=_date, metavar="DATUM", help="ÅÅÅÅ-MM-DD")
    parser.add_argument("--sort", choices=("relevans", "nyast", "aldst"), default="relevans")
    parser.add_argument("--page", type=int, default=1, metavar="SIDA")
    parser.add_argument("--utan", action="append", default=[], metavar="SLAG",
                        help="slag av träff att bortse från; kan upprepas")  # fmt: skip
    json_option(parser, "svara med JSON")
    index_option(parser, settings)


def _show_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    parser.add_argument("id", metavar="DOKUMENT")
    index_option(parser, settings)


def _date(value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"”{value}” är inget datum som 2017-10-24") from None


def _search(options: argparse.Namespace, settings: Settings) -> int:
    from kb.search.export import results_to_json

    results = _engine(options.index).search(_query(options))
    if options.json:
        print(json.dumps(results_to_json(results), ensure_ascii=False))
    else:
        _print_results(results)
    return 0


def _engine(index: Path) -> Engine:
    from kb.build import generations, pipeline

    generation = generations.current(index)
    if generation is None:
        raise UserError(f"Det finns inget index i ”{index}”. Bygg det med: kb build")
    return pipeline.open_engine(generation)


def _query(options: argparse.Namespace) -> Query:
    from kb.search.query import Query

    pairs = [("q", options.text), ("sortera", options.sort), ("sida", str(options.page))]
    for name in (*FACETS, "utan"):
        pairs += [(name, value) for value in getattr(options, name)]
    return replace(Query.from_params(pairs), since=options.since, until=options.until)


def _print_results(results: Results) -> None:
    if results.relaxed:
        print("Inget dokument har alla orden; här är de som har något av dem.")
    for note in results.notes:
        print(note)
    if results.total is not None:
        print(f"{results.total} träff{'' if results.total == 1 else 'ar'}")
    for hit in results.hits:
        doubt = f" (osäkert, kanske {hit.proposed_date})" if hit.proposed_date else ""
        print(f"\n{hit.title}\n  {hit.id} · {hit.date or 'utan datum'}{doubt} · {hit.group or '–'}")
        for snippet in (passage.html for passage in hit.passages):
            print(f"  {snippet.replace('<mark>', '*').replace('</mark>', '*')}")
        for why in hit.why:
            print(f"  {why.sought}: {why.kind.value} ({', '.join(why.found)})")


def _show(options: argparse.Namespace, settings: Settings) -> int:
    document = _engine(options.index).document(options.id)
    if document is None:
        raise UserError(f"Det finns inget dokument ”{options.id}” i indexet.")
    print(document.repaired.text)
    return 0


COMMANDS = (
    Command("search", "Sök.", _search, _search_arguments),
    Command("show", "Visa ett dokuments text.", _show, _show_arguments),
)
