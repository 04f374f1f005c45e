"""Read seeds the way the parser gets them."""

import hashlib
from pathlib import Path

from kb.model import Damage, Quality, RepairedText, SourceText, Span

ROOT = Path(__file__).parent.parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


def source(text: str, path: str = "prov.txt") -> SourceText:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return SourceText(path, text, (Span(0, len(text)),), digest, "utf-8")


def unrepaired(text: str, path: str = "prov.txt") -> RepairedText:
    return RepairedText(source(text, path), text, (), Quality(1.0, 0.05, Damage.NONE))


def seed(path: Path) -> SourceText:
    text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    return source(text, path.name)
