"""Writing the records of one sheet as a preview showed them, or saying which of them are no longer what they were."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.content.bulk import blank_records, save_many
from apps.languages.fields import language_columns
from apps.spreadsheets.outcomes import CHANGED, NEW, Conflict
from apps.spreadsheets.records.uniqueness import given_away
from apps.spreadsheets.relations import RecordColumn, RelationColumn, RelationsColumn

IMPORTED = gettext_noop("Imported from a sheet.")


def write_records(sheet, outcomes, by):
    """Stores what ``outcomes`` say of the records of one sheet; returns the moment. :class:`Conflict` if one is not
    what it was.
    """
    model = sheet.model
    old = [each for each in outcomes if each.kind == CHANGED]
    there = {
        str(record.pk): record
        for record in model._base_manager.select_for_update().filter(pk__in=[each.pk for each in old])
    }
    _refuse_what_moved(sheet, outcomes, there)
    names = language_columns(model)
    before = {record.pk: {name: getattr(record, name) for name in names} for record in there.values()}
    new, changed, links, blank, by_pk = [], [], {}, blank_records(model), {each.pk: each for each in outcomes}
    for each in outcomes:
        record = there[each.pk] if each.kind == CHANGED else blank(model._meta.pk.to_python(each.pk))
        (changed if each.kind == CHANGED else new).append(record)
        for name in each.cells:
            column = sheet.columns[name]
            value = each.value_of(column)
            column.put(record, value)
            if isinstance(column, RelationsColumn):
                links.setdefault(name, {})[record.pk] = value
    if taken := given_away(model, [*new, *changed]):
        raise Conflict([each for pk, sentence in taken.items() for each in _marked([by_pk[str(pk)]], sentence)])
    return save_many(model, new, changed, before=before, links=links, by=by, comment=IMPORTED)


def _refuse_what_moved(sheet, outcomes, there):
    moved = []
    for each in outcomes:
        if each.kind != CHANGED:
            continue
        record = there.get(each.pk)
        if record is None:
            moved += _marked([each], _("This record was deleted after the preview."))
        elif record.updated_at.isoformat() != each.seen:
            moved += _marked([each], _("This record was changed after the preview. Look at the preview again."))
    moved += _named_but_gone(sheet, [each for each in outcomes if each not in moved])
    if moved:
        raise Conflict(moved)


def _named_but_gone(sheet, outcomes):
    """Those that name a record which was deleted meanwhile."""
    gone = []
    for name, column in sheet.columns.items():
        if not isinstance(column, RelationColumn | RecordColumn):
            continue
        named = {}
        for each in outcomes:
            if name in each.cells:
                for model, pk in column.targets(each.value_of(column)):
                    named.setdefault((model, pk), []).append(each)
        for model in {model for model, _pk in named}:
            pks = [pk for kind, pk in named if kind is model]
            there = set(model._base_manager.filter(pk__in=pks).values_list("pk", flat=True))
            own = {each.pk for each in outcomes if each.kind == NEW and model is sheet.model}
            for pk in pks:
                if pk not in there and str(pk) not in own:
                    gone += [each for each in named[model, pk] if each not in gone]
    return _marked(gone, _("A record that it names was deleted after the preview."))


def _marked(outcomes, sentence):
    for each in outcomes:
        each.errors.append(["", "", str(sentence)])
    return outcomes
