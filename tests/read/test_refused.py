"""Files that cannot be read: each is told of in Swedish, and none does any harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import UserError
from kb.read import Room, limits, read_original, unpack
from kb.read.pdf import read_pdf
from tests.read.files import docx, locked, odt, packed, pdf, picture

ZEROS = bytes(50 << 20)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("tom.txt", b"", "Filen är tom"),
        ("tom.pdf", b"", "Filen är tom"),
        ("fil.exe", b"MZ", "kan inte läsas"),
        ("utan", b"x", "kan inte läsas"),
        ("bild.txt", b"\x89PNG\r\n\x1a\n", "heter .txt men innehåller en PNG-bild"),
        ("ord.pdf", b"vanlig text", "heter .pdf men innehållet är inte en PDF"),
        ("ord.png", b"vanlig text", "heter .png men innehållet är inte"),
        ("word.odt", docx(), "heter .odt men innehåller ett Word-dokument"),
        ("arkiv.docx", packed([("a.txt", b"x")]), "heter .docx men innehåller ett ZIP-arkiv"),
        ("binar.txt", b"a\0b", "inte text"),
        ("last.docx", OLE, "krypterat eller äldre"),
        ("last.pdf", pdf(["hemligt"], encrypted=True), "skyddad med lösenord"),
        ("trasig.pdf", b"%PDF-1.4\n" + b"skr\xe4p" * 50, "skadad"),
        ("trasig.docx", docx()[:2000], "skadad"),
        ("trasig.odt", odt()[:2000], "skadad"),
        ("trasig.png", picture("x")[:120], "skadad"),
        ("tomt.rtf", b"{\\rtf1 }", "ingen text"),
        ("tom.html", b"<html><body></body></html>", "ingen text"),
        ("inget.eml", b"\n\n", "inget e-postmeddelande"),
        ("bomb.docx", packed([("word/document.xml", ZEROS)]), "växer orimligt"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, said: str):
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(UserError, match=said):
        read_original(file, name)


def test_a_huge_file_is_not_even_opened(tmp_path: Path):
    file = tmp_path / "stor.txt"
    with file.open("wb") as handle:
        handle.truncate(limits.FILE_BYTES + 1)
    with pytest.raises(UserError, match="för stor: 100 MB, mot högst 100 MB"):
        read_original(file, file.name)


def test_a_document_of_too_many_pages(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "PAGES", 2)
    with pytest.raises(UserError, match="har 3 sidor, mot högst 2"):
        read_pdf(pdf(["ett"], ["två"], ["tre"]))


def test_reading_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "SECONDS", 0)
    file = tmp_path / "sida.html"
    file.write_text("<p>Hej</p>")
    with pytest.raises(UserError, match="att läsa"):
        read_original(file, file.name)


def test_an_archive_gives_its_files_without_their_folders():
    data = packed([("mapp/a.txt", b"a"), ("../../b.txt", b"b"), ("__MACOSX/c", b"c"), ("d/", b"")])
    assert [(own.name, own.data) for own in unpack("x.zip", data)] == [
        ("a.txt", b"a"),
        ("b.txt", b"b"),
    ]


def test_an_archive_that_would_fill_the_disk():
    with pytest.raises(UserError, match="växer orimligt"):
        list(unpack("bomb.zip", packed([("a.txt", ZEROS)])))


def test_an_archive_of_very_many_files(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "MEMBERS", 2)
    with pytest.raises(UserError, match="fler än 2 filer"):
        list(unpack("x.zip", packed((f"{n}.txt", b"x") for n in range(3))))


def test_one_file_of_an_archive_is_locked():
    (own,) = unpack("x.zip", locked(packed([("a.txt", b"hemligt")])))
    assert (own.name, own.data) == ("a.txt", b"")
    assert "lösenord" in own.refused


def test_one_file_of_an_archive_is_damaged():
    data = packed([("a.txt", b"abc" * 400)])
    at = data.index(b"a.txt") + 5
    (own,) = unpack("x.zip", data[:at] + b"\xff\xff\xff" + data[at + 3 :])
    assert "skadad" in own.refused


def test_no_more_comes_out_of_archives_in_archives_than_of_one(monkeypatch: pytest.MonkeyPatch):
    inner = packed([("a.txt", b"x" * 600)])
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 1000 + 2 * len(inner))
    room = Room()
    (first, second) = unpack("x.zip", packed([("a.zip", inner), ("b.zip", inner)]), room)
    assert [own.name for own in unpack("a.zip", first.data, room, 1)] == ["a.txt"]
    with pytest.raises(UserError, match="för stor"):
        unpack("b.zip", second.data, room, 1)


def test_archives_do_not_lie_in_each_other_without_end():
    data = packed([("a.txt", b"x")])
    assert list(unpack("x.zip", data, depth=limits.DEPTH - 1))
    with pytest.raises(UserError, match="för djupt"):
        unpack("x.zip", data, depth=limits.DEPTH)
    assert not list(unpack("a.txt", b"x", depth=limits.DEPTH))


@pytest.mark.parametrize("text", ["  \n\n ", "\ufeff", "\f"])
def test_a_text_without_any_text(tmp_path: Path, text: str):
    file = tmp_path / "a.txt"
    file.write_text(text, "utf-8")
    with pytest.raises(UserError, match="ingen text"):
        read_original(file, file.name)
