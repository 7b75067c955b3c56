from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from apps.content.filters import FilteredListMixin, LinkFilter, decade_options
from apps.content.linked_data import address, thing
from apps.content.views import PublishedMixin
from apps.events.models import Event
from apps.languages.fields import reading
from apps.organisations.models import Organisation

# Facts whose disagreements stand beside the fact itself; the page lists any others under the text.
SHOWN_BESIDE = ["date", "place"]


class EventList(FilteredListMixin, PublishedMixin, ListView):
    model = Event
    paginate_by = 60

    def with_page(self, rows):
        return rows.with_differences().with_organisations()

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
    model = Event

    def with_page(self, rows):
        return rows.with_page()

    def get_context_data(self, **kwargs):
        return super().get_context_data(linked_data=linked_data(self.object), shown_beside=SHOWN_BESIDE, **kwargs)


def linked_data(event):
    place = reading(event, "place").text
    return thing(
        event,
        "Event",
        startDate=event.start,
        endDate=event.end,
        location={"@type": "Place", "name": place} if place else None,
        organizer=[
            {"@type": "Organization", "@id": address(each), "name": str(each)} for each in event.organisations.all()
        ],
    )
