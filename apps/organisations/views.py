from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from apps.content.filters import FilteredListMixin, LinkFilter, decade_options
from apps.content.linked_data import address, thing
from apps.content.views import PublishedMixin
from apps.languages.fields import reading
from apps.organisations.models import Organisation

# Facts whose disagreements stand beside the fact itself; the page lists any others under the text.
SHOWN_BESIDE = ["founded", "place", "name", "members"]


class OrganisationList(FilteredListMixin, PublishedMixin, ListView):
    model = Organisation
    paginate_by = 50

    def with_page(self, rows):
        return rows.with_differences().alphabetical()

    def get_filters(self):
        founded = Organisation.objects.published().order_by().values_list("founded", flat=True).distinct()
        return [
            LinkFilter("kind", _("Kind"), Organisation.Kind.choices, lambda rows, kind: rows.of_kind(kind)),
            LinkFilter(
                "decade", _("Founded"), decade_options(founded), lambda rows, decade: rows.founded_in(int(decade))
            ),
        ]


class OrganisationDetail(PublishedMixin, DetailView):
    model = Organisation

    def with_page(self, rows):
        return rows.with_page()

    def get_context_data(self, **kwargs):
        return super().get_context_data(linked_data=linked_data(self.object), shown_beside=SHOWN_BESIDE, **kwargs)


def linked_data(organisation):
    parent = organisation.parent
    return thing(
        organisation,
        "Organization",
        alternateName=reading(organisation, "acronym").text,
        foundingDate=organisation.founded,
        location=reading(organisation, "seat").text,
        sameAs=organisation.website,
        parentOrganization={"@type": "Organization", "@id": address(parent), "name": str(parent)} if parent else None,
    )
