"""What axe-core finds on every page: nothing, in light and dark, on a telephone and a desk."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest

from tests.web.test_browser import PAGES

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")

RUN = """
() => axe.run({runOnly: {type: 'tag', values: [
  'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}})
  .then(result => result.violations.map(v =>
    `${v.id}: ${v.help}: ${v.nodes.map(n => n.html.slice(0, 120)).slice(0, 3).join(' | ')}`))
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(open_page, width: int, scheme: str):
    page = open_page("/", width=width, color_scheme=scheme)
    origin = page.url.rstrip("/")
    found = {}
    for path in PAGES:
        page.goto(origin + path)
        # What is folded together must be as good as what is seen.
        page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true })")
        page.evaluate(AXE)
        if violations := page.evaluate(RUN):
            found[path] = violations
    assert found == {}
