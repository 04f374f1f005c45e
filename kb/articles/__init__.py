"""Articles: what people write of what the minutes say together, in Markdown.

An article is a file of its own in the library, `kunskap/NAME.md`; its earlier versions lie
beside it (`store`). It is searched like the minutes, as a kind of its own (`reading`), and
leads to articles, persons, groups, municipalities, minutes and searches (`links`).
"""

from kb.articles.reading import KIND, is_article, understand

__all__ = ["KIND", "is_article", "understand"]
