"""The record behind a row of a sheet, and its page at the desk."""

from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from apps.spreadsheets.records.wholes import wholes_of


def record_behind(sheet, outcome):
    """``(model, id)``: of a translator's sheet, which is about texts of all kinds of record, the row says it."""
    if hasattr(sheet, "model"):
        return sheet.model, outcome.pk
    label, pk = outcome.values["whole"]
    return apps.get_model(label), pk


def records_at(places):
    """``{(model, "id"): record}`` of those of ``places``, ``[(model, "id"), …]``, that are there; in a number of
    queries that grows with the kinds of record among them. ``record.page`` is what :func:`address` needs.
    """
    found = {}
    for model in {model for model, _pk in places}:
        # What a record can't be without, it may ask for its name: a citation its source.
        links = [field.name for field in model._meta.fields if field.many_to_one and not field.null]
        rows = model._base_manager.filter(pk__in={pk for own, pk in places if own is model})
        wholes = wholes_of(rows.order_by()) if model.whole_relation else {}
        for record in rows.select_related(*links):
            record.page = wholes.get(record.pk, (model, record.pk))
            found[model, str(record.pk)] = record
    return found


def address(record, request):
    """Of the page where it is changed, of a part that of its whole; "" for who may not see that."""
    model, pk = record.page
    desk = admin.site._registry.get(model)
    whole = record if model is type(record) else None
    if desk is None or not desk.has_view_or_change_permission(request, whole):
        return ""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])
