"""A stage's version follows from what it is made of, and from nothing else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from importlib import metadata
from pathlib import Path

import pytest

from kb.build.stages import STAGES, Stage
from kb.versions import version
from kb.versions.closure import closure_of
from kb.versions.sources import PACKAGE, Source, Sources, source_of

Change = Callable[[Path], None]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy") / "kb"
    shutil.copytree(PACKAGE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture(scope="module")
def sources(copied: Path) -> Mapping[str, Source]:
    return Sources(copied, None).by_path


def changed(
    copied: Path,
    before: Mapping[str, Source],
    path: str,
    change: Change,
    asked: Sequence[Stage] = STAGES,
) -> set[str]:
    """Those of the asked stages whose version differs while a file is changed."""
    file = copied / path
    kept = file.read_bytes()
    try:
        change(file)
        now = {**before, path: source_of(file, (0, 0, 0, 0))}
    finally:
        file.write_bytes(kept)
    return {stage.name for stage in asked if of(before, stage) != of(now, stage)}


def of(files: Mapping[str, Source], stage: Stage) -> str:
    return version.compute(files, *stage.modules, alone=stage.alone)


def appended(text: str) -> Change:
    return lambda file: file.write_bytes(file.read_bytes() + text.encode()) and None


def replaced(old: str, new: str) -> Change:
    def change(file: Path) -> None:
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    return change


def reachable(sources: Mapping[str, Source]) -> set[str]:
    return {path for stage in STAGES for path in parts(sources, stage.name)}


def parts(sources: Mapping[str, Source], name: str) -> set[str]:
    stage = next(one for one in STAGES if one.name == name)
    found = closure_of(sources, stage.modules, stage.alone)
    return {*found.modules, *found.data}


def test_each_file_that_can_change_a_result_changes_a_version(
    copied: Path, sources: Mapping[str, Source]
):
    data = {path for path in sources if not path.endswith(".py")}
    # Query expansion looks these up when somebody searches; nothing of them is in an index.
    asked = {"swedish/data/equivalents.tsv", "swedish/data/function_words.txt"}
    shown = {"library/data/region.toml"}  # what pages offer
    unreached = data - reachable(sources)
    assert unreached <= asked | shown
    holding = {path: stage for stage in STAGES for path in parts(sources, stage.name)}
    for path, stage in sorted(holding.items(), key=lambda item: item[0]):
        more = "\nEXTRA = 1\n" if path.endswith(".py") else "\nextra\t1\n"
        assert changed(copied, sources, path, appended(more), (stage,)), path


@pytest.mark.parametrize(
    "path", ["parse/parse.py", "read/html.py", "swedish/analysis.py", "knowledge/store.py"]
)
def test_docstrings_comments_and_layout_change_nothing(
    copied: Path, sources: Mapping[str, Source], path: str
):
    text = "\n\n\n# said otherwise\n"
    assert changed(copied, sources, path, appended(text)) == set()
    quotes = '"""'
    assert changed(copied, sources, path, replaced(quotes, f"{quotes}Otherwise. ")) == set()


@pytest.mark.parametrize(
    ("path", "readers"),
    [
        ("read/html.py", {"reader.html", "reader.email"}),
        ("read/email.py", {"reader.email"}),
        ("read/image.py", {"reader.png", "reader.jpeg", "reader.tiff"}),
        ("read/pdf.py", {"reader.pdf"}),
        ("read/docx.py", {"reader.docx"}),
        ("read/archive.py", {"reader.docx", "reader.odt"}),
    ],
)
def test_a_reader_changes_by_itself(
    copied: Path, sources: Mapping[str, Source], path: str, readers: set[str]
):
    assert changed(copied, sources, path, appended("\nEXTRA = 1\n")) == readers


def test_a_cue_changes_what_parses_and_nothing_before_it(
    copied: Path, sources: Mapping[str, Source]
):
    cue = changed(copied, sources, "parse/data/postponed_cues.txt", appended("\nskjuts\n"))
    assert cue == {"parser"}
    word = changed(copied, sources, "repair/data/ocr_costs.tsv", appended("\na\tb\t1\n"))
    assert word == {"repair"}


def test_weights_need_no_new_index(copied: Path, sources: Mapping[str, Source]):
    assert changed(copied, sources, "search/weights.py", appended("\nEXTRA = 1\n")) == set()


def test_what_is_imported_late_or_by_name_counts(sources: Mapping[str, Source]):
    assert "swedish/compounds.py" in parts(sources, "analyzer")  # within a function
    assert "knowledge/schema.sql" in parts(sources, "knowledge")
    assert "read/worker.py" in parts(sources, "reader")  # started by its name
    assert "read/html.py" not in parts(sources, "reader")


def test_modules_loaded_by_a_made_up_name_are_those_of_the_table():
    using = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "import_module" in path.read_text("utf-8") and "lab" not in path.parts
    }
    assert using == {"read/worker.py"}


def test_a_data_file_that_nobody_names_belongs_to_its_room(
    copied: Path, sources: Mapping[str, Source]
):
    (copied / "nytt.txt").write_text("ord\n")
    new = {**sources, "parse/data/nytt.txt": source_of(copied / "nytt.txt", (0, 0, 0, 0))}
    (copied / "nytt.txt").unlink()
    differ = {stage.name for stage in STAGES if of(sources, stage) != of(new, stage)}
    assert differ == {"parser"}


def test_a_package_around_a_module_counts_if_it_does_something(
    copied: Path, sources: Mapping[str, Source]
):
    act = "\nimport sys\n\nsys.setrecursionlimit(5000)\n"
    assert "reader.html" in changed(copied, sources, "read/__init__.py", appended(act))
    name = "\nfrom kb.read.limits import PAGES as MORE\n"
    assert changed(copied, sources, "read/__init__.py", appended(name)) <= {"build"}


def test_versions_of_packages_count(sources: Mapping[str, Source], monkeypatch: pytest.MonkeyPatch):
    old = {stage: of(sources, stage) for stage in STAGES}
    real = metadata.distribution

    def distribution(name: str) -> metadata.Distribution:
        found = real(name)
        if name == "lxml":
            found = type("Newer", (), {"version": "99", "requires": found.requires})()
        return found

    version._package.cache_clear()
    monkeypatch.setattr(metadata, "distribution", distribution)
    try:
        differ = {stage.name for stage in STAGES if of(sources, stage) != old[stage]}
    finally:
        version._package.cache_clear()
    # python-docx and odfdo are made of lxml.
    assert differ == {"reader.html", "reader.email", "reader.docx", "reader.odt"}


def test_what_is_remembered_is_believed_only_while_the_file_stays(tmp_path: Path):
    package = tmp_path / "kb"
    package.mkdir()
    module = package / "a.py"
    module.write_text("A = 1\n")
    first = Sources(package, tmp_path).by_path["a.py"]
    assert Sources(package, tmp_path).by_path["a.py"] == first
    times = module.stat()
    module.write_text("A = 2\n")
    os.utime(module, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert Sources(package, tmp_path).by_path["a.py"].digest != first.digest
    for remembered in tmp_path.glob("sources-*"):
        remembered.write_bytes(b"\xff")
    assert Sources(package, tmp_path).by_path["a.py"].digest != first.digest


def test_relative_imports_are_not_passed_over(tmp_path: Path):
    (tmp_path / "a.py").write_text("from . import b\n")
    with pytest.raises(ValueError, match="relative"):
        Sources(tmp_path, None)


def test_versions_are_short_and_named():
    assert len({stage.name for stage in STAGES}) == len(STAGES)
    assert all(stage.label for stage in STAGES)
    assert all(len(stage.version) == 16 for stage in STAGES)
