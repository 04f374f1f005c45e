"""Reads what municipalities said and where they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kb.knowledge import answers
from kb.knowledge.persons import Persons
from kb.knowledge.rows import SOURCE, Rows, quote
from kb.knowledge.statements import PROMISED, Statements
from kb.knowledge.topics import keys_of
from kb.model import Part


class Municipalities:
    """Reads what municipalities said and where they were."""

    def __init__(self, rows: Rows, statements: Statements, persons: Persons) -> None:
        self._rows = rows
        self._statements = statements
        self._persons = persons

    def municipalities(self) -> tuple[answers.MunicipalityLine, ...]:
        """Return every municipality that attended or was expected, by number of minutes."""
        rows = self._rows.all(
            """SELECT p.municipality,
                      COUNT(DISTINCT CASE WHEN p.part <> ?1 THEN p.path END) AS documents,
                      COUNT(DISTINCT CASE WHEN p.part = ?1 THEN p.path END) AS missed,
                      (SELECT COUNT(DISTINCT s.path) FROM said s
                       WHERE s.municipality = p.municipality) AS rounds
               FROM part p WHERE p.part <> ?2 GROUP BY 1 ORDER BY 2 DESC, 1""",
            Part.ABSENT.value, Part.MENTIONED.value,
        )  # fmt: skip
        return tuple(answers.MunicipalityLine(*row) for row in rows)

    def municipality(self, name: str) -> answers.MunicipalityPage | None:
        """Return what is known of a municipality, or None if it is never named."""
        parts = self._rows.all(
            f"""SELECT p.part, p.start, p."end", {SOURCE} FROM part p JOIN document d
                ON d.path = p.path WHERE p.municipality = ? ORDER BY d.likely DESC, d.path""",
            name,
        )
        if not parts:
            return None
        return answers.MunicipalityPage(
            name,
            self.rounds(name),
            tuple(answers.AttendanceRow(quote(row, "part"), row["part"]) for row in parts),
            self._persons.where("m.municipality = ?", name),
            self._statements.where(f"{PROMISED} WHERE municipality = ?)", [name]),
        )

    def rounds(self, name: str, paths: Iterable[str] | None = None) -> tuple[answers.Round, ...]:
        """Return what a municipality said in rounds, of some documents or all, the latest first."""
        rows = self._rows.all(
            f"""SELECT a.sentence, a.start, a."end", {SOURCE} FROM said a JOIN document d
                ON d.path = a.path WHERE a.municipality = ?
                ORDER BY d.likely DESC, d.path, a.start""",
            name,
        )
        wanted = set(paths) if paths is not None else None
        by_document: dict[str, list[answers.Quote]] = {}
        for row in rows:
            if wanted is None or row["path"] in wanted:
                by_document.setdefault(row["path"], []).append(quote(row))
        return tuple(
            answers.Round(quotes[0].source, tuple(quotes)) for quotes in by_document.values()
        )

    def matrix(
        self, topics: Sequence[str], municipalities: Sequence[str]
    ) -> dict[tuple[str, str], answers.Cell]:
        """Return what each municipality said of each topic in rounds, the latest first.

        A topic is words; a sentence is about it if it has all of them, inflected or in compounds.
        """
        cells = {}
        for topic in topics:
            keys = keys_of(topic)[: len(topic.split())] or [topic]
            where = " AND ".join(["a.keys LIKE ? ESCAPE '\\'"] * len(keys))
            rows = self._rows.all(
                f"""SELECT a.municipality, a.sentence, a.start, a."end", {SOURCE} FROM said a
                    JOIN document d ON d.path = a.path WHERE {where}
                    ORDER BY d.likely DESC, d.path, a.start""",
                *(f"% {_escaped(key)} %" for key in keys),
            )
            found = defaultdict(list)
            for row in rows:
                found[row["municipality"]].append(quote(row))
            for name in municipalities:
                cells[name, topic] = answers.Cell(name, topic, tuple(found[name]))
        return cells


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
