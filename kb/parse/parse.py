"""The order in which the rules read: each takes what those before it found."""

from __future__ import annotations

from kb.model import DateFinding, Minutes, RepairedText
from kb.parse.group import find_group
from kb.parse.header import DEFAULT_KIND, read_header
from kb.parse.labels import find_labels
from kb.parse.people import read_attendance
from kb.parse.reading import Reading
from kb.parse.signoff import find_signoff, sign


def parse(repaired: RepairedText) -> Minutes:
    """Read the facts out of a text."""
    reading = Reading(repaired)
    labels = find_labels(reading)
    header = read_header(reading, labels)
    attendance = read_attendance(reading, labels)
    signoff = find_signoff(reading, attendance.people)
    people = sign(reading, attendance.people, signoff)
    group = find_group(header, people)
    date = DateFinding(header.date.date if header.date else None, 0.95)
    return Minutes(
        title=header.title or f"{group} {date.stated}",
        kind=header.kind or DEFAULT_KIND,
        date=date,
        group=group,
        time=header.time,
        end_time=header.end_time,
        place=header.place,
        form=header.form,
        participants=people,
    )
