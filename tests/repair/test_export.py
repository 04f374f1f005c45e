import json

from kb.repair import repair
from kb.repair.export import repair_to_json
from tests.repair.sources import as_source, seed


def test_a_repaired_text_becomes_json():
    data = json.loads(json.dumps(repair_to_json(repair(seed("004")))))
    source = seed("004").text
    assert data["damage"] == "no-swedish"
    assert data["quality"]["swedish_letters"] == 0
    for change in data["changes"]:
        assert source[change["start"] : change["end"]] == change["original"]
    first = next(c for c in data["changes"] if c["original"] == "Sval6v")
    assert first["repaired"] == "Svalöv"
    assert first["kind"] == "word"
    assert first["probability"] > 0.9


def test_clean_text_has_no_changes():
    data = repair_to_json(repair(as_source("Nästa möte är i Svalöv.")))
    assert data["changes"] == []
    assert data["damage"] == "none"
    assert data["text"] == "Nästa möte är i Svalöv."
