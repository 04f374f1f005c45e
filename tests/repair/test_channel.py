from kb.repair.channel import Misreading, NoisyChannel, default_channel, parse_rules


def test_readings_of_a_letter_come_with_their_costs():
    channel = NoisyChannel(
        [Misreading("ö", "é", 0.9), Misreading("rn", "m", 5.0), Misreading("å", "å", 1.0)]
    )
    assert channel.readings("né", 1) == [(1, "é", 0.0), (1, "ö", 0.9)]
    assert channel.readings("bam", 2) == [(1, "m", 0.0), (1, "rn", 5.0)]
    assert channel.readings("å", 0) == [(1, "å", 1.0)]


def test_letters_may_be_lost():
    assert NoisyChannel([Misreading("ö", "", 3.7)]).lost == (("ö", 3.7),)


def test_rules_are_read_from_lines():
    lines = ["# a remark", "ö\té\t0.88\t1884", ""]
    assert list(parse_rules(lines)) == [Misreading("ö", "é", 0.88)]


def test_the_costs_in_the_package_know_what_every_page_shows():
    readings = {clean: cost for _, clean, cost in default_channel().readings("é", 0)}
    assert readings["ö"] < 2
    assert any(clean == "f" for _, clean, _ in default_channel().readings("£6r", 0))
