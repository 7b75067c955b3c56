"""The forms of the desk: what each input tells the browser, where an error stands, rows that number themselves."""

from django import forms
from django.contrib.contenttypes.forms import BaseGenericInlineFormSet
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import TextField, URLField
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from apps.editorial import layout, rights
from apps.languages.fields import column_labels, language_codes


class RecordForm(forms.ModelForm):
    """A record's form. What a constraint of the database forbids is said at the field that the constraint is about."""

    def _update_errors(self, errors):
        if hasattr(errors, "error_dict"):
            errors = ValidationError(self._at_their_fields(errors.error_dict))
        super()._update_errors(errors)

    def _at_their_fields(self, errors):
        about = {
            str(constraint.violation_error_message): constraint.fields[-1]
            for constraint in self._meta.model._meta.constraints
            if getattr(constraint, "fields", None) and constraint.fields[-1] in self.fields
        }
        placed = {name: list(found) for name, found in errors.items() if name != NON_FIELD_ERRORS}
        for error in errors.get(NON_FIELD_ERRORS, []):
            placed.setdefault(about.get(str(error.message), NON_FIELD_ERRORS), []).append(error)
        return placed


def form_for(model):
    """A :class:`RecordForm` that labels the fields of ``model``."""
    return type(f"{model.__name__}Form", (RecordForm,), {"Meta": type("Meta", (), {"labels": column_labels(model)})})


class TextInput(forms.CharField):
    """A text as the models keep it. A browser sends CRLF; compared as sent, every untouched text would be a change."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class BilingualForm:
    """For an admin class or an inline: fieldsets, labels and inputs derived from the model's one declaration."""

    # How many lines a text gets at first; what is not named here gets FEW. {"body": 20}
    lines = {}
    FEW = 4
    formfield_overrides = {URLField: {"assume_scheme": "https"}, TextField: {"form_class": TextInput}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.form = form_for(self.model)

    def get_fieldsets(self, request, obj=None):
        return layout.fieldsets(self.model)

    def get_autocomplete_fields(self, request):
        """Every link to a record of the desk is looked up by typing."""
        links = [field for field in layout.form_fields(self.model) if field.is_relation]
        return [field.name for field in links if self.admin_site.is_registered(field.related_model)]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        language = getattr(db_field, "language", None)
        if field and language in language_codes():
            field.widget.attrs.update(layout.script_attributes(language))
        if field and isinstance(db_field, TextField):
            name = getattr(db_field, "translated_field", db_field).name
            field.widget.attrs.update(rows=self.lines.get(name, self.FEW))
        return field


class NumberedRows:
    """A formset whose rows stand in order by their ``position``; a row without one goes to the end."""

    def clean(self):
        super().clean()
        rows = [form.instance for form in self.forms if form.has_changed() or form.instance.position is not None]
        last = max((row.position for row in rows if row.position is not None), default=0)
        for row in rows:
            if row.position is None:
                last += 1
                row.position = last


class NumberedFormSet(NumberedRows, BaseInlineFormSet):
    pass


class NumberedGenericFormSet(NumberedRows, BaseGenericInlineFormSet):
    pass


class NumberedInline(BilingualForm):
    """An inline of numbered rows in one fieldset; one empty row waits at the end, also without JavaScript."""

    extra = 1
    leave_out = ()

    # A part goes by its whole, as everywhere (apps/editorial/rights.py).

    def has_view_permission(self, request, obj=None):
        return rights.may(request.user, "view", obj or self.parent_model)

    def has_change_permission(self, request, obj=None):
        return rights.may(request.user, "change", obj or self.parent_model)

    has_delete_permission = has_change_permission

    def has_add_permission(self, request, obj=None):
        return rights.may(request.user, "change" if obj else "add", obj or self.parent_model)

    def get_fieldsets(self, request, obj=None):
        return layout.fieldsets(self.model, leave_out=self.leave_out)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "position":
            field.required, field.initial = False, None
            field.help_text = _("Its place in the order. Left empty, it goes to the end.")
        return field
