"""The seeds and made-up texts as sources."""

from pathlib import Path

from kb.model import SourceText, Span

SEEDS = Path(__file__).parents[2] / "seeds"


def as_source(text, path="prov.txt"):
    return SourceText(path, text, (Span(0, len(text)),), "", "utf-8")


def seed(number):
    path = next(SEEDS.glob(f"{number}_*.txt"))
    return as_source(path.read_text("utf-8"), path.name)
