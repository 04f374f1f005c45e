"""What a search page costs its reader: bytes over the wire, requests, movement."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from kb.build.current_index import CurrentIndex
from kb.config import Settings

pytestmark = pytest.mark.browser

MOST_BYTES = 100_000
"""Of a search page and all it needs, as sent, nothing kept from before."""

SHIFTS = """
() => new Promise(resolve => {
  let shift = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value;
  }).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => resolve(shift), 500);
})
"""


@pytest.mark.parametrize("path", ["/sok?q=familjehem", "/", "/trend?ord=familjehem"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_page_is_light_still_and_asks_nobody_else(
    open_page, seed_index, seeds, path: str, width: int
):
    source = CurrentIndex(Settings(library=seeds, index=seed_index))
    page = open_page("/hjalp", source=source, width=width)
    page.context.clear_cookies()
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[int] = []
    client.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    origin = page.url.removesuffix("/hjalp")
    page.goto(origin + path)
    page.wait_for_load_state("networkidle")
    assert len(sizes) >= 3
    assert sum(sizes) <= MOST_BYTES, sizes
    assert hosts == {urlsplit(origin).netloc}
    assert page.evaluate(SHIFTS) < 0.01
