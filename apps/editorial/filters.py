"""What narrows a list at the desk."""

from django.conf import settings
from django.contrib import admin
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from apps.content.filters import decade_options
from apps.content.partial_dates import PartialDateField
from apps.editorial.completeness import incomplete_in


class MissingInFilter(admin.SimpleListFilter):
    """The records of which a part still has to be translated."""

    title = _("missing translation")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return settings.LANGUAGES

    def queryset(self, request, queryset):
        return incomplete_in(queryset, self.value()) if self.value() in dict(settings.LANGUAGES) else queryset


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
