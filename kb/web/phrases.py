"""The Swedish the pages are made of, wherever it is not fixed prose in a template."""

from __future__ import annotations

from collections.abc import Sequence

from kb.build.background import Phase
from kb.library.receipts import IntakeOutcome
from kb.model import Damage, Part, Presence, Quality
from kb.read.limits import FILE_BYTES, megabytes
from kb.search.facets import Facet
from kb.search.query import Sort
from kb.swedish.kinds import MatchKind
from kb.web.formats import number, percent
from kb.web.limits import LARGEST_UPLOAD

SITE = "Minnesbanken"

SORTS = {
    Sort.RELEVANCE: "Bäst träff",
    Sort.NEWEST: "Nyast först",
    Sort.OLDEST: "Äldst först",
}
KINDS = {
    MatchKind.EXACT: "Samma ord",
    MatchKind.INFLECTION: "Böjningar",
    MatchKind.DERIVATION: "Avledningar",
    MatchKind.COMPOUND: "Sammansättningar",
    MatchKind.EQUIVALENT: "Liktydiga ord",
    MatchKind.READING: "Troliga läsningar",
    MatchKind.FOLDED: "Utan prickar",
    MatchKind.NEAR: "Närliggande ord",
}
RELATIONS = {
    MatchKind.EXACT: "samma ord",
    MatchKind.INFLECTION: "böjning av {}",
    MatchKind.DERIVATION: "avlett av samma ord som {}",
    MatchKind.COMPOUND: "sammansättning med {}",
    MatchKind.EQUIVALENT: "liktydigt med {}",
    MatchKind.READING: "trolig läsning av skadad text",
    MatchKind.FOLDED: "utan prickar: {}",
    MatchKind.NEAR: "närliggande till {}",
}
"""How a found word is related to the sought one, which stands where {} is."""

KIND_EXAMPLES = {
    MatchKind.INFLECTION: "familjehem – familjehemmet",
    MatchKind.DERIVATION: "rekrytera – rekrytering",
    MatchKind.COMPOUND: "placering – skyddsplacering",
    MatchKind.EQUIVALENT: "försörjningsstöd – ekonomiskt bistånd",
    MatchKind.READING: "Höganäs – ”Hoganis” i skannad text",
    MatchKind.FOLDED: "angelholm – Ängelholm",
    MatchKind.NEAR: "missbruk – beroende",
}

PRESENCE = {
    Presence.PRESENT: "Närvarande",
    Presence.GUEST: "Gäster",
    Presence.OTHER: "Övriga",
    Presence.ABSENT: "Ej närvarande",
}
PRESENCE_OF_ONE = {
    Presence.PRESENT: "Närvarande",
    Presence.ABSENT: "Ej närvarande",
    Presence.GUEST: "Gäst",
    Presence.OTHER: "Övrig",
}
PARTS = {
    Part.HOST: "Värd",
    Part.ATTENDED: "Deltog",
    Part.SUBJECT: "Handlar om",
    Part.ABSENT: "Frånvarande",
    Part.MENTIONED: "Nämns",
}
DAMAGE = {
    Damage.NO_SWEDISH: "Texten är inläst av en maskin som inte kände till å, ä och ö.",
    Damage.EXTRACTION: "Bokstäver har tappats eller flyttats när texten hämtades ur filen.",
    Damage.SEVERE: "Texten är svårläst och mycket kan vara fel. Jämför med originalet.",
}


def damage(quality: Quality) -> str | None:
    """Return what is wrong with a text as it was read and how much, or None."""
    what = DAMAGE.get(quality.damage)
    share = percent(quality.known_words)
    return what and f"{what} {share} av orden gick att känna igen innan texten rättades."


READINGS = {
    "": "Läsbar text",
    "rattningar": "Med rättningarna utskrivna",
    "original": "Orörd text",
}

CITE = "Citera stycket"
CITE_OR_LINK = "Citera eller länka hit"
LINK_TO_SECTION = "Länk till avsnittet"
TABLE_IN_TEXT = "Tabell i anteckningarna"

DECIDED = "rättat för hand"
DECIDED_ELSEWHERE = "rättat för hand i en annan anteckning"
NOT_BUILT = "Det syns när indexet har byggts om."

UNDONE_NOT_BUILT = "Ångrat. Det syns när indexet har byggts om."
NOTHING_READ = "inget"
A_SECTION = "Ett avsnitt"
HIDDEN = "Dolt avsnitt"
HIDDEN_WORD = "Ett ord i ett dolt avsnitt"
ONE_PLACE = "bara på ett ställe"
NOT_THERE = "står inte längre i texten"
FACTS_NOTICE = "fakta"
"""Marks notices about facts, apart from those about words."""
OUTCOMES = {
    IntakeOutcome.RECEIVED: "Mottagen",
    IntakeOutcome.ADDED: "Tillagd",
    IntakeOutcome.WAITING: "Tillagd",
    IntakeOutcome.DUPLICATE: "Finns redan",
    IntakeOutcome.ASKED: "Väntar på ditt svar",
    IntakeOutcome.REFUSED: "Avvisad",
    IntakeOutcome.TAKEN_BACK: "Tillbakatagen",
}
PHASES = {
    Phase.STARTING: "Indexet börjar byggas",
    Phase.RUNNING: "Indexet byggs",
    Phase.DONE: "Indexet är byggt",
    Phase.FAILED: "Indexet kunde inte byggas",
    Phase.CANCELLED: "Bygget av indexet är avbrutet",
    Phase.BROKEN_OFF: "Bygget av indexet tog slut i förtid",
}
SOON_FOUND = "Går att söka om en liten stund."
NOT_FOUND_YET = "Går att söka när indexet har byggts om."
READ_SOON = "Läses in just nu."
READ_LATER = "Läses in när indexet byggs om."
WATCHED = "Biblioteket bevakas."
NOT_WATCHED = "Biblioteket bevakas inte längre."
NO_FILES = "Välj minst en fil att ladda upp."

FOREIGN_FORM = (
    "Formuläret kom inte från Minnesbankens egna sidor och har inte tagits emot. Om Minnesbanken "
    "visas under ett annat namn än datorns eget ska namnet ställas in (KB_PUBLIC)."
)
OLD_FORM = "Sidan har varit öppen för länge, så inget av det du skickade är sparat än."
SENT_TWICE = "Formuläret kom två gånger, men det gjordes bara en gång."
STILL_SENDING = "Formuläret har redan skickats och behandlas. Vänta en stund och se efter."
FIELDS = {
    "text": "Texten",
    "ord": "Ordet ska läsas",
    "original": "I originalet",
    "value": "Värde",
    "name": "Namn",
    "title": "Titel eller yrke",
    "municipality": "Kommun",
    "organisation": "Organisation eller enhet",
    "role": "Roll på mötet",
    "presence": "Deltagande",
    "dokument": "Anteckning",
    "ena": "Namn",
    "andra": "Namn",
    "heading": "Rubrik",
}
"""What the fields of forms are called where one that was not taken in is given back."""

TIPS = (
    "Kontrollera stavningen, eller prova ett annat ord för samma sak.",
    "Använd färre ord – börja med det viktigaste.",
    "Prova början av ordet följd av en stjärna, till exempel rekryter*.",
    "Ta bort filter, eller vidga tiden du söker i.",
)

RELAXED = (
    "Inga minnesanteckningar har alla orden. Här är de som har något av dem, "
    "med de som har flest av orden först."
)
REVERSED_DATES = "Från-datumet ligger efter till-datumet, så inget kan passa. Byt plats på dem."
NO_ARTICLE = "ingen har skrivit sidan än"
NOTHING_OF_THE_NAME = "finns inte i anteckningarna"
NO_INDEX = "Det finns inget index att söka i."
NO_DATE = "utan datum"
FOLLOW = "Bevaka sökningen"
AS_CSV = "Hämta som CSV"
AS_JSON = "Hämta som JSON"
TREND = "Se trenden"
SAME_GROUP = "samma grupp"
PLACE = "Stället"
COMING_MEETINGS = "Kommande möten"
ALL_MINUTES = "alla anteckningar"
SINCE = "Från"
UNTIL = "Till"
WITHOUT = "Utan"
ANNOUNCED = "Kommande möte"
"""What stands in a text where it announces a meeting."""

NO_SECTION_CHOSEN = "Välj vilket avsnitt som ska döljas."
HIDDEN_ENTIRELY = "avsnittet finns inte längre, så hela anteckningen är dold"
HIDDEN_INSTEAD = (
    "Rättningen är sparad. Om rubriken finns i texten visas resten när indexet har byggts om."
)
NO_PLACE = "Platsen i texten är inget tal."
NEW_ARTICLE = "Ny kunskapssida"
TALLY = {
    "sokbara": "sökbara",
    "dubbletter": "dubbletter",
    "vantar": "väntar på textigenkänning",
    "dolda": "dolda tills någon har sett på dem",
    "fel": "kunde inte läsas",
    "nya": "nya, inte lästa än",
}
LISTINGS = {
    "nya": ("Nya filer", "De läses nästa gång indexet byggs."),
    "vantar": (
        "Väntar på textigenkänning",
        "De läses av sig själva när textigenkänningen är på plats och indexet byggs.",
    ),
    "fel": (
        "Kunde inte läsas",
        "Spara om filen i ett format som går att läsa, ladda upp den och ta bort den här.",
    ),
    "dolda": (
        "Dolda tills någon har sett på dem",
        "Ett avsnitt ska vara dolt, men rubriken finns inte längre i texten. Öppna originalet, "
        "och välj sedan en annan rubrik eller ångra under Rättningar.",
    ),
    "osakra": ("Osäkra uppgifter", "De går att söka, men något i dem bör någon se på."),
    "dubbletter": ("Dubbletter", "De visas en gång, under den förstas namn."),
    "rattningar": ("Rättningar utan verkan", "De finns kvar, men passar inte."),
}
"""Lists of the library's health by their anchors: heading and lead."""

TREND_COLUMNS = ("år", "sökning", "antal", "av", "andel")
CSV_HEADINGS = (
    "datum",
    "troligt datum",
    "titel",
    "grupp",
    "kommuner",
    "slag",
    "fil",
    "adress",
)

ERRORS = {
    400: (
        "Förfrågan gick inte att förstå",
        "Adressen innehåller något som Minnesbanken inte kan tolka.",
    ),
    403: (
        "Det får du inte göra",
        "Den här webbläsaren får bara läsa. Öppna länken som visades när Minnesbanken startades, "
        "eller be den som startade Minnesbanken om den.",
    ),
    404: (
        "Sidan finns inte",
        "Adressen kan vara felskriven, eller så har anteckningen tagits bort eller bytt namn. "
        "Sök gärna efter den i rutan högst upp.",
    ),
    405: ("Det går inte att göra så här", "Sidan kan bara läsas."),
    408: (
        "Det tog för lång tid",
        "Det som skickades kom inte fram i tid. Kontrollera anslutningen och försök igen. "
        "Inget av det du skickade togs emot.",
    ),
    413: (
        "Det var för mycket på en gång",
        f"Högst {megabytes(LARGEST_UPLOAD)} MB kan skickas på en gång, och högst "
        f"{megabytes(FILE_BYTES)} MB i en fil. Skicka filerna i flera omgångar. "
        "Inget av det du skickade togs emot.",
    ),
    421: (
        "Fel adress",
        "Minnesbanken svarar bara på den här datorns egna adresser, som localhost och 127.0.0.1, "
        "och på den som är inställd (KB_PUBLIC).",
    ),
    429: (
        "Det blev för många frågor på en gång",
        "Vänta en liten stund och försök igen. Gränsen finns för att ingen ska kunna "
        "göra Minnesbanken långsam för andra.",
    ),
    414: ("Sökningen är för lång", "Använd färre ord eller färre filter."),
    431: ("Adressen är för lång", "Använd färre ord eller färre filter."),
    501: ("Det går inte att göra så här", "Minnesbanken förstår inte det sättet att skicka."),
    500: (
        "Något gick fel",
        "Felet ligger hos oss, inte hos dig. Det är antecknat i loggen. "
        "Prova igen om en stund, eller säg till den som sköter Minnesbanken.",
    ),
    503: ("Minnesbanken går inte att söka i just nu", NO_INDEX),
}


def hits(total: int | None) -> str:
    """Return the heading of a result: "1 234 träffar"; None if nothing was counted."""
    if total is None:
        return "Sökningen avbröts"
    if total == 0:
        return "Inga träffar"
    return f"{number(total)} träff" if total == 1 else f"{number(total)} träffar"


def minutes(total: int) -> str:
    """Return a count of documents: "1 234 minnesanteckningar"."""
    return f"{number(total)} minnesanteckning{'' if total == 1 else 'ar'}"


def values(facet: Facet, total: int) -> str:
    """Return a count of a facet's values: "12 kommuner"."""
    return f"{number(total)} {facet.label.lower() if total == 1 else facet.plural}"


def removed(path: str) -> str:
    """Return the notice that a document was removed."""
    return f"”{path}” ligger i papperskorgen. Det försvinner ur sökningen när indexet är ombyggt."


def restored(path: str) -> str:
    """Return the notice that a document was put back."""
    return f"”{path}” är återställt. Det går att söka igen när indexet är ombyggt."


def emptied(total: int) -> str:
    """Return the notice that the bin was emptied."""
    return f"{number(total)} dokument {'är raderat' if total == 1 else 'är raderade'} för gott."


def article_saved(title: str) -> str:
    """Return the notice that an article was written."""
    return f"”{title}” är sparad. {SOON_FOUND}"


def restored_version(number: int) -> str:
    """Return the notice that an earlier version of an article was written anew."""
    return f"Version {number} är återställd, som den nyaste versionen."


def repairs(total: int) -> str:
    """Return a count of repaired words: "17 ord är rättade"."""
    return f"{number(total)} ord är {'rättat' if total == 1 else 'rättade'}"


def perhaps(date: str) -> str:
    """Return what is said of a doubtful date: "osäkert, kanske 2020-12-04"."""
    return f"osäkert, kanske {date}"


def says_the_same(path: str) -> str:
    """Return that a file says what another one does."""
    return f"Säger detsamma som ”{path}”."


def no_participant(name: str) -> str:
    """Return that nobody of a name takes part."""
    return f"”{name}” finns inte bland deltagarna."


def editing(title: str) -> str:
    """Return the heading of the form of an article."""
    return f"Redigera {title}"


def trend_of(search: str, total: int, year: int, share: str) -> str:
    """Return what a trend shows, in a sentence."""
    if not total:
        return f"{search}: inga träffar."
    return f"{search}: {minutes(total)}, störst andel {year} ({share})."


def page(number: int) -> str:
    """Return the number of a page of the original."""
    return f"Sida {number}"


def in_original(words: str) -> str:
    """Return what stands in the original where a word is repaired."""
    return f"I originalet: {words}"


def other_readings(readings: Sequence[str]) -> str:
    """Return what an uncertain word can be read as, too."""
    return f"Kan också läsas: {', '.join(readings)}"


def saved(original: str, corrected: str) -> str:
    """Return the notice that a correction was taken in."""
    return f"Rättningen är sparad: ”{' '.join(original.split())}” ska läsas ”{corrected}”."


def undone(original: str) -> str:
    """Return the notice that a correction was taken back."""
    return f"Rättningen av ”{' '.join(original.split())}” är ångrad."


def decided(corrected: str, by: str, when: str) -> str:
    """Return who corrected a word, to what and when."""
    who = f" av {by}" if by else ""
    return f"Rättat till ”{corrected}”{who}{f', {when}' if when else ''}."


def corrected_fact(verdict: str, by: str, when: str) -> str:
    """Return what a fact was corrected to, by whom and when."""
    return verdict + (f" av {by}" if by else "") + (f", {when}" if when else "")


def fact_saved(subject: str, verdict: str) -> str:
    """Return the notice that a correction of a fact was taken in."""
    return f"Rättningen är sparad. {subject}: {verdict}."


def fact_undone(subject: str) -> str:
    """Return the notice that a correction of a fact was taken back."""
    return f"Rättningen är ångrad: {subject}."


def cell(text: str) -> str:
    """Return text for a cell of a spreadsheet, which must not take it for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def same_people(names: str) -> str:
    """Return that the same people are named in two documents."""
    return f"nämner också {names}"


def same_words(words: str) -> str:
    """Return that the same rare words stand in two documents."""
    return f"samma ovanliga ord: {words}"
