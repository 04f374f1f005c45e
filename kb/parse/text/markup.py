"""Text with markup → the same text with Markdown marks, with every offset unchanged.

Minutes are also written in LaTeX and Typst. Their commands are replaced by the marks that the rules
know (`# `, `## ` for headings, `- ` for list items, blanks between cells), padded to the same
length.
"""

from __future__ import annotations

import re

from kb.parse.text.phrases import attendance_words, people_labels, roles

_LATEX = re.compile(r"\\(?:documentclass|begin\{document\}|(?:sub)*section\b)")
_TYPST = re.compile(r"^#(?:import|let|show|set)\s.*?^=+ ", re.MULTILINE | re.DOTALL)
_TYPST_HINT = re.compile(r"#(?:import|let|show|set)\s")
_INK = re.compile(r"\S")
_HTML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)

_HTML = re.compile(r"</(?:p|li|ul|ol|h[1-6]|strong|b|td|div)>", re.IGNORECASE)
_HTML_HEADING = re.compile(r"<h([1-6])\b[^<>]*>", re.IGNORECASE)
_HTML_ITEM = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_HTML_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_HTML_TAG = re.compile(r"</?[a-z][a-z0-9]*\b[^<>]*>", re.IGNORECASE)

_LATEX_COMMENT = re.compile(r"(?<!\\)%.*")
_PREAMBLE = re.compile(r"\A.*?\\begin\{document\}", re.DOTALL)
_NAMED = re.compile(r"\\(?:title|subtitle|date|author)\{.*?\}")
_SECTION = re.compile(r"\\(part|chapter|(?:sub)*section|paragraph)\*?\{")
_ITEM = re.compile(r"\\item\b")
_BEGIN = re.compile(r"\\begin\{([^\W\d_][^{}\n]*)\}(?:\[[^\]\n]*\])*(?:\{[^{}\n]*\})*")
_WORDLESS = re.compile(
    r"\\(?:end|label|ref|vspace|hspace|includegraphics|documentclass|usepackage|csname)\b\*?(?:\[[^\]\n]*\])?"
    r"(?:\{[^{}\n]*\}|[^\n{}\\]*\\endcsname)?"
)
_COMMAND = re.compile(r"\\(?:[^\W\d_]+\*?(?:\[[^\]\n]*\])?|[^\w\s])")
_LISTS = frozenset(("document", "itemize", "enumerate", "description", "center", "attsatser"))
_SIGNS = {r"\S": "§ ", r"\&": " &", r"\%": " %", r"\_": " _", r"\#": " #", r"\$": " $"}

_TYPST_COMMENT = re.compile(r"(?<![:\w])//.*")
_TYPST_CALL = re.compile(
    r"^[ \t]*#(?:import|let|pagebreak|linebreak|v|h|show|set)\b.*", re.MULTILINE
)
_TYPST_ARGUMENT = re.compile(r"#[^\W\d_]\w*(?:\.\w+)*(?:\((?=\s|\[))?")
_TYPST_LIST = re.compile(r"^[ \t]*#([^\W\d_]+)\((?=\s*(?:\n|\w+:|\[))", re.MULTILINE)
_TYPST_OPTION = re.compile(r"(?<![^\s(])\w+:[ \t]*(?:true|false|none|auto)\b,?")
_TYPST_HEADING = re.compile(r"^[ \t]*(=+)(?= )", re.MULTILINE)
_TYPST_ITEM = re.compile(r"^([ \t]*)[ \t]\[|\(\[|  \[", re.MULTILINE)
_TYPST_ITEM_BELOW = re.compile(r"\[(\s*\n[ \t]*)  (?=\S)")
_TYPST_CLOSING = re.compile(r"\][\s,)]*?\)+|\]\s*,|^[ \t]*[()]+[ \t]*$", re.MULTILINE)
_TYPST_DATE = re.compile(r"date:\s*datetime\(year: (\d+), month: (\d+), day: (\d+)\)")
_BRACKETS = str.maketrans("[]{}", "    ")


def plain(text: str) -> str:
    """Return `text` without comments and commands, as long as before."""
    if "<!--" in text:
        text = _HTML_COMMENT.sub(_blank, text)
    if "</" in text and _HTML.search(text):
        text = _from_html(text)
    if _LATEX.search(text):
        return _from_latex(text)
    if _TYPST_HINT.search(text) and _TYPST.search(text):
        return _from_typst(text)
    return text


def _from_html(text: str) -> str:
    """Headings and list items as Markdown marks them, other tags blank: a page kept as it was."""
    text = _HTML_HEADING.sub(lambda match: ("#" * int(match[1])).ljust(len(match[0])), text)
    text = _HTML_ITEM.sub(lambda match: "-".ljust(len(match[0])), text)
    text = _HTML_BREAK.sub(lambda match: "\n".ljust(len(match[0])), text)
    return _HTML_TAG.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return _INK.sub(" ", match.group())


def _from_latex(text: str) -> str:
    text = _LATEX_COMMENT.sub(_blank, text)
    text = _PREAMBLE.sub(_preamble, text, count=1)
    text = _SECTION.sub(_section, text)
    text = _ITEM.sub(lambda match: "-" + " " * (len(match.group()) - 1), text)
    text = _BEGIN.sub(_environment, text)
    text = _WORDLESS.sub(_blank, text)
    text = _COMMAND.sub(_command, text).replace("&", " ")
    return text.translate(_BRACKETS).replace("~", " ")


def _preamble(match: re.Match[str]) -> str:
    """Blank the preamble, except the title of the document."""
    words = match.group()
    kept = _INK.sub(" ", words)
    for named in _NAMED.finditer(words):
        kept = kept[: named.start()] + named.group() + kept[named.end() :]
    return kept


def _section(match: re.Match[str]) -> str:
    depth = match.group(1).count("sub") + 1
    return ("#" * depth).ljust(len(match.group()))


def _environment(match: re.Match[str]) -> str:
    """A list with its own name becomes a label over its items: "beslut:"."""
    name = match.group(1)
    if name in _LISTS:
        return _blank(match)
    label = name.replace("_", " ").capitalize() + ":"
    return label.ljust(len(match.group()))


def _command(match: re.Match[str]) -> str:
    r"""Blank a command, but for a role it gives somebody: `\member[Ordförande]{Anna Ek}`."""
    name, _, option = match.group().rstrip("]").partition("[")
    label = name[1:].capitalize()
    if not option and len(label) > 3 and people_labels().exact(label) is not None:
        return f"{label}:"  # \närvarande{Anna Ek, Bo Al}
    if option and roles().exact(option) is not None:
        return f"{' ' * len(name)} {option} "
    return _SIGNS.get(match.group(), "").ljust(len(match.group()))[: len(match.group())]


def _from_typst(text: str) -> str:
    text = _TYPST_COMMENT.sub(_blank, text)
    text = _TYPST_DATE.sub(_typst_date, text)
    text = _TYPST_CALL.sub(_blank, text)
    text = _TYPST_OPTION.sub(_blank, text)
    text = _TYPST_LIST.sub(_typst_list, text)
    text = _TYPST_ARGUMENT.sub(_blank, text)
    text = _TYPST_HEADING.sub(lambda match: match.group().replace("=", "#"), text)
    text = _TYPST_ITEM_BELOW.sub(lambda match: f" {match.group(1)}- ", text)
    text = _TYPST_ITEM.sub(lambda match: match.group()[:-2] + "- ", text)
    text = _TYPST_CLOSING.sub(_blank, text)
    return text.translate(_BRACKETS)


def _typst_list(match: re.Match[str]) -> str:
    """A function named like a label over people is one: `#deltagare(` is "Deltagare:"."""
    label = match.group(1).capitalize()
    known = people_labels().like(label) or attendance_words().like(label)
    return f"{label}:".ljust(len(match.group())) if known else match.group()


def _typst_date(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    return f"Datum: {year}-{month:0>2}-{day:0>2}".ljust(len(match.group()))
