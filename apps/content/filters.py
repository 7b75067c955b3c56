"""List filters that are plain links: ``?kind=un_body&decade=1960``."""

from dataclasses import dataclass, field

from django.http import Http404, QueryDict
from django.utils.translation import gettext


@dataclass(frozen=True)
class Choice:
    """One link of a filter: ``address`` keeps the other filters; ``current`` is what is chosen now."""

    label: str
    address: str
    current: bool


@dataclass
class LinkFilter:
    """One question of a list (``kind``, ``decade``), its ``options`` (value, label) and how a value narrows rows.

    ``narrow(queryset, value)`` gives the narrowed queryset.
    """

    name: str
    label: str
    options: list
    narrow: callable
    choices: list = field(default_factory=list)
    value: str = ""


class FilteredListMixin:
    """A list view narrowed by :class:`LinkFilter`; an unknown value is a 404, an unknown parameter is ignored.

    A view gives ``get_filters()``.
    """

    def get_filters(self):
        return []

    def get_queryset(self):
        rows = super().get_queryset()
        self.filters = self.get_filters()
        for each in self.filters:
            each.value = self.request.GET.get(each.name, "")
            if not each.value:
                continue
            if each.value not in {str(value) for value, _label in each.options}:
                raise Http404
            rows = each.narrow(rows, each.value)
        return rows

    def get_context_data(self, **kwargs):
        chosen = {each.name: each.value for each in self.filters if each.value}
        for each in self.filters:
            each.choices = [self._choice(each, "", gettext("All"), chosen)]
            each.choices += [self._choice(each, str(value), label, chosen) for value, label in each.options]
        return super().get_context_data(
            filters=self.filters, is_filtered=bool(chosen), kept_query=_query(chosen), **kwargs
        )

    def _choice(self, each, value, label, chosen):
        query = _query({**chosen, each.name: value})
        return Choice(label, f"{self.request.path}?{query}" if query else self.request.path, each.value == value)


def _query(chosen):
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in chosen.items() if value})
    return query.urlencode()


def decade_options(years):
    """``[("1960", "1960s"), …]`` for the decades in which any of ``years`` (partial dates) falls."""
    decades = sorted({date.decade for date in years if date})
    return [(str(decade), gettext("%(decade)ss") % {"decade": decade}) for decade in decades]
