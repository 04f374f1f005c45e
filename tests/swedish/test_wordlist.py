import sys
from pathlib import Path

import pytest

from kb import caches
from kb.swedish import wordlist
from kb.swedish.table import StringTable, build

ITEMS = {f"nyckel{number}".encode(): f"värde{number}".encode() for number in range(1000)}


def test_a_table_gives_back_what_it_was_built_of():
    table = StringTable(build(ITEMS.items(), b"f" * 32))
    assert all(table.get(key) == value for key, value in ITEMS.items())
    assert table.get(b"annat") is None
    assert table.whole()
    assert table.fingerprint == b"f" * 32


def test_an_empty_table_has_nothing():
    assert StringTable(build([], b"")).get(b"x") is None


@pytest.mark.parametrize("data", [b"", b"kort", b"x" * 200])
def test_other_bytes_are_no_table(data):
    with pytest.raises(ValueError, match="not a table"):
        StringTable(data)


def test_damage_shows():
    data = bytearray(build(ITEMS.items(), b"f" * 32))
    data[-5] ^= 1
    assert not StringTable(bytes(data)).whole()


@pytest.fixture
def small(monkeypatch):
    """A word list of one word, counting how often it is made."""
    made = []

    def make(digest):
        made.append(digest)
        return build([(b"ord", b"\x01\x00\x00\x00\x00\x00\x00")], digest)

    monkeypatch.setattr(wordlist, "_make", make)
    return made


def test_the_word_list_is_made_once(small, tmp_path):
    for _ in range(3):
        entry = wordlist.load(tmp_path / "cache").get("ord")
        assert entry is not None
        assert entry.lemma == "ord"
    assert len(small) == 1


@pytest.mark.parametrize("harm", [lambda data: b"", lambda data: data[:-9], lambda data: b"?" * 99])
def test_a_damaged_cache_is_made_anew(small, tmp_path, harm):
    wordlist.load(tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(harm(path.read_bytes()))
    assert wordlist.load(tmp_path).is_lemma("ord")
    assert len(small) == 2


def test_without_a_cache_there_is_still_a_word_list(small, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    assert wordlist.load(blocked / "cache").is_lemma("ord")


def test_old_word_lists_are_cleared_away(small, tmp_path):
    for number in range(5):
        (tmp_path / f"wordlist-{number}.table").write_bytes(b"old")
    wordlist.load(tmp_path)
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="asks XDG")
def test_the_cache_lies_where_the_system_has_it(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert caches.cache_folder().is_relative_to(tmp_path)
    monkeypatch.setattr(caches.platformdirs, "user_cache_path", lambda *_, **__: Path("~"))
    with pytest.raises(RuntimeError, match="home"):
        caches.cache_folder()
