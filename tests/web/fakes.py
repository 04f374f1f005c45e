"""A small engine over the five seeds: real words and real filters, no cleverness."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from markupsafe import escape

from kb.build.background import BuildState
from kb.build.intake import take_received
from kb.build.status import Status
from kb.knowledge import FILE, KnowledgeBase, KnowledgeStore, contribute, name_decisions
from kb.library import Library
from kb.model import (
    COUNTED_PARTS,
    Action,
    Change,
    Damage,
    DateFinding,
    Decision,
    Document,
    Meeting,
    Minutes,
    MunicipalityPart,
    Part,
    Participant,
    Postponed,
    Presence,
    Quality,
    Reading,
    RepairedText,
    Role,
    Section,
    SourceText,
    Span,
)
from kb.search.query import PAGE_SIZE, Facet, Query, Sort
from kb.search.results import (
    Bar,
    Card,
    FacetValue,
    Hit,
    HitList,
    Overview,
    Passage,
    RelatedDocument,
    Results,
    Why,
)
from kb.swedish.kinds import MatchKind

SEEDS = Path(__file__).parent.parent.parent / "seeds"


class Text:
    """A text to find spans in by their words."""

    def __init__(self, name: str, text: str) -> None:
        self.source = SourceText(name, text, (Span(0, len(text)),), "0" * 64, "utf-8")
        self.text = text

    def span(self, words: str) -> Span:
        at = self.text.index(words)
        return Span(at, at + len(words))

    def section(self, heading: str, *, level: int = 1, number: str | None = None) -> Section:
        span = self.span(heading)
        return Section(" ".join(heading.split()), level, span, span, number)

    def subsection(self, place: str) -> Section:
        span = self.span(f"\n{place}-")
        heading = Span(span.start + 1, span.end - 1)
        return Section(place, 2, heading, heading, municipality=place)

    def person(self, words: str, name: str | None = None, **facts) -> Participant:
        presence = facts.pop("presence", Presence.PRESENT)
        return Participant(name or words, words, self.span(words), presence, **facts)

    def document(
        self, minutes: Minutes, *, damage: Damage = Damage.NONE, changes: Sequence[Change] = ()
    ) -> Document:
        ordered = tuple(sorted(changes, key=lambda change: change.span))
        parts, at = [], 0
        for change in ordered:
            parts += [self.text[at : change.span.start], change.repaired]
            at = change.span.end
        text = "".join([*parts, self.text[at:]])
        repaired = RepairedText(self.source, text, ordered, Quality(0.9, 0.05, damage))
        return Document(repaired, minutes)


def seed(number: int) -> Text:
    file = next(SEEDS.glob(f"{number:03}_*.txt"))
    return Text(file.name, file.read_text("utf-8-sig").replace("\r\n", "\n"))


def _parents() -> Document:
    text = seed(0)
    headings = ("Studiebesöket i Köpenhamn", "Andra kommuner", "Osloresan  \n", "Möten framöver")
    return text.document(
        Minutes(
            title="Anteckningar från föräldragruppens möte den 24 oktober 2017",
            kind="minnesanteckningar",
            date=DateFinding(dt.date(2017, 10, 24), 1.0),
            group="Föräldragruppen",
            municipalities=(
                MunicipalityPart("Helsingborg", Part.SUBJECT, ()),
                MunicipalityPart("Malmö", Part.MENTIONED, ()),
                MunicipalityPart("Nacka", Part.MENTIONED, ()),
            ),
            participants=tuple(
                text.person(name) for name in ("Barbro", "Eva", "Carina", "Tina", "Annika")
            ),
            sections=tuple(text.section(heading.strip()) for heading in headings),
            actions=(
                Action(
                    ("Anne",),
                    "Frågar ordförande i Socialnämnden om hon är intresserad av att följa med.",
                    text.span("Anne frågar ordförande"),
                ),
            ),
            meetings=(
                Meeting(dt.date(2017, 11, 7), text.span("7 nov kl 10.30"), dt.time(10, 30)),
                Meeting(dt.date(2017, 11, 21), text.span("21 nov kl 10.30"), dt.time(10, 30)),
            ),
        )
    )


def _parents_before() -> Document:
    text = seed(1)
    return text.document(
        Minutes(
            title="Anteckningar från föräldragruppens möte den 9 maj 2017",
            kind="minnesanteckningar",
            date=DateFinding(dt.date(2017, 5, 9), 1.0),
            group="Föräldragruppen",
            municipalities=(MunicipalityPart("Helsingborg", Part.SUBJECT, ()),),
            participants=tuple(text.person(name) for name in ("Carina", "Tina", "Leif")),
            sections=(
                text.section("Erfarenheter"),
                text.section("Tänkbara uppgifter för gruppen"),
            ),
        )
    )


def _leaders() -> Document:
    text = seed(2)
    absent = {"presence": Presence.ABSENT}
    headings = (
        "Lokaler",
        "Stöd till föräldrar med placerade barn",
        "Nationell spridning av Bättre hälsa för unga romer",
        "Personlig representant",
        "CurioCity Mashup",
        "Samskapade utredningar/tjänster",
        "Planering av nästa Gemensamma utvecklingsgrupp (13 februari)",
        "Stadsbyggnadsförvaltningen",
    )
    return text.document(
        Minutes(
            title="Gemensam ledningsgrupp 23 januari 2017",
            kind="minnesanteckningar",
            date=DateFinding(dt.date(2017, 1, 23), 1.0),
            group="Gemensam ledningsgrupp",
            municipalities=(MunicipalityPart("Helsingborg", Part.SUBJECT, ()),),
            participants=(
                text.person("Bo Pettersson", organisation="Ria/G7"),
                text.person("Ivan Kuzhicov", organisation="Vorta Drom", **absent),
                text.person("Per Norbeck", organisation="Bryggan"),
                text.person(
                    "Pernilla Kvist", organisation="socialförvaltningen", role=Role.SECRETARY
                ),
            ),
            sections=tuple(text.section(heading) for heading in headings),
            decisions=(
                Decision(
                    "Gruppen beslutar att temat för nästa utvecklingsgrupp blir CurioCity.",
                    text.span("Gruppen beslutar att temat"),
                ),
            ),
            postponed=(
                Postponed(
                    "Nationell spridning av Bättre hälsa för unga romer",
                    text.span("Denna punkt bordläggs"),
                ),
            ),
        )
    )


def _network() -> Document:
    text = seed(3)
    places = ("Höganäs", "Svalöv", "Perstorp", "Helsingborg", "Bjuv", "Örkelljunga", "Åstorp")
    return text.document(
        Minutes(
            title="Minnesanteckningar nätverksmöte (teams) 2010-12-04",
            kind="minnesanteckningar",
            date=DateFinding(
                dt.date(2010, 12, 4),
                0.2,
                (
                    "Texten talar om covid19, som inte fanns år 2010.",
                    "Texten nämner nästa möte den 26 februari 2021.",
                ),
                dt.date(2020, 12, 4),
                text.span("2010-12-04"),
            ),
            form="Teams",
            municipalities=tuple(MunicipalityPart(name, Part.ATTENDED, ()) for name in places),
            participants=(
                text.person("Anita Bengtsson", municipality="Höganäs"),
                text.person("Mikael Lindberg", municipality="Svalöv"),
                text.person("Sofia Glantz", municipality="Ängelholm", presence=Presence.GUEST),
                text.person("Ellen", confidence=0.2),
            ),
            sections=(
                text.section("Nätverksträffar 2021", number="4"),
                text.section("Återkoppling från deltagarna kring nuläget", number="5"),
                *(text.subsection(name) for name in places),
            ),
        )
    )


def _chiefs() -> Document:
    text = seed(4)

    def word(original: str, repaired: str, *others: Reading) -> Change:
        return Change(text.span(original), original, repaired, 0.93, alternatives=others)

    return text.document(
        Minutes(
            title="Socialchefsnätverket 2020-01-10",
            kind="minnesanteckningar",
            date=DateFinding(dt.date(2020, 1, 10), 1.0),
            group="Socialchefsnätverket",
            time=dt.time(9),
            end_time=dt.time(12),
            place="Helsingborg, Bredgatan 19",
            municipalities=(
                MunicipalityPart("Helsingborg", Part.HOST, ()),
                MunicipalityPart("Höganäs", Part.ATTENDED, ()),
                MunicipalityPart("Svalöv", Part.ATTENDED, ()),
                MunicipalityPart("Ängelholm", Part.ABSENT, ()),
            ),
            participants=(
                text.person("Cathrine Eriksson", role=Role.CHAIR, municipality="Höganäs"),
                text.person("Hikan Strémberg", "Håkan Strömberg", municipality="Landskrona"),
                text.person("Linda Macke", title="Planeringsledare", presence=Presence.OTHER),
                text.person("Filippa Kurve", municipality="Ängelholm", presence=Presence.ABSENT),
            ),
            sections=(text.section("Vilka ar de viktiga fragorna 2020?"), text.section("Ovrigt")),
            meetings=(Meeting(dt.date(2020, 2, 7), text.span("den 7/2")),),
        ),
        damage=Damage.NO_SWEDISH,
        changes=(
            word("Nirvarande", "Närvarande"),
            word("Hoganis", "Höganäs"),
            word("fragorna 2020", "frågorna 2020"),
            word("bérjade", "började", Reading("börjande", 0.04)),
            Change(
                text.span("bikupa"),
                "bikupa",
                "bikupa",
                0.6,
                alternatives=(Reading("bikupan", 0.3),),
            ),
        ),
    )


def seed_documents() -> list[Document]:
    return [_parents(), _parents_before(), _leaders(), _network(), _chiefs()]


@dataclass(eq=False)
class FakeEngine:
    """Finds documents that hold every word as it is typed; filters and counts for real."""

    documents: list[Document] = field(default_factory=seed_documents)
    suggestion: str | None = None
    relaxed: bool = False
    notes: tuple[str, ...] = ()

    def search(self, query: Query) -> Results:
        found = [own for own in self.documents if _matches(own, query, apart=None)]
        if query.sort is not Sort.RELEVANCE:
            newest = query.sort is Sort.NEWEST
            found.sort(key=lambda own: own.minutes.date.stated or dt.date.min, reverse=newest)
        start = (query.page - 1) * PAGE_SIZE
        return Results(
            query=query,
            total=len(found),
            relaxed=self.relaxed,
            hits=tuple(self._hit(own, query) for own in found[start : start + PAGE_SIZE]),
            facets={facet: self._facet(facet, query) for facet in Facet},
            histogram=_histogram(
                own for own in self.documents if _matches(own, query.between(None, None), None)
            ),
            suggestion=self.suggestion,
            notes=self.notes,
            took_ms=1.5,
        )

    def listing(self, query: Query, most: int) -> HitList:
        found = [own for own in self.documents if _matches(own, query, apart=None)]
        return HitList(query, len(found), self.relaxed, tuple(map(_card, found[:most])))

    def related(self, doc_id: str, most: int = 5) -> tuple[RelatedDocument, ...]:
        here = self.document(doc_id)
        others = [o for o in self.documents if o is not here and here]
        return tuple(
            RelatedDocument(_card(own), ("ungdomar",), own.minutes.group == here.minutes.group, ())
            for own in others[:most]
        )

    def suggest(self, beginning: str, most: int = 8) -> tuple[str, ...]:
        words = Counter(w for own in self.documents for w in _words(own.source.text))
        return tuple(w for w, _ in words.most_common() if w.startswith(beginning))[:most]

    def document(self, doc_id: str) -> Document | None:
        return next((own for own in self.documents if own.id == doc_id), None)

    def marks(self, doc_id: str, query: Query) -> list[tuple[int, int, str]]:
        document = self.document(doc_id)
        text = document.source.text.casefold() if document else ""
        found = []
        for word in _words(query.text):
            at = text.find(word)
            while at >= 0:
                found.append((at, at + len(word), MatchKind.EXACT.value))
                at = text.find(word, at + 1)
        return sorted(found)

    def neighbours(self, doc_id: str) -> tuple[Card | None, Card | None]:
        here = self.document(doc_id)
        if here is None or here.minutes.group is None:
            return None, None
        group = sorted(
            (own for own in self.documents if own.minutes.group == here.minutes.group),
            key=lambda own: own.minutes.date.stated or dt.date.min,
        )
        at = group.index(here)
        before = _card(group[at - 1]) if at else None
        return before, _card(group[at + 1]) if at + 1 < len(group) else None

    def overview(self) -> Overview:
        dates = sorted(own.minutes.date.stated for own in self.documents if own.minutes.date.stated)
        latest = self.search(Query(sort=Sort.NEWEST)).hits
        return Overview(
            documents=len(self.documents),
            first=dates[0] if dates else None,
            last=dates[-1] if dates else None,
            facets={facet: self._facet(facet, Query()) for facet in Facet},
            histogram=_histogram(self.documents),
            latest=tuple(
                Card(h.id, h.title, h.date, h.proposed_date, h.group, h.municipalities)
                for h in latest
            ),
        )

    def close(self) -> None:
        pass

    def _facet(self, facet: Facet, query: Query) -> tuple[FacetValue, ...]:
        counts: Counter[str] = Counter()
        for own in self.documents:
            if _matches(own, query, apart=facet):
                counts.update(_values(own, facet))
        for value in query.values(facet):
            counts[value] += 0
        return tuple(
            FacetValue(value, value, count, query.has(facet, value))
            for value, count in counts.most_common()
        )

    def _hit(self, own: Document, query: Query) -> Hit:
        card = _card(own)
        words = _words(query.text)
        return Hit(
            id=card.id,
            path=card.id,
            title=card.title,
            date=card.date,
            proposed_date=card.proposed_date,
            group=card.group,
            municipalities=card.municipalities,
            persons=tuple(_values(own, Facet.PERSON)),
            score=1.0,
            passages=tuple(
                Passage(_snippet(own.repaired.text, word), n) for n, word in enumerate(words[:2], 1)
            ),
            why=tuple(Why(MatchKind.EXACT, word, (word,)) for word in words),
        )


@dataclass
class Known:
    """What is known of some documents, joined anew only when they are others."""

    folder: TemporaryDirectory = field(default_factory=TemporaryDirectory)
    of: tuple[list[Document], name_decisions.NameDecisions] | None = None
    base: KnowledgeBase | None = None

    def about(
        self, documents: list[Document], verdicts: name_decisions.NameDecisions
    ) -> KnowledgeBase:
        if self.of != (documents, verdicts):
            folder = Path(mkdtemp(dir=self.folder.name))
            store = KnowledgeStore(folder / FILE, None, ())
            for document in documents:
                store.add(contribute(document))
            store.finish(verdicts)
            self.of, self.base = (list(documents), verdicts), KnowledgeBase(folder / FILE)
        return self.base


KNOWN = Known()


@dataclass(eq=False)
class FakeSource:
    """An index that is as good or as bad as a test needs it to be."""

    index: FakeEngine | None = field(default_factory=FakeEngine)
    state: Status = field(default_factory=lambda: Status((), None))
    folder: Path = SEEDS
    failure: Callable[[], None] | None = None
    building: BuildState | None = None
    joined: bool = True
    builds: int = 0
    cancelled: bool = False

    def engine(self) -> FakeEngine | None:
        if self.failure:
            self.failure()
        return self.index

    def knowledge(self) -> KnowledgeBase | None:
        if self.index is None or not self.joined:
            return None
        return KNOWN.about(self.index.documents, name_decisions.load(self.folder))

    def status(self) -> Status:
        return self.state

    @property
    def library(self) -> Library:
        return Library(self.folder)

    def look_again(self) -> None:
        """There is nothing to forget."""

    def texts(self) -> None:
        """Nothing is kept."""

    def build(self) -> None:
        self.builds += 1
        take_received(self.library)

    def build_state(self) -> BuildState | None:
        return self.building

    def cancel_build(self) -> None:
        self.cancelled = True

    def original(self, doc_id: str) -> Path | None:
        return self.library.locate(doc_id)


def many(count: int) -> FakeEngine:
    """An engine with `count` documents, each with a group and a person of its own."""
    first = _parents_before()
    documents = []
    for number in range(count):
        source = replace(first.source, path=f"mapp/dokument {number:04}.txt")
        minutes = replace(
            first.minutes,
            title=f"Möte {number}",
            group=f"Grupp {number}",
            date=DateFinding(dt.date(1990 + number % 34, 1 + number % 12, 1), 1.0),
        )
        documents.append(Document(replace(first.repaired, source=source), minutes))
    return FakeEngine(documents)


def _words(text: str) -> list[str]:
    return [word for word in text.casefold().replace('"', " ").split() if word]


def _matches(own: Document, query: Query, apart: Facet | None) -> bool:
    text = own.source.text.casefold()
    date = own.minutes.date.stated
    if not all(word in text for word in _words(query.text)):
        return False
    if (query.since and (not date or date < query.since)) or (
        query.until and (not date or date > query.until)
    ):
        return False
    return all(
        not query.values(facet) or set(query.values(facet)) & set(_values(own, facet))
        for facet in Facet
        if facet is not apart
    )


def _values(own: Document, facet: Facet) -> list[str]:
    minutes = own.minutes
    if facet is Facet.MUNICIPALITY:
        return [part.name for part in minutes.municipalities if part.part in COUNTED_PARTS]
    if facet is Facet.GROUP:
        return [minutes.group] if minutes.group else []
    if facet is Facet.PERSON:
        return [person.name for person in minutes.participants if person.confidence >= 0.5]
    return [str(minutes.date.stated.year)] if minutes.date.stated else []


def _card(own: Document) -> Card:
    minutes = own.minutes
    return Card(
        own.id,
        minutes.title,
        minutes.date.stated,
        minutes.date.proposed,
        minutes.group,
        tuple(_values(own, Facet.MUNICIPALITY)),
    )


def _histogram(documents) -> tuple[Bar, ...]:
    years = Counter(own.minutes.date.stated.year for own in documents if own.minutes.date.stated)
    return tuple(
        Bar(str(year), dt.date(year, 1, 1), dt.date(year, 12, 31), count)
        for year, count in sorted(years.items())
    )


def _snippet(text: str, word: str) -> str:
    at = max(text.casefold().find(word), 0)
    before, found, after = (
        text[max(at - 80, 0) : at],
        text[at : at + len(word)],
        text[at + len(word) :],
    )
    return f"… {escape(before)}<mark>{escape(found)}</mark>{escape(after[:90])} …"
