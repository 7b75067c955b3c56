from dataclasses import dataclass

from django import template
from django.forms import MultiWidget
from django.utils.text import capfirst
from django.utils.translation import gettext as _

register = template.Library()


@dataclass(frozen=True)
class Problem:
    """One reason why a form was refused. ``place`` is the id of what to mend, ``""`` for the form as a whole."""

    what: str
    sentence: str
    place: str = ""

    def __str__(self):
        return f"{self.what}: {self.sentence}" if self.what else self.sentence


@register.simple_tag
def problems(adminform, groups):
    """All :class:`Problem` of a form and of the groups of rows in it, in the order of the page."""
    found = list(_of_form(adminform.form))
    for group in groups:
        found += _of_group(group)
    return found


def _of_group(group):
    formset = group.formset
    if not formset.is_bound:
        return
    name = capfirst(group.opts.verbose_name_plural)
    for sentence in formset.non_form_errors():
        yield Problem(name, sentence, f"{formset.prefix}-group")
    for number, form in enumerate(formset.forms):
        words = {"kind": capfirst(group.opts.verbose_name), "number": number + 1}
        yield from _of_form(form, _("%(kind)s %(number)s") % words, f"{formset.prefix}-{number}")


def _of_form(form, row="", place=""):
    """``row`` says which one it is of many, ``place`` is the id of that row."""
    if not form.is_bound:
        return
    for name, sentences in form.errors.items():
        field = form[name] if name in form.fields else None
        visible = field is not None and not field.is_hidden
        what = " · ".join(str(part) for part in (row, field.label if visible else "") if part)
        for sentence in sentences:
            yield Problem(what, sentence, _id_of(field) if visible else place)


def _id_of(field):
    """Of the input itself: a field of several inputs has no id, its first one has."""
    if isinstance(field.field.widget, MultiWidget):
        return field.auto_id + field.field.widget.widgets_names[0]
    return field.id_for_label or field.auto_id
