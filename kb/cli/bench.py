"""Measured speed and size."""

from __future__ import annotations

import argparse
from pathlib import Path

from kb.cli.command import Command
from kb.config import Settings
from kb.errors import UserError

_QUICK = 10_000


def _arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    parser.add_argument("--documents", type=int, nargs="+", default=[_QUICK, 100_000],
                        metavar="ANTAL", help="bibliotekens storlek (%(default)s)")  # fmt: skip
    parser.add_argument("--words", type=int, default=400, metavar="ANTAL",
                        help="ord i ett dokument i genomsnitt (%(default)s)")  # fmt: skip
    parser.add_argument("--rounds", type=int, default=5, metavar="ANTAL",
                        help="gånger varje fråga ställs (%(default)s)")  # fmt: skip
    parser.add_argument("--peers", nargs="*", metavar="MOTOR",
                        help="andra motorer att fråga (alla som är installerade)")  # fmt: skip
    parser.add_argument("--quick", action="store_true",
                        help=f"bara {_QUICK} dokument, en omgång, utan söksidan; "
                             "för att se att svaren stämmer")  # fmt: skip
    parser.add_argument("--no-pages", action="store_true", help="belasta inte söksidan")
    parser.add_argument("--folder", type=Path, metavar="MAPP",
                        help="mapp att behålla indexen i till nästa gång")  # fmt: skip
    parser.add_argument("--shared", type=Path, default=settings.shared, metavar="MAPP",
                        help="mapp med texter att mäta på (%(default)s)")  # fmt: skip


def _bench(options: argparse.Namespace, settings: Settings) -> int:
    try:
        from kb.lab.bench.peers.whoosh import Stock
        from kb.lab.bench.run import PEERS, BenchPlan, run
    except ModuleNotFoundError as error:
        raise UserError(
            f"Mätningen behöver paketet {error.name}: pip install 'minnesbanken[bench]'"
        ) from error
    names = tuple(peer.name for peer in PEERS)
    # Whoosh as documented takes minutes; tests already compare its answers with ours.
    peers = tuple(name for name in names if not (options.quick and name == Stock.name))
    peers = peers if options.peers is None else tuple(options.peers)
    if unknown := set(peers) - set(names):
        raise UserError(
            f"Okänd motor: {', '.join(sorted(unknown))}. Välj bland {', '.join(names)}."
        )
    same = True
    for documents in [_QUICK] if options.quick else options.documents:
        plan = BenchPlan(
            shared=options.shared,
            documents=documents,
            words=options.words,
            rounds=1 if options.quick else options.rounds,
            peers=peers,
            pages=not (options.quick or options.no_pages),
            folder=options.folder,
        )
        same = run(plan, print) and same
    return 0 if same else 1


COMMANDS = (Command("bench", "Mät fart och storlek bredvid andra motorer.", _bench, _arguments),)
