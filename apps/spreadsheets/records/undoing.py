"""Putting back the records of one sheet, unless something else has touched them."""

import reversion
from django.contrib.contenttypes.fields import GenericRelation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.content.bulk import save_many
from apps.content.models import worked_on
from apps.languages.fields import language_columns
from apps.spreadsheets.outcomes import NEW, REFUSED, Touched
from apps.spreadsheets.records.wholes import wholes_of
from apps.spreadsheets.relations import RelationColumn, RelationsColumn

UNDONE = gettext_noop("An import from a sheet was undone.")


def touched_records(sheet, part, own=frozenset()):
    """``own``: ids of the records that the batch made, which may name each other."""
    outcomes = [each for each in part.read() if each.kind != REFUSED]
    moments = dict(
        sheet.model._base_manager.filter(pk__in=[each.pk for each in outcomes]).values_list("pk", "updated_at")
    )
    moments = {str(pk): moment for pk, moment in moments.items()}
    found = []
    for each in outcomes:
        if each.pk not in moments:
            found.append(Touched.by(each, _("It was deleted since."), sheet.model))
        elif moments[each.pk] != part.written_at:
            found.append(Touched.by(each, _("It was changed since."), sheet.model))
    touched = {each.row for each in found}
    return [*found, *(each for each in _needed(sheet, outcomes, part, own) if each.row not in touched)]


def _needed(sheet, outcomes, part, own):
    """What else keeps these records from going back: it leans on them, or they would lean on what is gone."""
    sentences = dict.fromkeys(_gone_before(sheet, outcomes), _("A record that it named before was deleted since."))
    sentences |= _worked_on(sheet.model, [each.pk for each in outcomes], part.written_at)
    named = leaning_on(sheet.model, [each.pk for each in outcomes if each.kind == NEW], own)
    sentences |= dict.fromkeys(named, _("Something else belongs to it or names it by now."))
    return [Touched.by(each, sentences[each.pk], sheet.model) for each in outcomes if each.pk in sentences]


def _worked_on(model, pks, since):
    """``{id: sentence}``, ids as texts, of those that are being worked on elsewhere, or what they are parts of is."""
    found = {}
    wholes = wholes_of(model._base_manager.filter(pk__in=pks))
    for kind in {kind for kind, _pk in wholes.values()}:
        sentences = worked_on(kind, {pk for each, pk in wholes.values() if each is kind}, since)
        found |= {
            str(pk): sentences[whole] for pk, (each, whole) in wholes.items() if each is kind and whole in sentences
        }
    return found


def _gone_before(sheet, outcomes):
    """The ids of the records whose old values name what is no more."""
    found = set()
    for name, column in sheet.columns.items():
        named = {each.pk: _targets(column, each) for each in outcomes if name in each.olds}
        for model in {model for targets in named.values() for model, _pk in targets}:
            wanted = {pk for targets in named.values() for kind, pk in targets if kind is model}
            gone = wanted - set(model._base_manager.filter(pk__in=wanted).values_list("pk", flat=True))
            found |= {pk for pk, targets in named.items() if gone.intersection(target for _kind, target in targets)}
    return found


def _targets(column, outcome):
    return column.targets(outcome.old_value_of(column)) if isinstance(column, RelationColumn) else []


def leaning_on(model, pks, own):
    """Those of ``pks`` that rows outside of ``own`` point to, whatever they are: a comment, a note, an edition."""
    pks, found = list(pks), set()
    if not pks:
        return found
    for relation in model._meta.related_objects:
        if relation.many_to_many:
            through = relation.through._base_manager
            name, other = relation.field.m2m_reverse_name(), relation.field.m2m_column_name()
            rows = through.filter(**{f"{name}__in": pks}).values_list(name, other)
        elif relation.related_model._meta.auto_created:
            continue  # the rows of its own links
        else:
            rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": pks})
            rows = rows.values_list(relation.field.attname, "pk")
        found |= {str(pk) for pk, other in rows if str(other) not in own}
    for field in model._meta.private_fields:
        if isinstance(field, GenericRelation):
            rows = field.related_model._base_manager.filter(**{f"{field.object_id_field_name}__in": pks})
            found |= {str(pk) for pk in rows.values_list(field.object_id_field_name, flat=True)}
    return found


def put_back_records(sheet, part, by):
    outcomes = [each for each in part.read() if each.kind != REFUSED]
    made = [each.pk for each in outcomes if each.kind == NEW]
    old = {each.pk: each for each in outcomes if each.kind != NEW}
    records = list(sheet.model._base_manager.select_for_update().filter(pk__in=list(old)))
    names, links, before = language_columns(sheet.model), {}, {}
    for record in records:
        before[record.pk] = {name: getattr(record, name) for name in names}
        for name in old[str(record.pk)].cells:
            column = sheet.columns[name]
            value = old[str(record.pk)].old_value_of(column)
            column.put(record, value)
            if isinstance(column, RelationsColumn):
                links.setdefault(name, {})[record.pk] = value
    moment = None
    if records:
        outdated = {record.pk: old[str(record.pk)].outdated for record in records}
        moment = save_many(
            sheet.model, [], records, before=before, links=links, by=by, comment=UNDONE, outdated=outdated
        )
    if made:
        with reversion.create_revision():
            reversion.set_comment(UNDONE)
            if by is not None:
                reversion.set_user(by)
            sheet.model.objects.filter(pk__in=made).delete()
    return moment
