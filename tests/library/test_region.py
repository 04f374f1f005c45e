from __future__ import annotations

from pathlib import Path

import pytest

from kb.library import preferences, region


def test_a_library_is_about_the_default_region(tmp_path: Path):
    found = region.load(tmp_path)
    assert found == region.default()
    assert len(found.kommuner) == 11
    assert "familjehem" in found.amnen


def test_a_library_says_which_region_it_is_about(tmp_path: Path):
    preferences.set_watch(tmp_path, True)
    file = tmp_path / ".installningar.toml"
    file.write_text(file.read_text("utf-8") + '\n[region]\nkommuner = ["Malmö"]\n', "utf-8")
    found = region.load(tmp_path)
    assert found.kommuner == ("Malmö",)
    assert found.amnen == region.default().amnen
    preferences.set_watch(tmp_path, False)
    assert region.load(tmp_path).kommuner == ("Malmö",)


@pytest.mark.parametrize("said", ["[region", "region = 3", '[region]\nkommuner = "Malmö"\n'])
def test_a_slip_in_the_file_takes_no_page_down(
    tmp_path: Path, said: str, caplog: pytest.LogCaptureFixture
):
    (tmp_path / ".installningar.toml").write_text(said, "utf-8")
    assert region.load(tmp_path) == region.default()
    assert "cannot be used" in caplog.text
