"""Articles on disk: nobody's text is ever lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.articles.store import Articles, ConflictError
from kb.errors import UserError
from kb.library import Library, trash

TEXT = "# Rekrytering av familjehem\n\nEtt första stycke.\n"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


@pytest.fixture
def articles(library: Library) -> Articles:
    return Articles(library)


def test_an_article_is_named_by_its_heading(articles: Articles, library: Library):
    article = articles.create(TEXT, "anna")
    assert (article.name, article.title) == ("Rekrytering av familjehem",) * 2
    assert article.by == "anna"
    assert [own.path for own in library.originals()] == [article.path]


def test_two_of_the_same_heading_do_not_overwrite_each_other(articles: Articles):
    first, second = articles.create(TEXT, "anna"), articles.create(TEXT + "Mer.", "bo")
    assert first.name != second.name
    assert articles.get(first.name) == first


def test_a_text_without_heading_is_refused(articles: Articles):
    with pytest.raises(UserError, match="rubrik"):
        articles.create("bara text", "anna")


@pytest.mark.parametrize("heading", ["../../etc/passwd", "a/b", "CON", "." * 300, "å" * 300])
def test_a_heading_is_made_a_safe_name(articles: Articles, tmp_path: Path, heading: str):
    article = articles.create(f"# {heading}\n", "anna")
    assert (tmp_path / article.path).parent == tmp_path / "kunskap"
    assert articles.get(article.name) is not None


@pytest.mark.parametrize("name", ["../utanför", "finns inte", "", ".versioner", "\0"])
def test_a_name_leads_nowhere_else(articles: Articles, tmp_path: Path, name: str):
    (tmp_path / "utanför.md").write_text("# Hemligt")
    assert articles.get(name) is None
    assert articles.versions(name) == []


def test_every_version_is_kept(articles: Articles):
    article = articles.create(TEXT, "anna")
    changed = articles.save(article.name, TEXT + "Två.\n", "bo", article.state)
    articles.save(article.name, TEXT + "Tre.\n", "eva", changed.state)
    kept = articles.versions(article.name)
    assert [(own.by, own.text) for own in kept] == [
        ("eva", TEXT + "Tre.\n"),
        ("bo", TEXT + "Två.\n"),
        ("anna", TEXT),
    ]


def test_saving_the_same_text_makes_no_version(articles: Articles):
    article = articles.create(TEXT, "anna")
    articles.save(article.name, TEXT, "bo", article.state)
    assert len(articles.versions(article.name)) == 1


def test_of_two_who_write_at_once_the_later_is_told(articles: Articles):
    article = articles.create(TEXT, "anna")
    articles.save(article.name, TEXT + "Bo skrev.", "bo", article.state)
    with pytest.raises(ConflictError) as conflict:
        articles.save(article.name, TEXT + "Eva skrev.", "eva", article.state)
    assert conflict.value.current.text == TEXT + "Bo skrev."


def test_what_is_written_with_another_program_becomes_a_version(articles: Articles, tmp_path: Path):
    article = articles.create(TEXT, "anna")
    (tmp_path / article.path).write_text(TEXT + "För hand.\n", "utf-8")
    by_hand = articles.get(article.name)
    assert by_hand is not None
    assert by_hand.by == ""
    articles.save(article.name, TEXT + "Sedan.\n", "bo", by_hand.state)
    texts = [own.text for own in articles.versions(article.name)]
    assert texts == [TEXT + "Sedan.\n", TEXT + "För hand.\n", TEXT]


def test_versions_go_when_the_bin_is_emptied_and_not_before(
    articles: Articles, library: Library, tmp_path: Path
):
    article = articles.create(TEXT, "anna")
    removed = trash.remove(library, article.path, "anna")
    assert articles.get(article.name) is None
    trash.restore(library, removed.key, "anna")
    assert len(articles.versions(article.name)) == 1
    trash.remove(library, article.path, "anna")
    trash.empty(library, "anna")
    left = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert not any("första stycke" in file.read_text("utf-8") for file in left)
