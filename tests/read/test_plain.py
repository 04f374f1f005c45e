from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import UserError
from kb.read import read_original

TEXT = "Möte i Åstorp\nlördag 3 maj – ”klart”\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("cp1252"), "cp1252"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16"),
        (TEXT.replace("\n", "\r\n").encode("cp1252"), "cp1252"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, encoding: str):
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    source = read_original(file, "mapp/a.txt")
    assert source.text == TEXT
    assert source.encoding == encoding
    assert source.path == "mapp/a.txt"
    assert source.notes == ()


def test_bytes_that_mean_nothing_are_told_of(tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_bytes(b"M\xf6te \x81 klart")
    source = read_original(file, "a.txt")
    assert source.text == "Möte \ufffd klart"
    assert source.notes == ("1 tecken kunde inte avkodas.",)


def test_form_feeds_end_pages(tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_text("ett\ftvå\ftre", "utf-8")
    source = read_original(file, "a.txt")
    assert [page.slice(source.text) for page in source.pages] == ["ett\f", "två\f", "tre"]


def test_an_empty_file_is_refused(tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_bytes(b"")
    with pytest.raises(UserError, match="tom"):
        read_original(file, "a.txt")


@pytest.mark.parametrize(("name", "data"), [("a.xyz", b"x"), ("a", b"x"), ("a.txt", b"a\0b")])
def test_what_is_not_text_is_refused_in_words(tmp_path: Path, name: str, data: bytes):
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(UserError):
        read_original(file, name)


def test_the_seeds_are_byte_for_byte(seeds: Path):
    assert len(list(seeds.iterdir())) == 5
    for seed in seeds.iterdir():
        source = read_original(seed, seed.name)
        assert source.encoding == "utf-8"
        assert source.text.encode() == seed.read_bytes().replace(b"\r\n", b"\n")
