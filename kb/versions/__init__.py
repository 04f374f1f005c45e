"""Versions computed from content, so that they change whenever what modules do may change.

A version is a digest of the syntax trees of some modules and of every `kb` module they
import, of the data files these name, and of the installed packages they use. It is
not maintained by hand, so no change can be forgotten. Docstrings and comments are left out.

The rules err on the side of a new version: a data file that no module names belongs to its
whole room, a package counts unless it is listed as not affecting results, and Python's
minor version counts, because its Unicode tables and parsers of HTML and mail affect results
(and because syntax trees differ between them).
"""

from kb.versions.version import imports, version_of

__all__ = ["imports", "version_of"]
