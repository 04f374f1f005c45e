"""The ways a searched word can be matched, in descending order of reliability."""

from enum import StrEnum


class MatchKind(StrEnum):
    """Why a word in a document answers a word in a query; values are shown to users."""

    EXACT = "samma ord"
    INFLECTION = "böjning"
    DERIVATION = "avledning"
    COMPOUND = "sammansättning"
    EQUIVALENT = "liktydigt"
    READING = "trolig läsning"
    FOLDED = "utan prickar"
    NEAR = "närliggande"


SLUGS = {
    MatchKind.EXACT: "ord",
    MatchKind.INFLECTION: "bojning",
    MatchKind.DERIVATION: "avledning",
    MatchKind.COMPOUND: "sammansattning",
    MatchKind.EQUIVALENT: "liktydigt",
    MatchKind.READING: "lasning",
    MatchKind.FOLDED: "prickar",
    MatchKind.NEAR: "narliggande",
}
"""The kinds as they stand in addresses and on the command line."""
