"""What a browser sees of a page, asked in JavaScript."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python

WIDTHS = (320, 640, 1280)  # 640 is what is left of 1280 at 200 %

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

SMALL_TARGETS = """
() => [...document.querySelectorAll('a, button, input:not([type=hidden]), summary')]
  .filter(e => e.checkVisibility({visibilityProperty: true}))
  // Links in running text are excepted (WCAG 2.5.8), and so is what has an equal elsewhere.
  .filter(e => !e.closest('p, dd, li > .snippet, td, .people, .raw, .skip, .bars, h2, h3, h4'))
  .filter(e => !e.matches('.skip'))
  .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
  .filter(([_, box]) => box.width < 24 || box.height < 24)
  .map(([html, box]) => `${html} ${Math.round(box.width)}x${Math.round(box.height)}`)
"""

CONTRAST = """
() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = colour => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = e => {
    for (; e; e = e.parentElement) {
      const colour = rgba(getComputedStyle(e).backgroundColor);
      if (colour[3] > 200) return colour;
    }
    return rgba('Canvas');
  };
  const faults = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !e.checkVisibility() || e.closest('.skip')) continue;
    const [a, b] = [light(rgba(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const words = walker.currentNode.data.trim().slice(0, 40);
    if (ratio < 4.5) faults.push(`${words}: ${ratio.toFixed(2)}`);
  }
  return faults;
}
"""

OPEN_ALL = "() => document.querySelectorAll('details').forEach(own => { own.open = true })"
"""What is folded together must be as good as what is seen."""

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")

FAULTS = """
() => axe.run({resultTypes: ['violations'], runOnly: {type: 'tag', values: [
  'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}})
  .then(result => result.violations.map(v =>
    `${v.id}: ${v.help}: ${v.nodes.map(n => n.html.slice(0, 120)).slice(0, 3).join(' | ')}`))
"""
"""What axe-core finds, once `AXE` is there."""
