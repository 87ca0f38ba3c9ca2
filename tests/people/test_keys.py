"""The key a person is found by."""
from goldthread.people.keys import forms_of, home_key, key_of, number_key, postcode_key, sounds_of_forms


def test_a_key_holds_all_names_sounds_homes_and_numbers_once():
    key = key_of(given=["Zofia Anna", "Zosia", ""], family=["O'Testcase-Łuk"],
                 addresses=[("12, Sample Rd.", "zz1 1aa")] * 2, numbers=[("nhs", "999 000 0018")])
    assert key.given == ("zofia anna", "zosia") and key.family == ("otestcase luk",)
    assert key.text == "anna luk otestcase zofia zosia"
    assert key.postcodes == ("ZZ11AA",) and key.homes == ("12 sample road",) and key.numbers == ("nhs:9990000018",)
    assert key.sounds and all(key.sounds)


def test_written_ways_of_one_thing_make_one_key():
    assert home_key("12 station rd") == home_key("12, Station Road") != home_key("13 Station Road")
    assert postcode_key("zz1-1aa") == postcode_key("ZZ1 1AA")
    assert number_key("police", "AB/12-3") == number_key("police", "ab123") != number_key("council", "ab123")


def test_forms_and_their_sounds_meet_the_formal_name():
    assert "william" in forms_of("Bill") and "william" in forms_of("Bill Thomas")
    assert set(sounds_of_forms("Bill")) & set(sounds_of_forms("William"))
    assert not set(sounds_of_forms("Bill")) & set(sounds_of_forms("Kate"))
