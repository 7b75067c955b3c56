"""Many records written at once are written as each alone would be, for every kind of record."""

import json

import pytest
from django.db import IntegrityError
from reversion.models import Revision, Version

from apps.content.bulk import keep_versions, save_many
from apps.content.models import record_models
from apps.content.translation_state import stored_texts
from apps.events.models import Event
from apps.languages.fields import language_columns
from apps.publishing.models import Edition
from apps.sources.models import Citation
from tests.editorial.families import label, make
from tests.factories import CitationFactory, EventFactory, OrganisationFactory, SectionFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]

every_kind = pytest.mark.parametrize("model", record_models(), ids=label)


def a_record(model):
    return CitationFactory(record=EventFactory()) if model is Citation else make(model)


def stored(model, **filters):
    """The rows as they stand in the database, without the moment."""
    rows = model._base_manager.filter(**filters).values()
    return [{name: value for name, value in row.items() if name != "updated_at"} for row in rows]


def versions(revision):
    found = {}
    for version in Version.objects.filter(revision=revision):
        fields = json.loads(version.serialized_data)[0]
        fields["fields"] = {
            name: sorted(value) if isinstance(value, list) else value for name, value in fields["fields"].items()
        }
        fields["fields"].pop("updated_at", None)
        found[version.content_type_id, version.object_id] = (version.format, version.object_repr, fields)
    return found


def save_changed(record, **links):
    before = {record.pk: stored_texts(record)}
    return save_many(type(record), [], [record], before=before, links=links)


@every_kind
def test_a_change_is_stored_as_save_stores_it(model):
    alone, together = a_record(model), None
    first = language_columns(model)[0]
    model._base_manager.filter(pk=alone.pk).update(**{first: "Old"})
    alone, together = model._base_manager.get(pk=alone.pk), model._base_manager.get(pk=alone.pk)
    for record in (alone, together):
        setattr(record, first, "Another  text\r\nof two lines")
    alone.save()
    (by_save,) = stored(model, pk=alone.pk)
    model._base_manager.filter(pk=alone.pk).update(search_text="", outdated={}, **{first: "Old"})
    save_changed(together)
    assert stored(model, pk=alone.pk) == [by_save]


@every_kind
def test_the_versions_are_those_that_saving_keeps(model):
    record = a_record(model)
    record.save()
    one_by_one = versions(Revision.objects.latest("pk"))
    keep_versions([model.objects.get(pk=record.pk)])
    assert versions(Revision.objects.latest("pk")) == one_by_one


def test_a_source_text_that_changes_outdates_its_translation():
    event = EventFactory(title_en="Old", title_hi="पुराना", source_language="en")
    event.title_en = "New"
    save_changed(event)
    assert Event.objects.get().outdated == {"hi": {"title": "Old"}}


def test_links_become_what_is_said_and_others_stay():
    kept, gone, new = OrganisationFactory.create_batch(3)
    event, other = EventFactory(organisations=[kept, gone]), EventFactory(organisations=[gone])
    save_changed(event, organisations={event.pk: [kept.pk, new.pk]})
    assert set(event.organisations.all()) == {kept, new}
    assert list(other.organisations.all()) == [gone]


def test_a_new_public_note_has_its_first_edition():
    model = type(TopicFactory(position=1))
    note = TopicFactory.build(position=2, slug="second", state="published")
    save_many(model, [note], [], before={}, links={})
    assert Edition.objects.filter(object_id=note.pk).count() == 1


def test_the_note_of_a_section_is_kept_with_all_of_its_sections():
    section = SectionFactory()
    SectionFactory(topic=section.topic, anchor="other")
    keep_versions([section])
    assert len(versions(Revision.objects.latest("pk"))) == 3


def test_what_breaks_a_rule_of_the_database_writes_nothing():
    taken = EventFactory(slug="bandung")
    new = [EventFactory.build(slug="belgrade"), EventFactory.build(slug="bandung")]
    with pytest.raises(IntegrityError):
        save_many(Event, new, [], before={}, links={})
    assert list(Event.objects.all()) == [taken]


def test_many_take_as_many_queries_as_few(django_assert_max_num_queries):
    organisations = OrganisationFactory.create_batch(2)
    new = EventFactory.build_batch(30)
    with django_assert_max_num_queries(24):
        links = {"organisations": {event.pk: [each.pk for each in organisations] for event in new}}
        save_many(Event, new, [], before={}, links=links, comment="x")
