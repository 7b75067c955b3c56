"""What holds for every record."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from apps.content.models import content_models, record_models
from apps.organisations.models import Organisation
from apps.topics.models import Topic
from tests import factories
from tests.factories import EventFactory, OrganisationFactory, SectionFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FACTORIES = {
    factory._meta.model: factory for factory in factories.RecordFactory.__subclasses__() if factory._meta.model
}
FACTORIES |= {factory._meta.model: factory for factory in factories.ContentFactory.__subclasses__()}


def make(model, **values):
    if model._meta.model_name == "citation":
        values.setdefault("record", TopicFactory())
    return FACTORIES[model](**values)


@pytest.mark.parametrize("model", record_models(), ids=lambda model: model._meta.label)
def test_a_record_is_found_again_by_its_natural_key(model):
    record = make(model)
    assert model.objects.get_by_natural_key(*record.natural_key()) == record


@pytest.mark.parametrize("model", content_models(), ids=lambda model: model._meta.label)
@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_what_is_not_published_is_not_among_the_published(model, state):
    make(model, state=state)
    assert not model.objects.published().exists()


@pytest.mark.parametrize("model", content_models(), ids=lambda model: model._meta.label)
def test_a_scheduled_record_waits_for_its_time(model):
    record = make(model, publish_at=timezone.now() + timezone.timedelta(hours=1))
    assert not model.objects.published().exists()
    assert not record.is_public


def test_line_endings_are_one_kind_whoever_wrote_them():
    section = SectionFactory(body_en="one\r\ntwo\rthree")
    assert section.body_en == "one\ntwo\nthree"


def test_damaged_text_is_refused_with_its_place_and_its_likely_meaning():
    section = SectionFactory.build(topic=TopicFactory(), body_hi="कहा कि ॅज्व् को")
    with pytest.raises(ValidationError) as refusal:
        section.full_clean()
    assert "character 8" in str(refusal.value.message_dict["body_hi"])
    assert "WTO" in str(refusal.value.message_dict["body_hi"])


def test_a_record_needs_its_name_in_one_language_only():
    OrganisationFactory.build(name_en="").full_clean()
    with pytest.raises(ValidationError, match="in at least one language"):
        OrganisationFactory.build(name_en="", name_hi="").full_clean()


def test_two_notes_cannot_stand_at_one_place():
    TopicFactory(position=4)
    with pytest.raises(ValidationError, match="Another note already stands at this place"):
        TopicFactory.build(position=4).full_clean()


def test_a_reference_to_nothing_is_named():
    section = SectionFactory.build(topic=TopicFactory(), body_en="[x](event:no-such-thing)")
    with pytest.raises(ValidationError, match="event:no-such-thing"):
        section.full_clean()


def test_search_finds_a_note_through_its_sections_in_any_spelling():
    note = TopicFactory()
    SectionFactory(topic=note, body_hi="हिंदी में सम्बन्ध")
    assert list(Topic.objects.search("हिन्दी संबंध")) == [note]


def test_search_reads_words_and_not_link_targets():
    SectionFactory(body_hi="[बैठक](event:lima-ministers-1975)")
    assert not Topic.objects.search("lima").exists()


def test_alphabetical_order_is_the_readers_and_puts_borrowed_names_in_their_place():
    for english, hindi in [("Beta", "अ"), ("Alpha", ""), ("Gamma", "क")]:
        OrganisationFactory(name_en=english, name_hi=hindi)
    with override("en"):
        assert [each.name_en for each in Organisation.objects.alphabetical()] == ["Alpha", "Beta", "Gamma"]
    with override("hi"):
        assert [each.name_en for each in Organisation.objects.alphabetical()] == ["Alpha", "Beta", "Gamma"]


@pytest.mark.parametrize(
    "model", [each for each in record_models() if each.markdown_fields], ids=lambda m: m._meta.label
)
def test_a_reference_that_leads_nowhere_is_refused_in_every_markdown_text(model):
    record = make(model)
    column = f"{model.markdown_fields[0]}_hi"
    setattr(record, column, "[बैठक](event:no-such-meeting)")
    with pytest.raises(ValidationError, match="event:no-such-meeting"):
        record.full_clean()


def test_a_reference_that_broke_later_does_not_keep_an_editor_from_mending_something_else():
    event = EventFactory(slug="gone")
    section = SectionFactory(body_en="[the meeting](event:gone)")
    event.delete()
    section.heading_en = "Mended"
    section.full_clean()


def test_a_record_is_found_by_its_address_name():
    note = TopicFactory(slug="lima-ministers-1975")
    assert list(Topic.objects.search("lima-ministers-1975")) == [note]


def test_a_summary_of_more_than_sixty_words_is_refused_with_the_count():
    with pytest.raises(ValidationError, match="these are 61"):
        TopicFactory.build(summary_hi="शब्द " * 61).full_clean()


@pytest.mark.parametrize("count", [1, 2, 7])
def test_a_published_note_has_three_to_six_key_points(count):
    points = "\n".join(["A point."] * count)
    TopicFactory.build(key_points_en=points, state="draft").full_clean()
    with pytest.raises(ValidationError, match="Three to six key points"):
        TopicFactory.build(key_points_en=points).full_clean()


@pytest.mark.parametrize("slug", ["Dakshin", "dakshin_bank", "दक्षिण", "-a", "a--b", "a b", ""])
def test_an_address_name_is_small_latin_letters_digits_and_hyphens(slug):
    with pytest.raises(ValidationError) as refusal:
        OrganisationFactory.build(slug=slug).full_clean()
    assert list(refusal.value.message_dict) == ["slug"]
    assert len(refusal.value.message_dict["slug"]) == 1


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\u2066", "\ufeff"])
def test_an_invisible_sign_that_could_turn_text_around_is_refused_with_its_place(sign):
    with pytest.raises(ValidationError) as refusal:
        SectionFactory.build(topic=TopicFactory(), body_hi=f"पाठ{sign}").full_clean()
    assert "Character 4 is an invisible sign" in str(refusal.value.message_dict["body_hi"])


def test_the_joiners_of_hindi_are_no_invisible_signs():
    SectionFactory.build(topic=TopicFactory(), body_hi="क्\u200dष और क्\u200cष").full_clean()
