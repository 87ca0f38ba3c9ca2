"""The glossary: abbreviations expanded, and found in a text as written."""
import pytest

from goldthread.rules.glossary import Term, UnknownTerm, expand, terms, terms_in


def test_it_is_long_enough_sorted_and_complete():
    shorts = [each.short for each in terms()]
    assert len(shorts) >= 120
    assert shorts == sorted(shorts, key=str.casefold)
    assert all(each.full and each.meaning for each in terms())


@pytest.mark.parametrize("short", (
    "ASB CAIT CAMHS CCE CCG CDOP CICC CIN CP-IS CP CSE DA DHR DSL FGM IAR ILACS IRO LAC LGA LADO MARAC MASE MASH MOPAC "
    "MPS Ofsted SAB SCR SHOF SEND SYV UKBF VYPRMG VAWG YOS LCSPR SIN RHI MACE EHE CME UASC NRM").split())
def test_it_knows_the_words_of_a_real_report(short):
    assert expand(short)


def test_capitals_do_not_matter_and_unknown_words_are_refused():
    assert expand("mash") == "multi-agency safeguarding hub"
    with pytest.raises(UnknownTerm, match="“XYZ” is not in the glossary"):
        expand("XYZ")


def test_terms_in_a_text_are_whole_words_as_written():
    text = "Two DSLs rang the MASH about CP-IS; the C&F assessment is here. A mash of notes, CSEX, PACE."
    assert [each.short for each in terms_in(text)] == ["C&F", "CP-IS", "DSL", "MASH"]


def test_a_partnerships_own_words_win():
    own = Term("MASH", "Northbridge hub", "The front door of Northbridge")
    assert terms_in("The MASH", [own]) == (own,)
