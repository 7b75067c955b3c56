"""What narrows a list at the desk."""

from django.contrib import admin
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from apps.content.filters import decade_options
from apps.content.partial_dates import PartialDateField
from apps.editorial import worklists


class WorklistFilter(admin.SimpleListFilter):
    """Narrows a list to one of ``worklists``; a kind of record that knows none of them has no such filter."""

    worklists = ()

    def lookups(self, request, model_admin):
        self.known = {each.value: each for each in self.worklists if each.knows(model_admin.model)}
        return [(value, each.label) for value, each in self.known.items()]

    def queryset(self, request, queryset):
        chosen = self.known.get(self.value())
        return queryset.filter(chosen.where(queryset.model)) if chosen else queryset

    def get_facet_counts(self, pk_attname, filtered_qs):
        return {
            f"{place}__c": Count(pk_attname, filter=each.where(filtered_qs.model))
            for place, each in enumerate(self.known.values())
        }


class TranslationFilter(WorklistFilter):
    title, parameter_name, worklists = _("translation"), "translation", worklists.TRANSLATION


class StandingFilter(WorklistFilter):
    title, parameter_name, worklists = _("where it stands"), "standing", worklists.STANDING


class LinksFilter(WorklistFilter):
    title, parameter_name, worklists = _("internal links"), "links", [worklists.BROKEN_LINKS]


class DifferencesFilter(WorklistFilter):
    title, parameter_name, worklists = _("sources"), "differ", [worklists.UNEXPLAINED]


class MineFilter(WorklistFilter):
    title, parameter_name = _("whose it is"), "mine"

    def lookups(self, request, model_admin):
        self.worklists = [worklists.drafts_of(request.user)]
        return super().lookups(request, model_admin)


class DecadeFilter(admin.FieldListFilter):
    """A partial date by its decade: ``?founded__startswith=198``."""

    def __init__(self, field, request, params, model, model_admin, field_path):
        self.parameter = f"{field_path}__startswith"
        super().__init__(field, request, params, model, model_admin, field_path)
        self.chosen = self.used_parameters.get(self.parameter)
        known = model_admin.get_queryset(request).order_by().values_list(field_path, flat=True).distinct()
        self.decades = decade_options(known)

    def expected_parameters(self):
        return [self.parameter]

    def has_output(self):
        return len(self.decades) > 1

    def get_facet_counts(self, pk_attname, filtered_qs):
        return {decade: Count(pk_attname, filter=Q(**{self.parameter: decade[:3]})) for decade, _label in self.decades}

    def choices(self, changelist):
        counts = self.get_facet_queryset(changelist) if changelist.add_facets else {}
        yield {
            "selected": not self.chosen,
            "query_string": changelist.get_query_string(remove=[self.parameter]),
            "display": _("All"),
        }
        for decade, label in self.decades:
            yield {
                "selected": self.chosen == decade[:3],
                "query_string": changelist.get_query_string({self.parameter: decade[:3]}),
                "display": f"{label} ({counts[decade]})" if decade in counts else label,
            }


admin.FieldListFilter.register(lambda field: isinstance(field, PartialDateField), DecadeFilter, take_priority=True)
