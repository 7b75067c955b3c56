"""Translators' sheets to try: out as rows, filled, and in again."""

import csv
import io

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from apps.content.models import record_models
from apps.languages.fields import language_columns
from apps.spreadsheets import actions
from apps.spreadsheets.files.inert import PREFIX, awakened
from apps.spreadsheets.files.writing import OutColumn, OutSheet, write
from apps.spreadsheets.kinds import translators_name
from apps.spreadsheets.records.wholes import rows_of, working_wholes
from apps.spreadsheets.translators.sheet import TranslatorSheet, export_translations


def member(*groups):
    """A new account in these groups."""
    made = get_user_model().objects.create_user(f"member-{get_user_model().objects.count()}", is_staff=True)
    made.groups.set(Group.objects.filter(name__in=groups))
    assert made.groups.count() == len(groups)
    return made


def translator(language="Hindi"):
    return member(f"Translators into {language}")


def rows_out(source="en", target="hi", **choice):
    """``[{"record": …, "source_en": …}, …]``: the exported sheet, by the machine names of its columns."""
    names = [column.name for column in TranslatorSheet(source, target).all_columns]
    with export_translations("csv", source, target, **choice) as file:
        _headers, *rows = csv.reader(io.StringIO(file.read().decode("utf-8-sig"), newline=""))
    plain = [[awakened(text) if text[:1] == PREFIX else text for text in row] for row in rows]
    return [dict(zip(names, row, strict=True)) for row in plain]


def row_of(rows, kind, key, field):
    (found,) = [row for row in rows if (row["kind"], row["key"], row["field"]) == (kind, key, field)]
    return found


def typed(kind, key, field, target_hi):
    """A row about a text as it is now, with this translation."""
    row = row_of(rows_out(), kind, key, field)
    return {name: row[name] for name in ("kind", "key", "field", "version")} | {"target_hi": target_hi}


def bring(rows, by=None, source="en", target="hi"):
    """The batch of a CSV file with these rows, dictionaries: read and judged."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    file = io.BytesIO()
    write(
        "csv",
        [OutSheet("", list(map(OutColumn, names)), [[row.get(name, "") for name in names] for row in rows])],
        file,
    )
    return receive(file.getvalue(), "csv", by, source, target)


def receive(data, kind, by=None, source="en", target="hi"):
    sheet = translators_name(source, target)
    return actions.receive(data=data, file_name=f"s.{kind}", file_kind=kind, sheet=sheet, by=by, language="en")


def confirmed(batch, **options):
    actions.confirm(batch=batch, by=batch.by, **options)
    batch.refresh_from_db()
    return batch


def complaints(batch):
    """``[sentence, …]`` of the file and of its refused rows."""
    return [*batch.problems, *(each[2] for outcome in batch.outcomes(("refused",)) for each in outcome.errors)]


def published_texts():
    """``{(kind, id, "title_hi"): text}`` of every record, as readers get it."""
    return {
        (model._meta.label_lower, pk, name): text or ""
        for model in record_models()
        for pk, texts in _stored(model).items()
        for name, text in texts.items()
    }


def working_texts():
    """The same as editors and translators work on it."""
    found = {}
    for model in record_models():
        if not model.whole_relation:
            pks = list(model._base_manager.values_list("pk", flat=True))
            for whole in working_wholes(model, pks).values():
                for row in rows_of(whole):
                    label = row._meta.label_lower
                    found |= {(label, row.pk, name): getattr(row, name) or "" for name in language_columns(type(row))}
    return found


def differences(before, after):
    """``{(kind, id, column): new text}``"""
    assert before.keys() == after.keys()
    return {place: after[place] for place in before if before[place] != after[place]}


def _stored(model):
    names = language_columns(model)
    return {row.pk: {name: getattr(row, name) for name in names} for row in model._base_manager.all()}
