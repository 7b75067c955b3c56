"""The names of the portal's records that a text uses, with what they are called in the other language."""

import pytest

from apps.content.models import State
from apps.translations.terms import terms_in
from tests.editorial.families import address
from tests.factories import EventFactory, GlossaryTermFactory, OrganisationFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def found(text, language="en", other="hi"):
    return [(term.written, *term.names) for term in terms_in(text, language, other)]


@pytest.fixture
def names():
    GlossaryTermFactory(term_en="Debt relief", term_hi="ऋण राहत")
    GlossaryTermFactory(term_en="Debt", term_hi="ऋण", acronym_en="", acronym_hi="")
    OrganisationFactory(
        name_en="Group of 77",
        acronym_en="G-77",
        name_hi="समूह-77",
        acronym_hi="जी-77",
        other_names_en="Group of Seventy-Seven",
    )
    EventFactory(title_en="Bandung conference", title_hi="बांडुंग सम्मेलन")


def test_each_name_comes_once_in_the_order_of_the_text(names):
    text = "The bandung conference spoke of debt relief and of debt; debt relief came later."
    assert found(text) == [
        ("bandung conference", "बांडुंग सम्मेलन"),
        ("debt relief", "ऋण राहत"),
        ("debt", "ऋण"),
    ]


def test_only_whole_words_count(names):
    assert found("The indebted debtors") == []


@pytest.mark.parametrize("written", ["G-77", "G77", "G 77", "G–77", "Group of 77", "group of seventy-seven"])
def test_a_name_is_known_in_every_spelling_and_given_with_all_it_is_called(names, written):
    assert found(f"The {written} met.") == [(written, "समूह-77", "जी-77")]


def test_an_acronym_is_known_in_its_own_case_only(names):
    OrganisationFactory(name_en="World Health Organization", acronym_en="WHO", name_hi="विश्व स्वास्थ्य संगठन")
    assert found("Those who met") == []
    assert found("The WHO met") == [("WHO", "विश्व स्वास्थ्य संगठन")]


def test_hindi_names_are_known_in_any_spelling(names):
    GlossaryTermFactory(term_en="South Centre", term_hi="दक्षिण केन्द्र")
    assert found("दक्षिण केंद्र और बाण्डुंग सम्मेलन", "hi", "en") == [
        ("दक्षिण केंद्र", "South Centre"),
        ("बाण्डुंग सम्मेलन", "Bandung conference"),
    ]


def test_a_link_says_which_record_is_meant(names):
    GlossaryTermFactory(slug="ldc", term_en="Least developed country", term_hi="अल्पतम विकसित देश")
    assert found("[such poor countries](term:ldc) and (term:ldc)") == [("such poor countries", "अल्पतम विकसित देश")]


def test_the_target_of_a_link_is_no_text(names):
    assert found("[it](https://example.org/debt-relief)") == []


def test_a_name_does_not_cross_a_full_stop(names):
    assert found("It was about debt; relief came.") == [("debt", "ऋण")]


def test_a_term_without_a_name_in_the_other_language_says_so(names):
    GlossaryTermFactory(term_en="Solidarity", term_hi="")
    assert found("solidarity") == [("solidarity",)]


def test_a_note_is_no_term_and_neither_is_what_readers_do_not_see(names):
    TopicFactory(title_en="Overview")
    GlossaryTermFactory(term_en="Secret", state=State.DRAFT)
    assert found("An overview of a secret") == []


def test_a_term_leads_to_its_page_and_to_its_form(names):
    [term] = terms_in("debt relief", "en", "hi")
    record = term.pk and GlossaryTermFactory._meta.model.objects.get(pk=term.pk)
    assert term.path.startswith("/hi/")
    assert term.admin_path == address(record, "change")
    assert term.kind == "glossary term"
