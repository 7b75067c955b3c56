from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from apps.content.filters import FilteredListMixin, LinkFilter, decade_options
from apps.content.views import PublishedMixin
from apps.events.models import Event
from apps.organisations.models import Organisation


class EventList(FilteredListMixin, PublishedMixin, ListView):
    queryset = Event.objects.with_differences().with_organisations()
    paginate_by = 60

    def get_filters(self):
        starts = Event.objects.published().order_by().values_list("start", flat=True).distinct()
        hosts = Organisation.objects.published().filter(events__in=Event.objects.published()).distinct().alphabetical()
        return [
            LinkFilter("decade", _("When"), decade_options(starts), lambda rows, decade: rows.started_in(int(decade))),
            LinkFilter(
                "organisation",
                _("Organisation"),
                [(host.slug, str(host.short_name)) for host in hosts],
                lambda rows, slug: rows.filter(organisations__slug=slug),
            ),
        ]


class EventDetail(PublishedMixin, DetailView):
    queryset = Event.objects.with_page()
