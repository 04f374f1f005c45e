"""The main job through the command line: in processes of their own, and within this one."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from kb.cli import main

ROOT = Path(__file__).parents[2]


def process(*arguments: str, stdin: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kb", *arguments],
        cwd=ROOT,
        env={**os.environ, **environ},
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def kb(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command within this process, which saves a start of Python each time."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(ROOT), redirect_stdout(out), redirect_stderr(err):
        try:
            status = main(arguments)
        except SystemExit as exit_:
            status = int(exit_.code or 0)
    return subprocess.CompletedProcess(arguments, status, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("cli") / "index")
    command = [sys.executable, "build_index.py", "seeds", "--index", folder]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout.startswith("5 dokument indexerade")
    assert "osäkert datum: 003" in done.stdout
    return folder


@pytest.fixture(scope="module")
def search(index: str):
    def run(*arguments: str) -> dict[str, Any]:
        done = kb("search", "--json", "--index", index, *arguments)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def ids(answer: dict[str, Any]) -> list[str]:
    return [hit["id"][:3] for hit in answer["hits"]]


def test_the_words_of_the_readme(index: str):
    done = process("search", "--json", "--index", index, "familjehem rekrytering")
    assert done.returncode == 0, done.stderr
    assert ids(json.loads(done.stdout))[0] == "003"


@pytest.mark.parametrize("text", ["\udce5", "-rekrytering familjehem", "å ä ö"])
def test_what_a_shell_can_pass_can_be_searched(index: str, text: str):
    run = process if text == "\udce5" else kb  # bytes that are no text: only a process gets them
    done = run("search", "--json", "--index", index, text)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--kommun", "Svalöv", ""), {"003", "004"}),
        (("--person", "Linda Macke", ""), {"004"}),
        (("--from", "2017-01-01", "--to", "2017-12-31", ""), {"000", "001", "002"}),
        (("--kommun", "Höganäs"), {"003", "004"}),
        (("--kommun", "Höganäs", "--kommun", "Nacka"), {"003", "004"}),
        (("--grupp", "Föräldragruppen"), {"000", "001"}),
        (("--ar", "2017", "--grupp", "Gemensam ledningsgrupp"), {"002"}),
        (("--kommun", "Nacka",), set()),
        (("Höganäs",), {"003", "004"}),
        (("Socialchefsnätverket",), {"004"}),
        (("föräldragruppen oktober 2017",), {"000"}),
    ],
)  # fmt: skip
def test_filters(search, arguments: tuple[str, ...], expected: set[str]):
    answer = search(*arguments)
    assert set(ids(answer)) == expected
    assert answer["total"] == len(expected)


def test_the_json_contract(search):
    answer = search("--kommun", "Svalöv", "nätverk")
    assert answer["query"] == "nätverk"
    assert set(answer) >= {
        "query", "total", "relaxed", "hits", "facets", "suggestion", "took_ms",
    }  # fmt: skip
    assert set(answer["facets"]) >= {"kommun", "grupp", "person", "ar"}
    for value in answer["facets"]["kommun"]:
        assert set(value) == {"value", "label", "count", "selected"}
    for hit in answer["hits"]:
        assert set(hit) >= {
            "id", "path", "title", "date", "group", "municipalities", "persons", "score",
            "snippets", "marks", "why",
        }  # fmt: skip


def test_a_doubtful_date_stays_as_stated(search):
    hit = search("familjehem rekrytering")["hits"][0]
    assert (hit["date"], hit["date_proposed"]) == ("2010-12-04", "2020-12-04")


@pytest.mark.parametrize(
    "text",
    ["", "-", "--", "\"", "*", "ELLER", "-oslo", "a" * 5_000, "§", "\udce5", "<script>", "%s\\"],
)  # fmt: skip
def test_no_text_gives_a_traceback(index: str, text: str):
    done = kb("search", "--json", "--index", index, "--", text)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("search", "--from", "igår", "x"), 2),
        (("search", "--okänd", "x"), 2),
        (("search", "--index", "finns-inte", "x"), 1),
        (("build", "finns-inte"), 1),
        (("show", "--index", "finns-inte", "x"), 1),
        (("parse", "finns-inte.txt"), 1),
        (("frobnicate",), 2),
        ((), 2),
    ],
)
def test_mistakes_are_answered_in_words(arguments: tuple[str, ...], status: int):
    done = kb(*arguments)
    assert done.returncode == status
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_a_bad_setting_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KB_PORT", "många")
    done = kb("status")
    assert done.returncode == 1
    assert "KB_PORT" in done.stderr


def test_status_tells_what_mends_it(index: str, tmp_path: Path):
    done = kb("status", "--library", "seeds", "--index", str(tmp_path))
    assert done.returncode == 1
    assert "kb build" in done.stdout
    assert kb("status", "--library", "seeds", "--index", index).returncode == 0


def test_show_prints_the_text(index: str):
    done = kb("show", "--index", index, "002_ef8f75dbef81a09c.txt")
    assert "korvgrillning" in done.stdout


def test_help_is_quick_and_swedish():
    started = time.perf_counter()
    done = process("--help")
    assert time.perf_counter() - started < 5  # a hang, not a benchmark
    assert "minnesanteckningar" in done.stdout


def test_a_word_is_corrected_listed_and_put_back(tmp_path: Path):
    (tmp_path / "a.txt").write_text("Mote i Sval6v", "utf-8")
    library = ("--library", str(tmp_path))
    assert kb("correct", "a.txt", "Sval6v", "Svalöv", *library).returncode == 0
    listed = kb("correct", "--list", *library)
    assert listed.returncode == 0
    assert listed.stdout.startswith("a.txt: Sval6v → Svalöv (")
    assert kb("correct", "--undo", "a.txt", "Sval6v", *library).returncode == 0
    assert kb("correct", "--list", *library).stdout == ""
    for wrong in (("a.txt", "Sval6v"), ("b.txt", "x", "y"), ("a.txt", "Sval", "x"),
                  ("--undo", "a.txt", "Sval6v"), ("--undo", "a.txt", "x", "y"), ()):  # fmt: skip
        done = kb("correct", *wrong, *library)
        assert done.returncode == 1
        assert done.stderr.startswith("Fel: ")
    assert [file.name for file in tmp_path.iterdir() if file.name != ".logg"] == ["a.txt"]
    acts = [json.loads(line)["act"] for line in kb("log", "--json", *library).stdout.splitlines()]
    assert acts == ["rättad", "rättning ångrad"]


def test_a_fact_is_corrected_listed_and_put_back(tmp_path: Path):
    shutil.copy(ROOT / "seeds" / "003_5e5d61977808aeba.txt", tmp_path / "a.txt")
    library = ("--library", str(tmp_path))

    def correct(*arguments: str):
        return kb("correct", *arguments, *library)

    assert correct("a.txt", "--fact", "date=2020-12-04").returncode == 0
    name = "person=Anita Bengtsson"
    assert correct("a.txt", "--fact", name, "--fact", "role=ordförande").returncode == 0
    listed = correct("--list").stdout.splitlines()
    assert listed[0].startswith("a.txt: Datum → 2020-12-04 (")
    assert listed[1].startswith("a.txt: Person Anita Bengtsson → ordförande (")
    for wrong in (
        "a.txt --fact date=igår",
        "a.txt --fact x=1",
        "--fact date",
        "a.txt --fact person=Ingen --fact remove",
        "a.txt ord läsning --fact date=",
        "--undo a.txt --fact group",
    ):
        done = correct(*wrong.split())
        assert done.returncode == 1
        assert done.stderr.startswith("Fel: ")
    assert correct("--undo", "a.txt", "--fact", "date").returncode == 0
    assert correct("--undo", "a.txt", "--fact", name).returncode == 0
    kept = {file.name for file in tmp_path.iterdir() if not file.name.startswith(".")}
    assert kept == {"a.txt"}


def test_analyze_reads_lines_and_prints_one_array_each():
    done = process("analyze", "--json", stdin="familjehemsvårdens\n\nrekrytera rekryteringen\n")
    first, empty, third = (json.loads(line) for line in done.stdout.splitlines())
    assert set(first[0]) == {"token", "lemma", "key", "parts", "equivalents", "name"}
    assert first[0]["parts"] == ["familje", "hems", "vårdens"]
    assert empty == []
    assert third[0]["key"] == third[1]["key"]


def test_analyze_shows_a_table():
    done = kb("analyze", "BUP i Klippan")
    assert "barn- och ungdomspsykiatrin" in done.stdout


def test_repair_prints_the_text_or_one_object_a_file():
    scanned, clean = "seeds/004_08cf0bc6b16c0240.txt", "seeds/001_1c16e1e66137dc8c.txt"
    assert "Håkan Strömberg Landskrona" in kb("repair", scanned).stdout
    done = kb("repair", "--json", scanned, clean)
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    original = (ROOT / scanned).read_text("utf-8")
    for change in first["changes"]:
        assert original[change["start"] : change["end"]] == change["original"]
    assert (first["damage"], second["damage"]) == ("no-swedish", "none")
    assert second["changes"] == []


def test_parse_prints_one_object_a_file():
    done = kb("parse", "--json", *(str(path) for path in sorted((ROOT / "seeds").iterdir())))
    dates = [json.loads(line)["date"] for line in done.stdout.splitlines()]
    assert dates == ["2017-10-24", "2017-05-09", "2017-01-23", "2010-12-04", "2020-01-10"]


def test_evaluation_data_that_is_missing_is_named(tmp_path: Path):
    done = kb("eval", "swedish", "--shared", str(tmp_path / "missing"))
    assert done.returncode == 1
    assert "finns inte" in done.stderr
