"""A wheel built from the project works outside the checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

PROBE = """
import sys
from pathlib import Path
from kb.config import Settings
from kb.build import pipeline
from kb.build.current_index import CurrentIndex
from kb.web import create_app
assert str(Path(pipeline.__file__)).startswith(sys.argv[1]), pipeline.__file__
library, index = Path(sys.argv[2]), Path(sys.argv[3])
pipeline.build(library, index)
settings = Settings(library=library, index=index)
client = create_app(settings, CurrentIndex(settings)).test_client()
page = client.get("/sok?q=familjehem")
assert page.status_code == 200 and "003_5e5d61977808aeba" in page.text
assert client.get("/static/style.css").status_code == 200
from kb.cli import COMMANDS
assert {"eval", "bench"}.isdisjoint(command.name for command in COMMANDS)
"""


@pytest.mark.slow
def test_the_wheel_is_whole(tmp_path: Path, seeds: Path):
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    unpacked = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        assert not [name for name in archive.namelist() if name.startswith("kb/lab")]
        archive.extractall(unpacked)
    probe = [sys.executable, "-c", PROBE, str(unpacked), str(seeds), str(tmp_path / "index")]
    # Away from the checkout, with only the unpacked wheel in front of the installed packages.
    done = subprocess.run(
        probe,
        cwd=tmp_path,
        env={"PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
