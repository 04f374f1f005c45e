"""Files that are being written keep no other waiting, and are not read half."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kb.build import background, generations, pipeline, settling
from kb.build.status import status
from kb.build.watch import Watcher
from kb.config import Settings
from kb.library import Library


class Watched:
    """A library that a watcher looks at, and builds at once."""

    def __init__(self, folder: Path) -> None:
        self.library, self.index = folder / "library", folder / "index"
        self.library.mkdir()
        (self.library / "a.txt").write_text("Minnesanteckningar från Klippan", "utf-8")
        pipeline.build(self.library, self.index)
        self.settings = Settings(library=self.library, index=self.index, watch=True)
        self.watcher = Watcher(self.settings)
        self.builds = 0
        self.look()
        self.look()
        self.builds = 0

    def start(self, settings: Settings) -> None:
        self.builds += 1
        pipeline.build(settings.library, settings.index)

    def look(self) -> None:
        self.watcher.look()

    def write(self, name: str, text: str, how: str = "w") -> None:
        with (self.library / name).open(how, encoding="utf-8") as file:
            file.write(text)

    def texts(self) -> dict[str, str]:
        """Return the text of each document of the index."""
        generation = generations.current(self.index)
        assert generation is not None
        engine = pipeline.open_engine(generation)
        found = {path: engine.document(path) for path in engine.ids()}
        engine.close()
        return {path: document.source.text for path, document in found.items() if document}


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watched:
    watched = Watched(tmp_path)
    monkeypatch.setattr(background, "start", watched.start)
    return watched


def test_a_file_that_grows_keeps_no_other_waiting(watched: Watched):
    watched.write("växer.txt", "Rad 1.\n")
    watched.write("klar.txt", "Protokoll från Bjuv")
    watched.look()
    assert watched.builds == 0
    for number in range(2, 5):
        watched.write("växer.txt", f"Rad {number}.\n", "a")
        watched.look()
        assert watched.texts().keys() == {"a.txt", "klar.txt"}
    assert watched.builds == 1
    watched.look()
    assert watched.builds == 2
    assert "Rad 4" in watched.texts()["växer.txt"]
    watched.look()
    watched.look()
    assert watched.builds == 2
    assert status(watched.library, watched.index).ok


def test_what_was_found_of_a_file_stays_found_while_it_is_written(watched: Watched):
    watched.write("a.txt", "\nHalva", "a")
    watched.write("b.txt", "Protokoll från Bjuv")
    watched.look()
    watched.write("a.txt", " raden", "a")
    watched.look()
    assert watched.texts()["a.txt"] == "Minnesanteckningar från Klippan"
    assert "b.txt" in watched.texts()
    watched.look()
    assert watched.texts()["a.txt"].endswith("Halva raden")


def test_a_file_that_is_gone_for_a_moment_stays(watched: Watched):
    content = (watched.library / "a.txt").read_bytes()
    watched.write("b.txt", "Protokoll från Bjuv")
    watched.look()
    (watched.library / "a.txt").unlink()  # as a program does that replaces what it saves
    watched.look()
    assert watched.texts().keys() == {"a.txt", "b.txt"}
    (watched.library / "a.txt").write_bytes(content)
    watched.look()
    watched.look()
    assert watched.texts().keys() == {"a.txt", "b.txt"}
    (watched.library / "a.txt").unlink()
    watched.look()
    watched.look()
    assert watched.texts().keys() == {"b.txt"}


def test_every_build_heeds_what_the_watcher_says_while_it_is_believed(watched: Watched):
    watched.write("växer.txt", "Rad 1.\n")
    watched.look()
    pipeline.build(watched.library, watched.index)  # as somebody else starts it
    assert watched.texts().keys() == {"a.txt"}
    assert settling.unsettled(watched.index) == {"växer.txt"}
    settling.say(watched.index, ["växer.txt"], -1)  # nobody watches any more
    pipeline.build(watched.library, watched.index)
    assert watched.texts().keys() == {"a.txt", "växer.txt"}


def test_what_the_watcher_says_may_be_damaged(tmp_path: Path):
    assert settling.unsettled(tmp_path) == frozenset()
    settling.say(tmp_path, ["a.txt"], 60)
    assert settling.unsettled(tmp_path) == {"a.txt"}
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-3])
    assert settling.unsettled(tmp_path) == frozenset()
    settling.say(tmp_path, (), 60)
    assert list(tmp_path.iterdir()) == []


def test_two_looks_settle_a_file(tmp_path: Path):
    (tmp_path / "a.txt").write_text("a")
    looks = settling.Settling()
    library = Library(tmp_path)
    assert looks.look(library.originals()) == {"a.txt"}
    assert looks.look(library.originals()) == frozenset()
    time.sleep(0.01)
    (tmp_path / "a.txt").write_text("b")
    assert looks.look(library.originals()) == {"a.txt"}
    (tmp_path / "a.txt").unlink()
    assert looks.look(library.originals()) == {"a.txt"}
    assert looks.look(library.originals()) == frozenset()
