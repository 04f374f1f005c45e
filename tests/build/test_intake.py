"""Files on their way in: stored whole, asked about, refused, and never lost."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from kb.build import intake
from kb.build.intake import IdentityNumberAnswer
from kb.errors import UserError
from kb.library import Library, inbox, log, receipts
from kb.library.naming import numbered, safe_name
from kb.library.receipts import IntakeOutcome, Receipt
from kb.read import Cache, ocr
from tests.read.files import packed

TEXT = "Möte i Klippan."
NUMBERS = "Barnen 811218-9876 och 8l12l8-9876 placeras."


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


def take(library: Library, name: str, data: bytes | str) -> Receipt:
    content = data.encode() if isinstance(data, str) else data
    (receipt,) = intake.take_in(library, name, content, "anna")
    return receipt


def test_a_file_is_stored_as_it_is(library: Library):
    receipt = take(library, "möte.txt", TEXT)
    assert (receipt.outcome, receipt.path) == (IntakeOutcome.ADDED, "möte.txt")
    assert (library.folder / "möte.txt").read_text("utf-8") == TEXT
    assert [event.by for event in log.events(library.folder)] == ["anna"]


def test_the_same_bytes_are_not_stored_twice(library: Library):
    take(library, "a.txt", TEXT)
    receipt = take(library, "b.txt", TEXT)
    assert (receipt.outcome, receipt.path) == (IntakeOutcome.DUPLICATE, "a.txt")
    assert [original.path for original in library.originals()] == ["a.txt"]


def test_another_file_of_the_same_name_gets_a_number(library: Library):
    assert [take(library, "a.txt", f"{TEXT} {n}").path for n in range(3)] == [
        "a.txt",
        "a (2).txt",
        "a (3).txt",
    ]


def test_what_is_refused_is_kept_aside_with_the_reason(library: Library):
    receipt = take(library, "../fil.exe", b"MZ")
    assert receipt.outcome is IntakeOutcome.REFUSED
    (held,) = inbox.held(library.folder)
    assert (held.key, held.name, held.asks) == (receipt.key, "fil.exe", False)
    assert inbox.content(library.folder, held) == b"MZ"
    assert library.originals() == []


def test_identity_numbers_are_asked_about(library: Library):
    receipt = take(library, "c.txt", NUMBERS)
    assert (receipt.outcome, receipt.message) == (
        IntakeOutcome.ASKED,
        "Filen innehåller 2 personnummer.",
    )
    assert library.originals() == []
    masked = intake.answer(library, receipt.key, IdentityNumberAnswer.MASK, "anna")
    assert masked.path == "c (maskerad).txt"
    stored = (library.folder / masked.path).read_text("utf-8")
    assert stored == "Barnen XXXXXX-XXXX och XXXXXX-XXXX placeras."
    with pytest.raises(UserError, match="redan tagen om hand"):
        intake.answer(library, receipt.key, IdentityNumberAnswer.CONFIRM, "anna")


def test_identity_numbers_in_names_are_asked_about(library: Library):
    receipt = take(library, "811218-9876 möte.txt", TEXT)
    assert (receipt.outcome, receipt.message) == (
        IntakeOutcome.ASKED,
        "Filens namn innehåller ett personnummer.",
    )
    masked = intake.answer(library, receipt.key, IdentityNumberAnswer.MASK, "anna")
    assert masked.path == "XXXXXX-XXXX möte (maskerad).txt"


def test_who_confirmed_a_number_is_logged(library: Library):
    receipt = take(library, "c.txt", NUMBERS)
    intake.answer(library, receipt.key, IdentityNumberAnswer.CONFIRM, "berit")
    event = list(log.events(library.folder))[-1]
    assert (event.by, event.act, event.path) == ("berit", log.Act.CONFIRM, "c.txt")


def test_messages_and_archives_in_an_archive_are_taken_apart_too(library: Library):
    message = EmailMessage()
    message["Subject"] = "Möte"
    message["From"] = "anna@example.org"
    message.set_content("Bilagan är protokollet.")
    message.add_attachment(b"Protokoll i Bjuv", maintype="text", subtype="plain", filename="p.txt")
    inner = packed([("inre.txt", b"I Klippan")])
    data = packed([("brev.eml", message.as_bytes()), ("inre.zip", inner), ("tomt.zip", packed([]))])
    receipts_ = list(intake.take_in(library, "allt.zip", data, "anna"))
    assert [(one.name, one.outcome) for one in receipts_] == [
        ("brev.eml", IntakeOutcome.ADDED),
        ("p.txt", IntakeOutcome.ADDED),
        ("inre.txt", IntakeOutcome.ADDED),
        ("tomt.zip", IntakeOutcome.REFUSED),
    ]


def test_a_file_that_is_named_as_a_note_is_costs_no_other(library: Library):
    data = packed([("om.json", b"{}"), (".om.json", b"{}"), ("a.txt", TEXT.encode())])
    outcomes = [one.outcome for one in intake.take_in(library, "x.zip", data, "anna")]
    assert outcomes == [IntakeOutcome.REFUSED, IntakeOutcome.REFUSED, IntakeOutcome.ADDED]
    assert len(inbox.held(library.folder)) == 2


def test_a_file_taken_back_is_gone(library: Library):
    receipt = take(library, "c.txt", NUMBERS)
    assert intake.answer(library, receipt.key, IdentityNumberAnswer.TAKE_BACK, "anna").outcome is (
        IntakeOutcome.TAKEN_BACK
    )
    assert inbox.held(library.folder) == []
    assert library.originals() == []
    assert not [f for f in library.folder.rglob("*") if f.is_file() and NUMBERS.encode()
                in f.read_bytes()]  # fmt: skip


def test_no_text_of_a_file_that_is_asked_about_is_kept(library: Library, tmp_path: Path):
    texts = Cache(tmp_path / "texts")
    for name, text in {"a.html": "Möte i Klippan", "c.html": NUMBERS}.items():
        list(intake.take_in(library, name, f"<p>{text}</p>".encode(), "anna", texts))
    kept = [file.read_text("utf-8") for file in (tmp_path / "texts").rglob("*.json")]
    assert len(kept) == 1
    assert "Klippan" in kept[0]


def test_an_image_is_stored_though_it_cannot_be_read_yet(
    library: Library, monkeypatch: pytest.MonkeyPatch
):
    from kb.errors import AwaitsRecognition

    def waiting(*_: object) -> None:
        raise AwaitsRecognition(f"Väntar på textigenkänning. Installera den så: {ocr.INSTALL}")

    monkeypatch.setattr("kb.read.read_original", waiting)
    receipt = take(library, "sida.png", b"\x89PNG\r\n\x1a\n")
    assert (receipt.outcome, receipt.path) == (IntakeOutcome.WAITING, "sida.png")
    assert "apt-get install" in receipt.message
    assert [original.path for original in library.originals()] == ["sida.png"]


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("möte.txt", "möte.txt"),
        ("mo\u0308te.txt", "möte.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\anna\\möte.docx", "möte.docx"),
        (".dold", "dold"),
        ("", "namnlös"),
        ("...", "namnlös"),
        ("CON.txt", "_CON.txt"),
        ("a\0b\n.txt", "a_b_.txt"),
        ("fakt\u202efdp.txt", "fakt_fdp.txt"),
        ('a<b>:"c|?*.txt', "a_b_c_.txt"),
    ],
)
def test_names_are_made_safe(given: str, safe: str):
    assert safe_name(given) == safe


@pytest.mark.parametrize("letter", ["a", "å", "😀"])
def test_long_names_are_cut_but_keep_their_ending(letter: str):
    name = safe_name(letter * 400 + ".docx")
    assert name.endswith(".docx")
    assert len((name + ".toml").encode()) < 255


def test_numbered_names():
    names = numbered("a.b.txt")
    assert [next(names) for _ in range(3)] == ["a.b.txt", "a.b (2).txt", "a.b (3).txt"]


@pytest.mark.parametrize("name", ["a.txt.toml", "a.toml", "möte.TOML"])
def test_a_file_that_would_pass_for_corrections_is_refused(library: Library, name: str):
    assert take(library, name, "[[words]]").outcome is IntakeOutcome.REFUSED
    assert [f.name for f in library.folder.iterdir() if not f.name.startswith(".")] == []


def received(library: Library, *files: tuple[str, bytes]):
    return intake.receive(library, files, "anna")


def test_what_is_received_is_safe_before_anybody_looks_into_it(library: Library):
    sending = received(library, ("a.txt", TEXT.encode()), ("b.exe", b"x"))
    assert [one.outcome for one in sending.receipts] == [IntakeOutcome.RECEIVED] * 2
    assert library.originals() == []
    assert [one.unread for one in inbox.held(library.folder)] == [True, True]
    assert intake.take_received(library) == 2
    assert outcomes(library, sending) == {
        "a.txt": IntakeOutcome.ADDED,
        "b.exe": IntakeOutcome.REFUSED,
    }
    assert [own.path for own in library.originals()] == ["a.txt"]
    assert intake.take_received(library) == 0


def outcomes(library: Library, sending: receipts.Sending) -> dict[str, IntakeOutcome]:
    told = receipts.find(library.folder, sending.key)
    assert told is not None
    return {one.name: one.outcome for one in told.receipts}


def test_an_archive_that_was_received_is_told_of_file_by_file(library: Library):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", TEXT.encode())
        archive.writestr("b.exe", "x")
    sending = received(library, ("allt.zip", packed.getvalue()))
    intake.take_received(library)
    assert outcomes(library, sending) == {
        "a.txt": IntakeOutcome.ADDED,
        "b.exe": IntakeOutcome.REFUSED,
    }


def test_what_is_cut_off_is_taken_in_the_next_time(library: Library, monkeypatch):
    sending = received(library, ("a.txt", TEXT.encode()), ("b.txt", (TEXT + " Mer.").encode()))
    with monkeypatch.context() as patch:
        patch.setattr(inbox, "drop", cut_off)
        with pytest.raises(KeyboardInterrupt):
            intake.take_received(library)
    intake.take_received(library)
    assert [own.path for own in library.originals()] == ["a.txt", "b.txt"]
    assert outcomes(library, sending)["b.txt"] is IntakeOutcome.ADDED
    assert inbox.held(library.folder) == []


def cut_off(*_: object) -> None:
    raise KeyboardInterrupt


def test_what_breaks_the_reader_keeps_nobody_out(library: Library, monkeypatch):
    sending = received(library, ("a.txt", TEXT.encode()), ("b.txt", (TEXT + " Mer.").encode()))
    store = intake._store

    def breaks(own: Library, name: str, data: bytes, by: str):
        if name == "a.txt":
            raise ZeroDivisionError
        return store(own, name, data, by)

    monkeypatch.setattr(intake, "_store", breaks)
    intake.take_received(library)
    assert outcomes(library, sending) == {
        "a.txt": IntakeOutcome.REFUSED,
        "b.txt": IntakeOutcome.ADDED,
    }


def test_what_finds_no_room_waits(library: Library, monkeypatch):
    sending = received(library, ("a.txt", TEXT.encode()))

    def full(*_: object):
        raise UserError("Disken är full.")

    with monkeypatch.context() as patch:
        patch.setattr(intake, "_store", full)
        assert intake.take_received(library) == 0
    assert outcomes(library, sending) == {"a.txt": IntakeOutcome.RECEIVED}
    assert intake.take_received(library) == 1


def test_one_at_a_time_takes_in(library: Library):
    received(library, ("a.txt", TEXT.encode()))
    with inbox.taking(library.folder) as ours:
        assert ours
        assert intake.take_received(library) == 0
    assert intake.take_received(library) == 1
