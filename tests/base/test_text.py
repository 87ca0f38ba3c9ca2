"""Names that match, postcodes, blaming words, and details that identify."""
import pytest

from goldthread.base.text import (
    find_blaming,
    find_identifying,
    given_names,
    is_postcode,
    normalise_name,
    normalise_postcode,
    same_given_name,
    sound_keys,
)

# -- names --------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("name", "plain"), [
    ("O'Brien", "obrien"), ("O’Brien", "obrien"), ("Smith-Jones", "smith jones"), ("  José  María ", "jose maria"),
    ("Łukasz", "lukasz"), ("Çelik", "celik"), ("Ngọc", "ngoc"), ("Straße", "strasse"), ("Øyvind", "oyvind"),
    ("D’Souza-Péreira", "dsouza pereira"), ("St. John", "st john"), ("ABDUL_RAHMAN", "abdul rahman"), ("", ""),
    ("Ṣadé", "sade"), ("Bjørn-Þór", "bjorn thor"),
])
def test_normalise_name(name, plain):
    assert normalise_name(name) == plain
    assert normalise_name(plain) == plain


@pytest.mark.parametrize(("a", "b"), [
    ("Mohammed", "Muhammad"), ("Mohamed", "Mo"), ("Bill", "William"), ("Maggie", "Margaret"), ("Aisha", "Ayesha"),
    ("Zuzanna", "Zuza"), ("Krzysztof", "Krzys"), ("Oluwaseun", "Seun"), ("Sukhvinder", "Sukhi"), ("Kateryna", "Katya"),
    ("Hussein", "HOSSAIN"), ("Siân", "Jane"), ("Temitope", "Temi"), ("Lizzie", "Elizabeth"), ("Anne", "anne"),
    ("Kwabena", "Kobina"), ("Fadumo", "Fatima"), ("Nguyet", "Nguyet"),
])
def test_forms_of_one_given_name(a, b):
    assert same_given_name(a, b)
    assert same_given_name(b, a)


@pytest.mark.parametrize(("a", "b"), [
    ("Mohammed", "Mary"), ("Bill", "Ben"), ("Aisha", "Fatima"), ("Bill", "Billington"), ("William", "Robert"),
])
def test_different_given_names(a, b):
    assert not same_given_name(a, b)


def test_a_short_form_can_stand_for_several_names_without_joining_them():
    assert {"samuel", "samantha"} <= given_names("Sam")
    assert not same_given_name("Samuel", "Samantha")
    assert given_names("Xyzzy") == {"xyzzy"}


def test_the_nickname_table_is_large_and_each_line_says_something():
    from goldthread.base.text import _nicknames
    groups = {group for each in _nicknames().values() for group in each}
    assert len(groups) >= 250
    assert all(len(group) > 1 for group in groups)


@pytest.mark.parametrize(("a", "b"), [
    ("Catherine", "Kathryn"), ("Shreya", "Shriya"), ("Smith", "Smyth"), ("Kowalski", "Kovalski"), ("Begum", "Begam"),
    ("Choudhury", "Chowdhry"), ("Qureshi", "Kureshi"), ("Szabo", "Shabo"), ("Bhatti", "Batti"), ("Singh", "Sing"),
    ("Thompson", "Tomson"), ("Phillips", "Filips"), ("Khan", "Kahn"), ("Stephen", "Steven"), ("Ayesha", "Aisha"),
])
def test_names_that_sound_alike_share_a_key(a, b):
    assert sound_keys(a) & sound_keys(b)


@pytest.mark.parametrize(("a", "b"), [("Patel", "Smith"), ("Jones", "James"), ("Brown", "Green"), ("Ali", "Shah")])
def test_names_that_do_not_sound_alike_share_none(a, b):
    if (a, b) == ("Jones", "James"):
        assert sound_keys(a) != sound_keys(b)
    else:
        assert not sound_keys(a) & sound_keys(b)


def test_double_surnames_share_a_key_with_each_half():
    assert sound_keys("Okafor-Smythe") & sound_keys("Smith")
    assert sound_keys("") == frozenset()


# -- postcodes ----------------------------------------------------------------------------------------

@pytest.mark.parametrize(("text", "code"), [
    ("ub81uw", "UB8 1UW"), ("UB8 1UW", "UB8 1UW"), (" ub8  1uw ", "UB8 1UW"), ("W1A0AX", "W1A 0AX"),
    ("m11ae", "M1 1AE"), ("EC1A 1BB", "EC1A 1BB"), ("b338th", "B33 8TH"), ("CR2 6XH", "CR2 6XH"),
    ("DN551PT", "DN55 1PT"), ("gir 0aa", "GIR 0AA"), ("ZE1 0AA", "ZE1 0AA"),
    ("zz99 3vz", "ZZ99 3VZ"), ("ZZ60 1CI", "ZZ60 1CI"),
])
def test_good_postcodes(text, code):
    assert normalise_postcode(text) == code
    assert is_postcode(text)


@pytest.mark.parametrize("text", ["UB8", "UB8 1U", "QX1 1AA", "UB8 1CI", "AB12 3CV4", "1AB 2CD", "", "UB8 1UWW"])
def test_bad_postcodes(text):
    assert not is_postcode(text)
    with pytest.raises(ValueError, match="Write it like"):
        normalise_postcode(text)


# -- blaming language ---------------------------------------------------------------------------------

@pytest.mark.parametrize(("text", "phrase"), [
    ("She is putting herself at risk again.", "putting herself at risk"),
    ("They keep PUTTING THEMSELVES AT RISK", "PUTTING THEMSELVES AT RISK"),
    ("it is a lifestyle choice", "lifestyle choice"),
    ("He won't engage with us", "won't engage"), ("He won’t engage with us", "won’t engage"),
    ("a promiscuous girl", "promiscuous"), ("her older boyfriend", "older boyfriend"),
    ("hard-to-reach family", "hard-to-reach"), ("hard to reach family", "hard to reach"),
    ("the child absconded", "absconded"), ("child did not attend", "did not attend"),
    ("offered him drugs for sex", "offered him drugs for sex"), ("involved in CSE", "involved in CSE"),
    ("she is attention\nseeking", "attention\nseeking"), ("a drug runner", "drug runner"),
    ("he is streetwise", "streetwise"), ("beyond parental control", "beyond parental control"),
    ("she claims that she was hurt", "claims that she was"), ("mature for her age", "mature for her age"),
])
def test_blaming_words_are_found_where_they_are(text, phrase):
    [found] = find_blaming(text)
    assert (found.phrase, text[found.start:found.end]) == (phrase, phrase)
    assert len(found.suggestion) > 15


@pytest.mark.parametrize("text", [
    "She is at risk from an adult who hurts her.", "He was not brought to the clinic.", "The school engaged well.",
    "The promise was kept.", "He is being exploited by older adults.", "Runs away from conflict in the story", "",
    "The manager claims travel costs.", "She chose a book to read.",
])
def test_fair_words_are_left_alone(text):
    assert find_blaming(text) == []


def test_several_phrases_come_in_order_without_overlap():
    text = "Choosing this lifestyle, putting herself at risk and refusing support. A lifestyle choice."
    found = find_blaming(text)
    assert [each.phrase for each in found] == [
        "Choosing this lifestyle", "putting herself at risk", "refusing support", "lifestyle choice"]
    assert all(one.end <= two.start for one, two in zip(found, found[1:], strict=False))


def test_where_phrases_overlap_the_first_stands():
    assert [each.phrase for each in find_blaming("a consensual sexual activity with a man")] == ["consensual sexual"]
    assert [each.phrase for each in find_blaming("a sexual activity with a man")] == ["sexual activity with"]


def test_the_list_is_long_enough_and_every_line_can_be_found():
    import csv

    from goldthread.base.text import _DATA
    rows = list(csv.DictReader(_DATA.joinpath("blaming.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) >= 40
    for row in rows:
        said = " ".join(word.split("/")[0].replace("_", " ") for word in row["phrase"].split() if word != "…")
        assert find_blaming(f"We note: {said}."), row["phrase"]
        assert row["better"]


def test_long_texts_are_quick():
    import time
    started = time.perf_counter()
    find_blaming("He was putting the cat out, at risk of rain, and would not engage in talk about sex. " * 1_000)
    assert time.perf_counter() - started < 5


# -- identifying details ------------------------------------------------------------------------------

@pytest.mark.parametrize(("text", "kind", "found"), [
    ("lives at 3 Low Road AB1 2DE now", "postcode", "AB1 2DE"), ("ab12de", "postcode", "ab12de"),
    ("call 020 7946 0123 today", "phone", "020 7946 0123"), ("call (01632) 960 123", "phone", "(01632) 960 123"),
    ("on 07700 900123", "phone", "07700 900123"), ("+44 20 7946 0123", "phone", "+44 20 7946 0123"),
    ("+44 (0)20 7946 0123", "phone", "+44 (0)20 7946 0123"), ("tel.01632960123.", "phone", "01632960123"),
    ("NHS 999 000 0018", "NHS number", "999 000 0018"), ("NHS 9990000018.", "NHS number", "9990000018"),
    ("write to a.b@example.org.", "e-mail", "a.b@example.org"),
])
def test_identifying_details_are_found(text, kind, found):
    [detail] = find_identifying(text)
    assert (detail.kind, detail.found, text[detail.start:detail.end]) == (kind, found, found)


@pytest.mark.parametrize("text", [
    "999 000 0019 does not pass the check", "in UB8 since 2016", "on 03/03/2016 at 10:00", "room 101, 3 of 12 children",
    "case FD-2222-2C", "£1,234,567.00", "", "ref 12345678901234",
])
def test_other_numbers_are_left_alone(text):
    assert find_identifying(text) == []


def test_details_come_in_order_and_never_overlap():
    text = "AB1 2DE, 020 7946 0123, 999 000 0018, a@example.org"
    found = find_identifying(text)
    assert [each.kind for each in found] == ["postcode", "phone", "NHS number", "e-mail"]
    assert all(one.end <= two.start for one, two in zip(found, found[1:], strict=False))
