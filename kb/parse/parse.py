"""The order of the rules: each uses what those before it found."""

from __future__ import annotations

from collections.abc import Sequence

from kb.model import DateFinding, Minutes, MunicipalityPart, Part, RepairedText
from kb.parse.text.labels import find_labels
from kb.parse.text.points import read_parts
from kb.parse.text.reading import ParsedText
from kb.parse.text.sections import find_headings, placed, to_sections
from kb.parse.what.actions import find_actions
from kb.parse.what.ahead import find_announced, to_meetings
from kb.parse.what.decisions import find_decisions, find_postponed
from kb.parse.what.header import DEFAULT_KIND, Header, read_header
from kb.parse.what.questions import find_questions
from kb.parse.what.references import find_references
from kb.parse.what.voices import find_voices
from kb.parse.when.dates import find_dates
from kb.parse.when.doubt import find_date
from kb.parse.who.group import find_group
from kb.parse.who.officers import find_officers
from kb.parse.who.people import read_attendance
from kb.parse.who.places import find_mentions, find_parts
from kb.parse.who.signoff import find_signoff, sign
from kb.parse.who.stated_presence import find_stated_presence


def parse(repaired: RepairedText) -> Minutes:
    """Read the facts out of a text; no text raises an error."""
    reading = ParsedText(repaired)
    labels = find_labels(reading)
    header = read_header(reading, labels)
    attendance = read_attendance(reading, labels)
    find_stated_presence(reading, attendance.roster, attendance.lines)
    find_officers(reading, attendance.roster)
    signoff = find_signoff(reading, attendance.roster.people)
    sign(reading, attendance.roster, signoff)
    people = attendance.roster.people
    group = find_group(reading, header, people)
    kind = header.kind or DEFAULT_KIND

    end = len(reading.text[: signoff.start].rstrip())
    taken = header.lines | attendance.lines | signoff.lines
    headings = find_headings(reading, labels, taken, end)
    parts = read_parts(reading, headings)
    sections = to_sections(reading, headings, end)

    # A page header can state the date in the middle of a point.
    dated = {at for at, label in labels.items() if "date" in label.fields}
    decisions = find_decisions(reading, headings, parts, taken | dated)

    announced = find_announced(reading)
    date = find_date(reading, header, labels, announced)
    likeliest = date.proposed or date.stated
    meetings = to_meetings(reading, announced, likeliest, group)
    actions = find_actions(
        reading,
        parts=parts,
        decisions=decisions,
        people=people,
        meetings=meetings,
        base=likeliest,
    )

    mentions = find_mentions(reading)
    municipalities = find_parts(
        reading,
        header=header,
        mentions=mentions,
        people=people,
        sections=sections,
        towns=attendance.towns,
    )
    voices = find_voices(
        reading,
        headings=headings,
        mentions=mentions,
        taken=taken | dated,
        host=_only_host(municipalities),
        stop=end,
    )

    return Minutes(
        title=header.title or _made_title(header, group or kind, date),
        kind=kind,
        date=date,
        group=group,
        time=header.time,
        end_time=header.end_time,
        place=header.place,
        form=header.form,
        municipalities=municipalities,
        participants=people,
        sections=sections,
        decisions=placed(decisions, sections),
        actions=placed(actions, sections),
        postponed=placed(find_postponed(reading), sections),
        questions=placed(find_questions(reading, headings, parts, taken), sections),
        meetings=meetings,
        voices=placed(voices, sections),
        references=placed(find_references(reading), sections),
    )


def _only_host(municipalities: Sequence[MunicipalityPart]) -> str | None:
    """Return the municipality whose own minutes these are: its host, if nobody else came."""
    came = [each for each in municipalities if each.part in (Part.ATTENDED, Part.HOST)]
    return came[0].name if len(came) == 1 and came[0].part is Part.HOST else None


def _made_title(header: Header, name: str, date: DateFinding) -> str:
    """Return a title where no line is one: from the file's front matter, or body and date."""
    written = header.front.get("title")
    called = written.value.strip(" ?\"'") if written else ""
    day = date.stated.isoformat() if date.stated and not find_dates(called) else ""
    return f"{called or name} {day}".strip()
