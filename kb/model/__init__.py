"""The types that flow through the rooms: SourceText → RepairedText → Minutes → Document.

Every fact carries the `Span` of the original it was read from. Offsets count
characters of `SourceText.text`, end exclusive.
"""

from kb.model.corrections import Corrected, Correction, Fact, FactCorrection
from kb.model.document import Document
from kb.model.minutes import (
    COUNTED_PARTS,
    Action,
    DateFinding,
    Decision,
    Meeting,
    Minutes,
    MunicipalityPart,
    Part,
    Participant,
    Postponed,
    Presence,
    Question,
    Reference,
    Role,
    Section,
    Voice,
)
from kb.model.text import (
    Change,
    ChangeKind,
    Damage,
    OffsetMap,
    Quality,
    Reading,
    RepairedText,
    SourceText,
    Span,
    occurrences,
)

__all__ = [
    "COUNTED_PARTS",
    "Action",
    "Change",
    "ChangeKind",
    "Corrected",
    "Correction",
    "Damage",
    "DateFinding",
    "Decision",
    "Document",
    "Fact",
    "FactCorrection",
    "Meeting",
    "Minutes",
    "MunicipalityPart",
    "OffsetMap",
    "Part",
    "Participant",
    "Postponed",
    "Presence",
    "Quality",
    "Question",
    "Reading",
    "Reference",
    "RepairedText",
    "Role",
    "Section",
    "SourceText",
    "Span",
    "Voice",
    "occurrences",
]
