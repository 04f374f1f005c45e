"""Versions that follow from content: what modules do changes exactly when their version does.

A version is a digest of the syntax trees of some modules and of every `kb` module they
import, of the data files these name, and of the installed packages they use. Nobody keeps
it by hand, so no change can be forgotten. Docstrings and comments are left out.

The rules err on the side of a new version: a data file that no module names belongs to its
whole room, a package counts until it is listed as a mere carrier of data, and Python's
minor version counts, because its Unicode tables and parsers of HTML and mail decide results
(and because syntax trees differ between them).
"""

from kb.versions.version import imports, version_of

__all__ = ["imports", "version_of"]
