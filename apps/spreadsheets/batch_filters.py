"""How sheets that came in stand, and by what their list is narrowed."""

from django.contrib.admin import SimpleListFilter
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.spreadsheets.models import PATIENCE, Batch
from apps.spreadsheets.presenting import kind_of_sheet

State = Batch.State
WRONG = Q(state=State.FAILED) | Q(state=State.READY) & (Q(refused__gt=0) | ~Q(problems=[]))
AT_WORK = Q(state__in=[State.READING, State.IMPORTING, State.UNDOING])


def waits_for(user):
    """Previews that ``user`` may still confirm or correct."""
    # What says nothing new is over.
    something = Q(new__gt=0) | Q(changed__gt=0) | Q(refused__gt=0) | ~Q(problems=[])
    waiting = Q(state=State.READY, made_at__gte=timezone.now() - PATIENCE) & something
    return Q(by=user) & (waiting | Q(state=State.FAILED))


def standing(batch):
    """``(look, words)`` of the list. ``look``: "wrong", "waits", "at-work", "done" or "over"."""
    if batch.state == State.READY:
        if batch.is_refused:
            return "wrong", _("Something is wrong in it")
        if batch.is_too_old or not batch.writes:
            return "over", _("No longer valid") if batch.writes else _("There is nothing to import")
        return "waits", batch.get_state_display()
    look = {State.FAILED: "wrong", State.IMPORTED: "done"}.get(batch.state, "at-work" if batch.is_at_work else "over")
    return look, batch.get_state_display()


class Standing(SimpleListFilter):
    title = _("state")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return [
            ("mine", _("Waits for me")),
            ("wrong", _("Something is wrong in it")),
            ("at-work", _("The portal is at work on it")),
            ("imported", State.IMPORTED.label),
            ("undone", State.UNDONE.label),
            ("cancelled", State.CANCELLED.label),
        ]

    def queryset(self, request, queryset):
        if self.value() in {State.IMPORTED, State.UNDONE, State.CANCELLED}:
            return queryset.filter(state=self.value())
        wanted = {"mine": waits_for(request.user), "wrong": WRONG, "at-work": AT_WORK}.get(self.value())
        return queryset if wanted is None else queryset.filter(wanted)


class Kind(SimpleListFilter):
    title = _("kind of sheet")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        names = model_admin.get_queryset(request).order_by().values_list("sheet", flat=True).distinct()
        return sorted(((name, kind_of_sheet(name)) for name in names), key=lambda pair: pair[1])

    def queryset(self, request, queryset):
        return queryset.filter(sheet=self.value()) if self.value() else queryset
