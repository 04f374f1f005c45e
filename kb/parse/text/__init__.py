"""The text as the rules look at it: lines, labels, headings, sections, phrases."""
