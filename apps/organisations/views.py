from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from apps.content.filters import FilteredListMixin, LinkFilter, decade_options
from apps.content.views import PublishedMixin
from apps.organisations.models import Organisation


class OrganisationList(FilteredListMixin, PublishedMixin, ListView):
    queryset = Organisation.objects.with_differences()
    paginate_by = 50

    def get_queryset(self):
        return super().get_queryset().alphabetical()

    def get_filters(self):
        founded = Organisation.objects.published().order_by().values_list("founded", flat=True).distinct()
        return [
            LinkFilter("kind", _("Kind"), Organisation.Kind.choices, lambda rows, kind: rows.of_kind(kind)),
            LinkFilter(
                "decade", _("Founded"), decade_options(founded), lambda rows, decade: rows.founded_in(int(decade))
            ),
        ]


class OrganisationDetail(PublishedMixin, DetailView):
    queryset = Organisation.objects.with_page()
