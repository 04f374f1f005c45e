"""Articles: pages that people write in Markdown about what the minutes say.

An article is a file of the library, `kunskap/NAME.md`, with its earlier versions beside it
(`store`). It is searched like the minutes, as a separate kind (`reading`), and links to articles,
persons, groups, municipalities, minutes and searches (`links`).
"""

from kb.articles.reading import KIND, is_article, understand

__all__ = ["KIND", "is_article", "understand"]
