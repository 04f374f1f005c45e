"""The command line: `kb build · serve · search · status · show · parse …`.

Each command imports what it needs when it runs, so that all of them start fast.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from kb import __version__
from kb.config import Settings, operator
from kb.errors import OperatorError, UserError

if TYPE_CHECKING:
    from kb.library import Original
    from kb.search.engine import Engine
    from kb.search.query import Query
    from kb.search.results import Results


class _Parser(argparse.ArgumentParser):
    """An argument parser that answers in Swedish."""

    def error(self, message: str) -> NoReturn:
        self.exit(
            2, f"{self.prog}: kommandot går inte att tolka ({message}). Hjälp: {self.prog} -h\n"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status: 0 done, 1 not done, 2 not understood."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        settings = Settings.from_environment()
        options = _parser(settings).parse_args(arguments)
        run: Callable[[argparse.Namespace, Settings], int] = options.run
        return run(options, settings)
    except (UserError, OperatorError) as error:
        print(f"Fel: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Avbrutet.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output went away; what is left has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser(settings: Settings) -> argparse.ArgumentParser:
    parser = _Parser(prog="kb", description="Sök i minnesanteckningar.", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"Minnesbanken {__version__}")
    commands = parser.add_subparsers(title="kommandon", metavar="KOMMANDO", required=True)

    def command(
        name: str, run: Callable[[argparse.Namespace, Settings], int], summary: str
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=summary, description=summary, allow_abbrev=False)
        made.set_defaults(run=run)
        return made

    def index_option(made: argparse.ArgumentParser) -> None:
        made.add_argument("--index", type=Path, default=settings.index, metavar="MAPP",
                          help="indexets mapp (%(default)s)")  # fmt: skip

    def library_option(made: argparse.ArgumentParser) -> None:
        made.add_argument("--library", type=Path, default=settings.library, metavar="MAPP",
                          help="bibliotekets mapp (%(default)s)")  # fmt: skip

    build = command("build", _build, "Bygg sökindexet över ett bibliotek.")
    build.add_argument("library", type=Path, nargs="?", default=settings.library, metavar="MAPP",
                       help="biblioteket: mapp med minnesanteckningar (%(default)s)")  # fmt: skip
    index_option(build)

    serve = command("serve", _serve, "Visa söksidan i webbläsaren.")
    library_option(serve)
    index_option(serve)
    serve.add_argument("--host", default=settings.host, help="adress att lyssna på (%(default)s)")
    serve.add_argument("--port", type=int, default=settings.port, help="port (%(default)s)")

    search = command("search", _search, "Sök.")
    search.add_argument("text", nargs="?", default="", metavar="SÖKORD",
                        help='ord att söka; "fras", -utan, ELLER, början*')  # fmt: skip
    for facet in ("kommun", "grupp", "person", "ar"):
        search.add_argument(f"--{facet}", action="append", default=[], metavar=facet.upper(),
                            help="avgränsa; kan upprepas")  # fmt: skip
    search.add_argument("--from", dest="since", type=_date, metavar="DATUM", help="ÅÅÅÅ-MM-DD")
    search.add_argument("--to", dest="until", type=_date, metavar="DATUM", help="ÅÅÅÅ-MM-DD")
    search.add_argument("--sort", choices=("relevans", "nyast", "aldst"), default="relevans")
    search.add_argument("--page", type=int, default=1, metavar="SIDA")
    search.add_argument("--utan", action="append", default=[], metavar="SLAG",
                        help="slag av träff att bortse från; kan upprepas")  # fmt: skip
    search.add_argument("--json", action="store_true", help="svara med JSON")
    index_option(search)

    status = command("status", _status, "Visa om indexet är aktuellt.")
    library_option(status)
    index_option(status)

    show = command("show", _show, "Visa ett dokuments text.")
    show.add_argument("id", metavar="DOKUMENT")
    index_option(show)

    parse = command("parse", _parse, "Visa vad som läses ut ur minnesanteckningar.")
    parse.add_argument("files", type=Path, nargs="+", metavar="FIL")
    parse.add_argument("--json", action="store_true", help="ett JSON-objekt per rad")
    analyze = command("analyze", _analyze, "Visa vad den svenska analysen gör av orden.")
    analyze.add_argument("text", nargs="?", metavar="TEXT", help="utan text läses rader")
    analyze.add_argument("--json", action="store_true", help="en JSON-lista per rad")

    mend = command("repair", _repair, "Visa skadad text lagad.")
    mend.add_argument("files", type=Path, nargs="+", metavar="FIL")
    mend.add_argument("--json", action="store_true", help="ett JSON-objekt per rad")

    correct = command("correct", _correct, "Rätta ett ord eller fakta i ett dokument.")
    correct.add_argument("document", nargs="?", metavar="DOKUMENT", help="sökväg i biblioteket")
    correct.add_argument("original", nargs="?", metavar="ORD", help="ordet som det står i texten")
    correct.add_argument("corrected", nargs="?", metavar="LÄSNING", help="vad det ska läsas som")
    correct.add_argument("--fact", action="append", metavar="FAKTA=VÄRDE", default=[],
                         help="rätta fakta i stället för ett ord, som date=2020-12-04 eller "
                              "person=Anna med name=Hanna; kan upprepas")  # fmt: skip
    how = correct.add_mutually_exclusive_group()
    how.add_argument("--undo", action="store_true", help="ångra rättningar av ordet eller fakta")
    how.add_argument("--list", action="store_true", help="visa bibliotekets rättningar")
    library_option(correct)

    learn = command("train-ocr", _train, "Lär vad textigenkänning läser fel.")
    learn.add_argument("pairs", type=Path, metavar="MAPP", help="mapp med *.align.json")
    learn.add_argument("--to", type=Path, metavar="FIL", help="fil att skriva (den som används)")

    count = command("train-usage", _train_usage, "Räkna hur ord används, ur hela texter.")
    count.add_argument("texts", type=argparse.FileType(encoding="utf-8"), metavar="FIL",
                       help='JSON-rader med "text", eller - för standard in')  # fmt: skip
    count.add_argument("--to", type=Path, metavar="FIL", help="fil att skriva (den som används)")

    evaluate = command("eval", _evaluate, "Mät kvaliteten mot facit.")
    evaluate.add_argument("what", choices=("swedish", "ocr"), metavar="VAD",
                          help="swedish eller ocr")  # fmt: skip
    evaluate.add_argument("--shared", type=Path, default=settings.shared, metavar="MAPP",
                          help="mapp med facit och korpusar (%(default)s)")  # fmt: skip
    evaluate.add_argument("--gold", type=Path, default=Path("tests/gold"), metavar="MAPP",
                          help="mapp med eget facit (%(default)s)")  # fmt: skip
    return parser


def _date(value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"”{value}” är inget datum som 2017-10-24") from None


def _build(options: argparse.Namespace, settings: Settings) -> int:
    from kb import pipeline

    def progress(done: int, total: int, path: str) -> None:
        if sys.stderr.isatty():
            print(f"\r{done}/{total} {path[:60]:<60}", end="" if path else "\n", file=sys.stderr)

    report = pipeline.build(options.library, options.index, progress)
    print(f"{report.documents} dokument indexerade på {report.seconds:.1f} s.")
    for path in report.doubtful:
        print(f"  osäkert datum: {path}")
    for failure in report.failures:
        print(f"  kunde inte läsas: {failure.path}: {failure.reason}")
    for remark in report.remarks:
        print(f"  rättning utan verkan: {remark.path}: {remark.text}")
    return 0


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    from kb.web.serve import serve

    serve(
        replace(
            settings,
            library=options.library,
            index=options.index,
            host=options.host,
            port=options.port,
        )
    )
    return 0


def _search(options: argparse.Namespace, settings: Settings) -> int:
    from kb.search.export import results_to_json

    results = _engine(options.index).search(_query(options))
    if options.json:
        print(json.dumps(results_to_json(results), ensure_ascii=False))
    else:
        _print_results(results)
    return 0


def _engine(index: Path) -> Engine:
    from kb import generations, pipeline

    generation = generations.current(index)
    if generation is None:
        raise UserError(f"Det finns inget index i ”{index}”. Bygg det med: kb build")
    return pipeline.open_engine(generation)


def _query(options: argparse.Namespace) -> Query:
    from kb.search.query import Query

    pairs = [("q", options.text), ("sortera", options.sort), ("sida", str(options.page))]
    for facet in ("kommun", "grupp", "person", "ar", "utan"):
        pairs += [(facet, value) for value in getattr(options, facet)]
    return replace(Query.from_params(pairs), since=options.since, until=options.until)


def _print_results(results: Results) -> None:
    if results.relaxed:
        print("Inget dokument har alla orden; här är de som har något av dem.")
    for note in results.notes:
        print(note)
    print(f"{results.total} träff{'' if results.total == 1 else 'ar'}")
    for hit in results.hits:
        doubt = f" (osäkert, kanske {hit.proposed_date})" if hit.proposed_date else ""
        print(f"\n{hit.title}\n  {hit.id} · {hit.date or 'utan datum'}{doubt} · {hit.group or '–'}")
        for snippet in hit.snippets:
            print(f"  {snippet.replace('<mark>', '*').replace('</mark>', '*')}")
        for why in hit.why:
            print(f"  {why.sought}: {why.kind.value} ({', '.join(why.found)})")


def _status(options: argparse.Namespace, settings: Settings) -> int:
    from kb.status import status

    state = status(options.library, options.index)
    print(f"{state.originals} filer i biblioteket, {state.searchable} sökbara.")
    for failure in state.failures:
        print(f"  kunde inte läsas: {failure.path}: {failure.reason}")
    for remark in state.remarks:
        print(f"  rättning utan verkan: {remark.path}: {remark.text}")
    for problem in state.problems:
        print(problem)
    if state.command:
        print(f"Åtgärda med: {state.command}")
    if state.ok:
        print("Indexet är aktuellt.")
    return 0 if state.ok else 1


def _show(options: argparse.Namespace, settings: Settings) -> int:
    document = _engine(options.index).document(options.id)
    if document is None:
        raise UserError(f"Det finns inget dokument ”{options.id}” i indexet.")
    print(document.repaired.text)
    return 0


def _parse(options: argparse.Namespace, settings: Settings) -> int:
    from kb import pipeline
    from kb.library import original
    from kb.parse.export import to_json

    for file in options.files:
        minutes = pipeline.understand(original(file)).minutes
        print(json.dumps(to_json(minutes), ensure_ascii=False, indent=None if options.json else 2))
    return 0


def _analyze(options: argparse.Namespace, settings: Settings) -> int:
    from kb.swedish import explain

    lines = sys.stdin if options.text is None else [options.text]
    for line in lines:
        words = explain.analyze(line.rstrip("\n"))
        if options.json:
            print(json.dumps([word.as_dict() for word in words], ensure_ascii=False))
        else:
            print(explain.table(words))
    return 0


def _repair(options: argparse.Namespace, settings: Settings) -> int:
    from kb import read, repair
    from kb.library import original
    from kb.repair.export import repair_to_json

    for file in options.files:
        repaired = repair.repair(read.read_original(file, original(file).path))
        if options.json:
            print(json.dumps(repair_to_json(repaired), ensure_ascii=False))
        else:
            print(repaired.text)
    return 0


def _correct(options: argparse.Namespace, settings: Settings) -> int:
    from kb import corrections, read
    from kb.corrections import wording
    from kb.library import Library, original
    from kb.model import Correction

    library = Library(options.library)
    if options.list:
        register = corrections.gather(library)
        for path, held in register.by_path.items():
            for own in held:
                when = f", {own.at:%Y-%m-%d %H:%M}" if own.at else ""
                print(f"{path}: {own.original} → {own.corrected} ({own.by or 'okänd'}{when})")
        for path, facts in register.facts.items():
            for fact in facts:
                when = f", {fact.at:%Y-%m-%d %H:%M}" if fact.at else ""
                told = f"{wording.subject(fact)} → {wording.outcome(fact)}"
                print(f"{path}: {told} ({fact.by or 'okänd'}{when})")
        for problem in register.problems:
            print(f"{problem.path}: {problem.reason}")
        return 0
    word_said = options.original and bool(options.corrected) is not options.undo
    if not options.document or bool(options.fact) is bool(word_said):
        raise UserError(
            "Ange DOKUMENT, ORD och LÄSNING, eller DOKUMENT --fact FAKTA=VÄRDE, "
            "eller --undo DOKUMENT och ordet eller fakta. Hjälp: -h"
        )
    file = library.locate(options.document)
    if file is None:
        raise UserError(f"Det finns inget dokument ”{options.document}” i ”{options.library}”.")
    if options.fact:
        _correct_fact(original(file, library.folder), options.fact, undo=options.undo)
        print(f"Rättningen är {'ångrad' if options.undo else 'sparad'}. "
              "Det märks när indexet har byggts om: kb build")  # fmt: skip
        return 0
    if options.undo:
        word = options.original
        said = [own for own in corrections.load(file).corrections if own.original == word]
        for own in said or [Correction(word, "")]:
            corrections.undo(file, own)
        print("Rättningen är ångrad. Det märks när indexet har byggts om: kb build")
        return 0
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    asked = Correction(options.original, options.corrected, None, operator(), now)
    text = read.read_original(file, options.document).text
    corrections.add(file, corrections.checked(asked, text))
    print("Rättningen är sparad. Den märks när indexet har byggts om: kb build")
    return 0


def _correct_fact(original: Original, pairs: list[str], *, undo: bool) -> None:
    """Correct or put back the fact that `pairs`, "date=2020-12-04", are about."""
    from kb import corrections, pipeline

    entry: dict[str, object] = dict(pair.partition("=")[::2] for pair in pairs)
    held = corrections.load(original.file).facts
    if undo:
        said = [one for one in held if entry.get(one.fact.value) in (one.value, one.subject[1])]
        if not said:
            raise UserError("Det finns ingen sådan rättning att ångra.")
        for one in said:
            corrections.undo_fact(original.file, one)
        return
    entry |= {flag: True for flag in ("add", "remove") if entry.get(flag) in ("", "true")}
    if str(entry.get("start", "")).isdecimal():
        entry["start"] = int(str(entry["start"]))
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    document = pipeline.understand(original, corrections.load(original.file).corrections)
    fact = corrections.checked_fact({**entry, "by": operator(), "at": now}, document)
    corrections.add_fact(original.file, fact)


def _train_usage(options: argparse.Namespace, settings: Settings) -> int:
    from kb.repair.train import train_usage

    texts = (str(json.loads(line)["text"]) for line in options.texts)
    print(f"Skrev {train_usage(texts, options.to)}.")
    return 0


def _evaluate(options: argparse.Namespace, settings: Settings) -> int:
    if not options.shared.is_dir():
        raise UserError(f"Utvärderingsdata saknas: mappen ”{options.shared}” finns inte.")
    if options.what == "ocr":
        from kb.evaluate import ocr

        return ocr.run(options.shared)
    from kb.evaluate import ranking, swedish

    # Both tables are wanted, also when the first one falls short.
    return max(swedish.run(options.shared), ranking.run(options.shared, options.gold))


def _train(options: argparse.Namespace, settings: Settings) -> int:
    from kb.repair.train import train

    print(f"Skrev {train(options.pairs, options.to)}.")
    return 0
