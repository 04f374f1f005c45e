from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import UserError
from kb.lab.evaluate import ingest
from kb.lab.evaluate.ingest import Known


def test_what_is_missing_is_named_and_fails(seeds: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ingest, "OFFICE", "finns-inte")
    with pytest.raises(UserError, match=r"libreoffice-writer-nogui.*tesseract-ocr-swe"):
        ingest.run(seeds)


def test_the_known_texts_are_whole(seeds: Path):
    texts = list(ingest.known(seeds))
    assert len(texts) == 5
    assert all(len(text.words) > 200 for text in texts)


def test_words_lost_and_words_in_another_order_are_seen(tmp_path: Path):
    file = tmp_path / "a.txt"
    text = Known("a", ["ett", "två", "tre", "fyra"], "")
    for read, share in (("Ett. två\ntre, fyra", 0.75), ("tre fyra ett två", 0.5), ("ett", 0.25)):
        file.write_text(read, "utf-8")
        row = ingest._row("x", [text], [[file]], 0.9)
        assert (row.value, row.fails) == (share, True)
