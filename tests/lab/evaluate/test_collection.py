import json

import pytest
import zstandard

from kb.config import Settings
from kb.errors import UserError
from kb.lab.evaluate import collection
from kb.lab.evaluate.collection import FOLDERS, PASSAGES, PER_TITLE, checksum, load

CASE = "Riktlinje för hemtjänst"


def passage(number, **changes):
    text = f"Nämnden har att ta ställning till punkt {number}. " * 12
    return {"kind": "handling", "title": CASE, "body": "Kommunstyrelsen", "text": text} | changes


@pytest.fixture
def shared(tmp_path):
    """Build a folder of evaluation data with one note a source and the given passages."""

    def build(passages):
        for folder in FOLDERS.values():
            (tmp_path / folder).mkdir(parents=True)
            (tmp_path / folder / "note.md").write_text("# Möte\n\nText.\n", encoding="utf-8")
        lines = "".join(json.dumps(each) + "\n" for each in passages)
        packed = zstandard.ZstdCompressor().compress(lines.encode())
        (tmp_path / PASSAGES).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / PASSAGES).write_bytes(packed)
        return tmp_path

    return build


@pytest.fixture
def trusting(monkeypatch):
    monkeypatch.setattr(collection, "_verified", lambda _source, documents: list(documents))


def chosen(folder):
    return [int(d.id[6:11]) for d in load(folder) if d.id.startswith("scale/")]


def test_missing_data_is_named(tmp_path):
    with pytest.raises(UserError, match=r"saknas.*seeds"):
        load(tmp_path)


def test_other_data_than_was_judged_is_refused(shared):
    with pytest.raises(UserError, match=r"”seeds” är inte de dokument som har bedömts"):
        load(shared([]))


@pytest.mark.usefixtures("trusting")
def test_an_id_tells_source_place_and_text(shared):
    first = load(shared([passage(0)]))[0]
    assert first.id == "seeds/000-724c9fc5"
    assert first.title == "Möte"


@pytest.mark.usefixtures("trusting")
def test_speeches_short_passages_and_repeats_are_left_out(shared):
    passages = [
        passage(0),
        passage(1, kind="speech"),
        passage(2, text="Bordläggs."),
        passage(0, title="Hemtjänst igen"),
        passage(4),
    ]
    assert chosen(shared(passages)) == [0, 4]


@pytest.mark.usefixtures("trusting")
def test_one_case_cannot_fill_the_collection(shared):
    assert len(chosen(shared([passage(n) for n in range(PER_TITLE + 5)]))) == PER_TITLE


@pytest.mark.usefixtures("trusting")
def test_other_subjects_are_only_background(shared):
    passages = [passage(n, title=f"Detaljplan {n}") for n in range(62)]
    passages[7]["body"] = "Socialnämnden"
    assert chosen(shared(passages)) == [0, 7, 61]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("<!--\n.. title: Höstmöte 2016\n.. slug: x\n-->\n# Annat\n", "Höstmöte 2016"),
        ("\\begin{document}\n\\title{Styrelsemöte 8}\n", "Styrelsemöte 8"),
        ('#import "mall.typ": *\n#show: mall.with(title: "Stämma")\n', "Stämma"),
        (
            "Nämnden\n§ 25 2026.133 BUN\n\nTillgång till\nförskola\nÄrendebeskrivning\n",
            "Tillgång till förskola",
        ),
        ("Ingress\n## Mötets öppnande\n", "Mötets öppnande"),
        ('#let time = "17:38"\n= Öppnande av möte\n', "Öppnande av möte"),
        ("#Mötesprotokoll\n##2016-07-03\n", "Mötesprotokoll"),
        ("\n12:30\n  Gemensam ledningsgrupp\nFasta ledamöter\n", "Gemensam ledningsgrupp"),
        ("12:30\n", ""),
    ],
)
def test_titles(text, title):
    assert collection._title(text) == title


def test_the_real_collection_is_the_judged_one():
    folder = Settings.from_environment().shared
    if not folder.is_dir():
        pytest.skip("the folder of evaluation data (KB_SHARED) is not here")
    documents = load(folder)
    assert len({document.id for document in documents}) == len(documents) == 3137
    scale = [document for document in documents if document.id.startswith("scale/")]
    assert checksum(scale) == collection.CHECKSUMS["scale"]
