from kb.repair.parts import default_parts, learn


def test_parts_are_counted_at_the_likeliest_split():
    costs = {"barn": 8.0, "hus": 8.5, "huset": 9.0, "barnhus": 15.0, "barnhuset": 16.0}
    heads, tails = learn(costs)
    assert heads == {"barn": 2}
    assert tails == {"hus": 1, "huset": 1}


def test_heads_that_are_no_words_are_known():
    parts = default_parts()
    assert "föräldra" in parts.heads
    assert parts.tails["nätverk"] < 12
