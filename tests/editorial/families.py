"""The kinds of record that the desk serves, so that a new one is tested unasked."""

from django.contrib import admin
from django.forms import ModelMultipleChoiceField
from django.urls import reverse

from apps.content.bulk import save_many
from apps.content.models import content_models
from apps.editorial.admin import RecordAdmin
from tests import factories

FACTORIES = {
    factory._meta.model: factory
    for factory in vars(factories).values()
    if isinstance(factory, type) and issubclass(factory, factories.RecordFactory) and not factory._meta.abstract
}
DESK_MODELS = [model for model, desk in admin.site._registry.items() if isinstance(desk, RecordAdmin)]
# Those that are made and deleted by themselves, not in the form of what they are a part of.
WHOLE_MODELS = [model for model in DESK_MODELS if not model.whole_relation]
CONTENT_MODELS = content_models()


def label(model):
    return model._meta.model_name


def make(model, **fields):
    return FACTORIES[model](**fields)


def make_many(model, count):
    """``count`` rows as :func:`make` makes them, each with relatives of its own, written at once as from a sheet."""
    rows = FACTORIES[model].build_batch(count)
    _save_with_relatives(model, rows)
    return rows


def _save_with_relatives(model, rows):
    for field in model._meta.concrete_fields:
        if field.many_to_one:
            relatives = [getattr(row, field.name) for row in rows]
            unsaved = [each for each in relatives if each and each._state.adding]
            if unsaved:
                _save_with_relatives(field.related_model, unsaved)
    save_many(model, rows, [], before={}, links={})


def address(model_or_record, page, *further):
    """``address(topic, "change")``, ``address(Topic, "changelist")``."""
    opts = model_or_record._meta
    args = [] if isinstance(model_or_record, type) else [model_or_record.pk]
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=[*args, *further])


def addresses(record):
    """The list, the add form, the form and the page before deleting; of a part the list and the form."""
    model = type(record)
    lasting = [address(model, "changelist"), address(record, "change")]
    return lasting if model.whole_relation else [*lasting, address(model, "add"), address(record, "delete")]


def form_data(response):
    """What a browser without JavaScript would send back from the change or add form in ``response``."""
    data = {}
    context = response.context
    forms = [context["adminform"].form]
    for group in context["inline_admin_formsets"]:
        forms += [group.formset.management_form, *group.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            name, widget = bound.html_name, bound.field.widget
            if hasattr(widget, "widgets_names"):
                parts = widget.decompress(value) if not isinstance(value, list) else value
                for suffix, part in zip(widget.widgets_names, parts, strict=True):
                    data[name + suffix] = "" if part is None else str(part)
            elif isinstance(value, list):
                data[name] = [str(getattr(each, "pk", each)) for each in value]
            elif value is not False and not (value is None and isinstance(bound.field, ModelMultipleChoiceField)):
                data[name] = "" if value is None else str(value)
    return data
