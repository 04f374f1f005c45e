from kb.repair.words import WordPlace, core, pieces


def test_punctuation_goes_and_what_stands_for_letters_stays():
    assert core("”framtidsfrigor”") == "framtidsfrigor"
    assert core("£6r,") == "£6r"
    assert core("ocks&.") == "ocks&"


def test_words_know_where_they_stand():
    text = "Dagen bérjade. Se\nbildspel\n\nOvrigt ”Save"
    assert [(piece.text, piece.place) for piece in pieces(text)] == [
        ("Dagen", WordPlace.SENTENCE),
        ("bérjade", WordPlace.INSIDE),
        ("Se", WordPlace.SENTENCE),
        ("bildspel", WordPlace.LINE),
        ("Ovrigt", WordPlace.SENTENCE),
        ("Save", WordPlace.SENTENCE),
    ]


def test_words_are_cut_at_hyphens_and_slashes():
    text = "Anita Bengtsson-Héganas, lagar/utredningar"
    found = list(pieces(text))
    assert [piece.text for piece in found] == [
        "Anita",
        "Bengtsson",
        "Héganas",
        "lagar",
        "utredningar",
    ]
    assert all(text[p.start : p.start + len(p.text)] == p.text for p in found)


def test_what_stands_in_braces_is_a_word_of_its_own():
    found = list(pieces("\\section{Oppnande} \\medlem{Anna Ek}{Ja}"))
    assert [(piece.text, piece.place) for piece in found] == [
        ("section", WordPlace.SENTENCE),
        ("Oppnande", WordPlace.LINE),
        ("medlem", WordPlace.INSIDE),
        ("Anna", WordPlace.LINE),
        ("Ek", WordPlace.INSIDE),
        ("Ja", WordPlace.LINE),
    ]
