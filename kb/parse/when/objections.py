"""Evidence against the stated date, in the text, its head and the file's name: one rule each."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kb.parse.text.cues import cues, split_words
from kb.parse.text.phrases import PACKAGE
from kb.parse.text.reading import ParsedText
from kb.parse.what.ahead import MeetingMention
from kb.parse.when.dates import MONTHS, WEEKDAYS, exists, swedish_date
from kb.parse.when.filename import date_in_name, dates_in_name
from kb.parse.when.stated import StatedDate
from kb.swedish.tables import rows

CONTRADICTED = 0.3
"""Factor of the confidence after a contradiction."""

WEAK = 0.85
"""Factor of the confidence after a hint: files may be named for the day they were filed."""

HORIZON = dt.timedelta(days=400)
"""How far ahead meetings are announced with their year."""

_SEASON = dt.timedelta(days=100)
"""Time from a meeting within which most dates in its minutes lie."""

_SOON = dt.timedelta(days=150)
"""Time after a meeting within which its minutes are approved and posted."""

_SLIP = dt.timedelta(days=60)
"""Time after the meeting from which a single date is taken for a mistyped one."""

_REACH = 25
"""Characters between a cue and its date."""

_NUMBERED = re.compile(
    r"(?P<year>20[0-4]\d)[:/.-](?!(?:19|20)\d\d\b)(?!\d\d-\d\d\b)\d{2,6}\b"
    r"(?P<named> [A-ZÅÄÖ]{2,5}\b)?"
)
_CASE = re.compile(r"(?:\b(?:[A-ZÅÄÖ]{2,6}[ -]?|[Dd]nr\.?:?\s*|[Dd]iarienummer:?\s*|SFS\s*)|\()$")
_BEFORE_CASE = 20
_YEAR = re.compile(r"20(?<![\d:/.-]20)[0-4]\d(?![\d:/]|[.-]\d)")  # "20" first is sought fast
_VISIONS = frozenset((2030, 2040, 2045))
"""Years that are mentioned long in advance."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Evidence against a date.

    Attributes:
        reason: A Swedish sentence.
        earliest: The meeting cannot have been held before this day.
        latest: Nor after this.
        left: Factor of the confidence, 0-1.
    """

    reason: str
    earliest: dt.date | None = None
    latest: dt.date | None = None
    left: float = CONTRADICTED


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """A stated date and the evidence it is checked against.

    Attributes:
        reading: The text.
        stated: The date as stated.
        others: Other statements of the date, if they differ.
        announced: The meetings to come.
    """

    reading: ParsedText
    stated: StatedDate
    others: Sequence[StatedDate]
    announced: Sequence[MeetingMention]

    @property
    def day(self) -> dt.date:
        """The stated day."""
        return self.stated.date


def objections(case: DateEvidence) -> list[Objection]:
    """Return the evidence against the stated date, the strongest first."""
    return [found for rule in _RULES for found in rule(case)]


def _late_meeting(case: DateEvidence) -> Iterator[Objection]:
    """A coming meeting is announced for a year long after, or before, the stated date."""
    days = [each.on(None) for each in case.announced if each.year is not None]
    coming = min((day for day in days if day), default=None)
    if coming is None:
        return
    said = f"Texten talar om ett kommande möte den {swedish_date(coming)}"
    earliest = coming - dt.timedelta(days=365)
    if coming - case.day > HORIZON:
        years = (coming - case.day).days // 365
        yield Objection(f"{said}, {years} år efter det angivna datumet.", earliest, coming)
    elif coming < case.day:
        yield Objection(f"{said}, före det angivna datumet.", earliest, coming)


@dataclass(frozen=True, slots=True)
class _Novelty:
    """What was not there before a day, the pattern it is found by, its name and why."""

    pattern: re.Pattern[str]
    first: dt.date
    name: str
    why: str
    other: tuple[dt.date, ...]  # first and last day when it may have meant something else

    def forbids(self, day: dt.date) -> bool:
        """Tell whether it could not be mentioned on `day`."""
        meant_other = bool(self.other) and self.other[0] <= day <= self.other[1]
        return day < self.first and not meant_other


@cache
def _novelties() -> dict[str, list[_Novelty]]:
    """Return the terms that date a text, by their longest word, casefolded.

    A term without capitals is found with them too; "Teams" is not "teams".
    """
    found: dict[str, list[_Novelty]] = defaultdict(list)
    for terms, first, name, why, *rest in rows(PACKAGE, "anachronisms.tsv"):
        other = tuple(map(dt.date.fromisoformat, " ".join(rest).split()))
        for term in terms.split("|"):
            flags = re.IGNORECASE if term == term.casefold() else re.NOFLAG
            begun = f"[{term[0]}{term[0].upper()}]" if term[0].islower() else re.escape(term[0])
            pattern = re.compile(rf"(?<!\w){begun}{re.escape(term[1:])}(?!\w)", flags)
            rarest = max(split_words(term).texts, key=len).casefold()
            found[rarest].append(_Novelty(pattern, dt.date.fromisoformat(first), name, why, other))
    return dict(found)


def _anachronisms(case: DateEvidence) -> Iterator[Objection]:
    written = set().union(*(said.texts for _, _, said in case.reading.said))
    words = {word.casefold() for word in written}
    places: dict[str, tuple[int, _Novelty]] = {}
    for word in words & _novelties().keys():
        for novelty in _novelties()[word]:
            if novelty.forbids(case.day) and (match := novelty.pattern.search(case.reading.text)):
                place = (match.start(), novelty)
                places[novelty.name] = min(
                    place, places.get(novelty.name, place), key=lambda each: each[0]
                )
    for _, novelty in sorted(places.values(), key=lambda each: each[0]):
        reason = f"Texten nämner {novelty.name}, {novelty.why}."
        yield Objection(reason, earliest=novelty.first)


def _case_numbers(case: DateEvidence) -> Iterator[Objection]:
    """A case or a statute has a number of a later year: "SLK-2025-00942", "(2025:400)"."""
    text = case.reading.text
    found = [
        (int(each["year"]), each.group())
        for each in _NUMBERED.finditer(text)
        if each["named"] or _CASE.search(text, max(0, each.start() - _BEFORE_CASE), each.start())
    ]
    year, number = max(found, default=(0, ""))
    if year > case.day.year:
        yield Objection(f"Texten nämner {number}, ett nummer från {year}.", dt.date(year, 1, 1))


def _had_been(case: DateEvidence) -> Iterator[Objection]:
    """Something before the meeting is dated after it, or the reverse."""
    past = {d for d in _after_cue(case.reading, "past_cues.txt") if d > case.day}
    if past and (len(past) > 1 or max(past) - case.day > _SLIP):
        reason = f"Texten hänvisar bakåt till den {swedish_date(max(past))}."
        yield Objection(reason, earliest=max(past))
    after = min(_after_cue(case.reading, "approval_cues.txt"), default=None)
    if after and after < case.day:
        yield Objection(f"Protokollet justerades den {swedish_date(after)}.", latest=after)
    elif after and after - case.day > _SOON:
        reason = f"Protokollet justerades först den {swedish_date(after)}."
        yield Objection(reason, after - _SOON, after)


def _after_cue(reading: ParsedText, name: str) -> Iterator[dt.date]:
    """Yield the days that stand right after a cue of the file `name`."""
    for sentence, _, said in reading.said:
        found = reading.dates_in(sentence.start, sentence.end)
        if not found or not (dates := [each for each in found if each.date]):
            continue
        for cue in cues(name).find(said):
            place = sentence.start + cue.end
            near = next((d for d in dates if 0 <= d.start - place <= _REACH), None)
            if near and near.date:
                yield near.date


def _other_dates(case: DateEvidence) -> Iterator[Objection]:
    """The other dates of the text cluster around the same day of another year."""
    day = case.day
    others = {each.date for each in case.reading.dates if each.date} - {day}
    if year_confirmed(case) or _speaks_of(case, day.year):
        return
    years = {other.year + step for other in others for step in (-1, 0, 1)} - {day.year}
    gathered = []
    for year in years:
        if exists(year, day.month, day.day):
            there = day.replace(year=year)
            near = sum(abs(other - there) <= _SEASON for other in others) + (there in others)
            gathered.append((near, -abs(year - day.year), there))
    if gathered and max(gathered)[0] >= 2:
        there = max(gathered)[2]
        when = f"{MONTHS[there.month - 1]} {there.year}"
        yield Objection(f"Textens övriga datum ligger kring {when}.", there, there)


def year_confirmed(case: DateEvidence) -> bool:
    """Tell whether the file's name, or another date of the text, confirms the stated year."""
    named = date_in_name(case.reading.repaired.source.path)
    others = {each.date for each in case.reading.dates if each.date} - {case.day}
    return named == case.day or any(abs(other - case.day) <= _SEASON for other in others)


def _other_years(case: DateEvidence) -> Iterator[Objection]:
    """The text mentions other years only, all later or all earlier."""
    years = Counter(map(int, _YEAR.findall(case.reading.text)))
    mention = case.stated.mention
    if mention and mention.year:
        years[mention.year] -= len([d for d in case.reading.dates if d.date == case.day])
    if any(d.year == case.day.year and d.date != case.day for d in case.reading.dates):
        return
    spoken = sorted(y for y, n in years.items() if n > 0 and y not in _VISIONS)
    if not spoken or sum(years[y] for y in spoken) < 3:
        return
    listed = " och ".join(map(str, dict.fromkeys((spoken[0], spoken[-1]))))
    if spoken[0] > case.day.year + 1:
        reason = f"Texten talar om {listed} men inte om {case.day.year}."
        yield Objection(reason, earliest=dt.date(spoken[0] - 1, 1, 1))
    elif spoken[-1] < case.day.year - 1:
        reason = f"Texten talar om {listed} men inte om {case.day.year}."
        yield Objection(reason, latest=dt.date(spoken[-1] + 1, 12, 31))


def _speaks_of(case: DateEvidence, year: int) -> bool:
    """Tell whether the text names `year` elsewhere than in the stated date."""
    spoken = case.reading.text.count(str(year))
    stated = [d for d in case.reading.dates if d.date == case.day]
    return spoken > len(stated)


def _weekday(case: DateEvidence) -> Iterator[Objection]:
    mention, day = case.stated.mention, case.day
    if mention and mention.weekday not in (None, day.weekday()):
        yield Objection(
            f"Den {swedish_date(day)} var en {WEEKDAYS[day.weekday()]}, "
            f"inte en {WEEKDAYS[mention.weekday or 0]}."
        )


def is_slip(one: dt.date, other: dt.date) -> bool:
    """Tell whether one date is the other with year or month mistyped, or day and month swapped."""
    same = sum(a == b for a, b in zip(one.timetuple()[:3], other.timetuple()[:3], strict=True))
    turned = one.year == other.year and (one.day, one.month) == (other.month, other.day)
    return one != other and ((same == 2 and one.day == other.day) or turned)


def _same_day(case: DateEvidence) -> Iterator[Objection]:
    """The text names the same day of another year, or again and again of another month."""
    named = Counter(each.date for each in case.reading.dates if each.date)
    near = any(day != case.day and abs(day - case.day) <= _SEASON for day in named)
    for day, count in named.most_common():
        if not is_slip(day, case.day):
            continue
        if (day.year != case.day.year and not near) or (count > named[case.day] and count > 1):
            yield Objection(f"Texten nämner också {swedish_date(day)}.", day, day)
            return


def _file_name(case: DateEvidence) -> Iterator[Objection]:
    """The file is named for another day; a later one may be that of its filing."""
    path, day = case.reading.repaired.source.path, case.day
    possible = dates_in_name(path)
    named = date_in_name(path) or next((one for one in possible if is_slip(one, day)), None)
    if named is None or day in possible:
        return
    reason = f"Filens namn anger {swedish_date(named)}."
    mention = case.stated.mention
    weekday = mention.weekday if mention else None
    belied = weekday == named.weekday() != day.weekday()
    if belied or named < day or is_slip(named, day):
        yield Objection(reason, named, named)
    else:
        yield Objection(reason, left=WEAK)


def _stated_otherwise(case: DateEvidence) -> Iterator[Objection]:
    for other in case.others:
        left = CONTRADICTED if other.of_meeting else WEAK
        yield Objection(f"Texten anger också {swedish_date(other.date)}.", left=left)


_RULES: tuple[Callable[[DateEvidence], Iterator[Objection]], ...] = (
    _late_meeting,
    _anachronisms,
    _case_numbers,
    _had_been,
    _same_day,
    _other_dates,
    _other_years,
    _weekday,
    _file_name,
    _stated_otherwise,
)
