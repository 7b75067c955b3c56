"""The forms at the desk, for every kind of record."""

import re
from datetime import UTC, datetime

import pytest
from django.contrib import admin
from django.utils import translation

from apps.audit.models import Entry
from apps.content.models import State
from apps.glossary.models import GlossaryTerm
from apps.languages.fields import column, columns, language_codes, translated_fields
from apps.organisations.models import Organisation
from apps.practice.models import Question
from apps.sources.models import Citation
from apps.topics.models import Section, Topic
from tests.editorial.families import (
    CONTENT_MODELS,
    DESK_MODELS,
    WHOLE_MODELS,
    address,
    addresses,
    form_data,
    label,
    make,
)
from tests.factories import (
    CitationFactory,
    CountryFactory,
    EventFactory,
    GlossaryTermFactory,
    OrganisationFactory,
    QuestionFactory,
    SectionFactory,
    SourceFactory,
    TopicFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]
every_kind = pytest.mark.parametrize("model", DESK_MODELS, ids=label)


def fieldset_rows(response):
    return [row for _name, options in response.context["adminform"].fieldsets for row in options["fields"]]


def errors_of(response):
    return response.context["adminform"].form.errors


def section_errors(response):
    sections = response.context["inline_admin_formsets"][0].formset
    return [form.errors for form in sections.forms if form.errors]


def save(editor, record, **changes):
    """Opens the form of ``record``, changes fields as an editor would, and sends everything back."""
    there = address(record, "change")
    return editor.post(there, {**form_data(editor.get(there)), **changes})


@pytest.mark.parametrize("model", WHOLE_MODELS, ids=label)
def test_the_add_form_opens(editor, model):
    assert editor.get(address(model, "add")).status_code == 200


@every_kind
def test_both_languages_of_a_text_stand_side_by_side(editor, model):
    shown = fieldset_rows(editor.get(address(make(model), "change")))
    for name in translated_fields(model):
        assert tuple(columns(name)) in shown


@every_kind
def test_each_input_says_its_language(editor, model):
    page = editor.get(address(make(model), "change")).content.decode()
    for name in translated_fields(model):
        for code in language_codes():
            (tag,) = re.findall(rf'<(?:input|textarea)[^>]* name="{column(name, code)}"[^>]*>', page)
            assert f'lang="{code}"' in tag
            assert 'dir="ltr"' in tag


@every_kind
def test_labels_name_the_field_and_the_language_in_words(editor, model):
    form = editor.get(address(make(model), "change")).context["adminform"].form
    for name in translated_fields(model):
        assert str(form[column(name, "hi")].label).endswith(" · Hindi")
        assert "_" not in str(form[column(name, "hi")].label)


def test_labels_are_in_the_editors_language():
    with translation.override("hi"):
        label = str(admin.site.get_model_admin(Topic).form._meta.labels["title_en"])
    assert label.endswith(str(translation.gettext("English"))) or not label.endswith("English")


@every_kind
def test_no_field_is_shown_that_an_editor_can_not_explain(editor, model):
    page = editor.get(address(make(model), "change")).content.decode()
    for name in ("search_text", "content_type", "object_id", "updated_at"):
        assert not re.search(rf'name="(?:[\w-]*-)?{name}"', page)
    assert not re.search(r'<(?:input|select)(?![^>]*type="hidden")[^>]* name="(?:[\w-]*-)?id"', page)


@every_kind
def test_saving_a_form_untouched_changes_nothing(editor, model):
    record = make(model)
    before = {field.attname: getattr(record, field.attname) or "" for field in model._meta.concrete_fields}
    response = save(editor, record)
    assert response.status_code == 302, errors_of(response)
    record.refresh_from_db()
    after = {field.attname: getattr(record, field.attname) or "" for field in model._meta.concrete_fields}
    del before["updated_at"], after["updated_at"]
    assert after == before


@every_kind
def test_an_error_of_a_rule_stands_at_its_field(editor, model):
    damaged = column(model.label_field, "hi")
    response = save(editor, make(model), **{damaged: "ॅज्व् की बैठक"})
    assert "WTO" in str(errors_of(response)[damaged])


@every_kind
def test_a_record_without_a_name_is_asked_for_one(editor, model):
    names = columns(model.label_field)
    response = save(editor, make(model), **dict.fromkeys(names, ""))
    assert set(names) <= set(errors_of(response))


def test_a_place_taken_twice_is_said_at_the_place(editor):
    TopicFactory(position=1)
    response = save(editor, TopicFactory(position=2), position="1")
    assert errors_of(response)["position"] == ["Another note already stands at this place."]


def test_an_anchor_taken_twice_is_said_at_the_anchor(editor):
    first = SectionFactory(anchor="history")
    response = save(editor, SectionFactory(topic=first.topic, anchor="other"), anchor="history")
    assert "anchor" in errors_of(response)


def test_a_note_is_saved_with_its_sections_and_sources_without_javascript(editor):
    topic, source = TopicFactory(sections=2, state=State.DRAFT), SourceFactory()
    saved = save(
        editor,
        topic,
        **{
            "sections-0-heading_hi": "नया शीर्षक",
            "sections-2-anchor": "third",
            "sections-2-heading_en": "A third section",
            "sources-citation-content_type-object_id-0-source": str(source.pk),
            "sources-citation-content_type-object_id-0-note_en": "Page 12.",
        },
    )
    assert saved.status_code == 302, (errors_of(saved), section_errors(saved))
    headings = [str(each) for each in Section.objects.filter(topic=topic).order_by("position")]
    assert len(headings) == 3
    assert headings[-1] == "A third section"
    assert Section.objects.get(topic=topic, position=1).heading_hi == "नया शीर्षक"
    citation = Citation.objects.get()
    assert (citation.record, citation.position) == (topic, 1)


def test_a_section_without_a_number_goes_to_the_end(editor):
    topic = TopicFactory(sections=2, state=State.DRAFT)
    data = {"sections-2-anchor": "last", "sections-2-heading_en": "Last", "sections-2-position": ""}
    save(editor, topic, **data)
    assert topic.sections.get(anchor="last").position == 3


def test_an_error_in_a_section_stands_in_the_section(editor):
    topic = TopicFactory(sections=1)
    response = save(editor, topic, **{"sections-0-body_en": "[see](event:never-held)"})
    (errors,) = section_errors(response)
    assert "event:never-held" in str(errors["body_en"])


def test_a_stated_fact_needs_its_value(editor):
    citation = CitationFactory(record=OrganisationFactory())
    prefix = "sources-citation-content_type-object_id-0"
    response = save(editor, citation.record, **{f"{prefix}-fact": "founded"})
    citations = response.context["inline_admin_formsets"][-1].formset
    assert "value_en" in citations.forms[0].errors


def test_only_a_note_asks_for_the_section_of_a_citation(editor):
    name = "sources-citation-content_type-object_id-0-section"
    assert name in form_data(editor.get(address(TopicFactory(), "change")))
    assert name not in form_data(editor.get(address(OrganisationFactory(), "change")))


def test_a_windows_line_end_does_not_reach_the_database(editor):
    topic = TopicFactory(state=State.DRAFT)
    save(editor, topic, key_points_hi="एक\r\nदो\r\nतीन")
    topic.refresh_from_db()
    assert topic.key_points_hi == "एक\nदो\nतीन"


def test_the_text_of_a_section_has_room(editor):
    page = editor.get(address(TopicFactory(sections=1), "change")).content.decode()
    (tag,) = re.findall(r'<textarea[^>]* name="sections-0-body_hi"[^>]*>', page)
    assert 'rows="22"' in tag


def test_related_records_are_looked_up_by_typing_in_either_language(editor):
    OrganisationFactory(name_en="Group of 15", name_hi="समूह-15")
    OrganisationFactory()
    there = "/admin/autocomplete/"
    which = {"app_label": "topics", "model_name": "topic", "field_name": "organisations"}
    for term in ("समूह-15", "group of 15"):
        found = editor.get(there, {**which, "term": term}).json()["results"]
        assert [each["text"] for each in found] == ["Group of 15"]


def test_every_link_to_a_record_is_looked_up(rf, superuser):
    request = rf.get("/")
    request.user = superuser
    links = {
        model: set(admin.site.get_model_admin(model).get_autocomplete_fields(request))
        for model in (Topic, Organisation, EventFactory._meta.model, Question)
    }
    assert links == {
        Topic: {"organisations", "events", "terms"},
        Organisation: {"members", "parent", "successor"},
        EventFactory._meta.model: {"country", "organisations"},
        Question: {"topic"},
    }


def test_a_staff_user_without_a_right_gets_403(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("guest", is_staff=True))
    for model in DESK_MODELS:
        for there in addresses(make(model)):
            assert client.get(there).status_code == 403, there


# --- What stands at the top ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": State.DRAFT}, "Draft. Readers do not see it."),
        ({"state": State.IN_REVIEW}, "In review. Readers do not see it."),
        ({"state": State.PUBLISHED}, "Published. What you save is kept as a draft"),
        (
            {"state": State.PUBLISHED, "publish_at": datetime(2200, 5, 3, tzinfo=UTC)},
            "Scheduled. Readers will see it from 3 May",
        ),
        ({"state": State.WITHDRAWN}, "Withdrawn. Readers no longer see it."),
    ],
)
def test_a_form_says_where_its_record_stands(editor, fields, sentence):
    assert sentence in editor.get(address(TopicFactory(**fields), "change")).content.decode()


def test_the_form_of_a_new_record_says_that_it_starts_as_a_draft(editor):
    assert "It starts as a draft" in editor.get(address(Topic, "add")).content.decode()


def test_a_form_says_what_a_language_lacks(editor):
    term = GlossaryTermFactory(definition_hi="")
    assert "Hindi: 1 of 2 texts are filled in." in editor.get(address(term, "change")).content.decode()


def test_only_what_is_public_is_viewed_on_the_site(editor):
    public = SectionFactory(topic__slug="bandung", anchor="place")
    page = editor.get(address(public, "change")).content.decode()
    assert 'href="/en/topics/bandung/#place" class="viewsitelink"' in page
    for hidden in (
        TopicFactory(state=State.DRAFT),
        QuestionFactory(topic__state=State.WITHDRAWN),
        CountryFactory(),
        SourceFactory(),
    ):
        assert "viewsitelink" not in editor.get(address(hidden, "change")).content.decode()


def test_a_term_leads_to_the_glossary(editor):
    page = editor.get(address(GlossaryTermFactory(state=State.DRAFT), "change")).content.decode()
    assert 'href="/en/glossary/"' in page
    assert "/preview/" not in page


# --- Deleting --------------------------------------------------------------------------------------------------------


@every_kind
def test_the_page_before_deleting_opens(editor, model):
    assert editor.get(address(make(model), "delete")).status_code in {200, 403}


def test_the_page_before_deleting_names_records_not_rows_of_tables(editor):
    topic = TopicFactory(sections=1, organisations=[OrganisationFactory()])
    page = editor.get(address(topic, "delete")).content.decode()
    assert "Heading" in page
    assert "object (" not in page
    assert "relationship" not in page


def test_records_deleted_from_the_list_are_gone(editor):
    terms = [GlossaryTermFactory(), GlossaryTermFactory()]
    data = {"action": "delete_selected", "_selected_action": [str(each.pk) for each in terms], "post": "yes"}
    editor.post(address(GlossaryTerm, "changelist"), data)
    assert not GlossaryTerm.objects.exists()


@pytest.mark.parametrize("model", CONTENT_MODELS, ids=label)
def test_a_form_can_not_put_a_record_before_readers(editor, model):
    record = make(model, state=State.DRAFT)
    save(editor, record, state="published")
    record.refresh_from_db()
    assert record.state == State.DRAFT


@pytest.mark.parametrize("model", WHOLE_MODELS, ids=label)
def test_a_deletion_is_written_down(editor, model):
    record = make(model)
    editor.post(address(record, "delete"), {"post": "yes"})
    assert not model.objects.filter(pk=record.pk).exists()
    assert Entry.objects.get(verb="deleted").about_label == str(record)
