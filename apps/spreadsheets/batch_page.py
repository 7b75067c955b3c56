"""What the page of a batch shows in each of its states."""

from django.core.paginator import Paginator
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from apps.spreadsheets.in_the_way import conflicts, in_the_way
from apps.spreadsheets.jobs import MOST_NAMED
from apps.spreadsheets.kinds import sheet_named
from apps.spreadsheets.models import PATIENCE, Batch
from apps.spreadsheets.presenting import ON_A_PAGE, Shown, title_of
from apps.spreadsheets.progress import grouped, progress_of
from apps.spreadsheets.readers import reaches_readers, taken_from_readers
from apps.spreadsheets.unread import unread_told

State = Batch.State

HEADLINES = {
    State.READING: _("The sheet is being read"),
    State.IMPORTING: _("The sheet is being imported"),
    State.IMPORTED: _("Imported"),
    State.UNDOING: _("The import is being undone"),
    State.UNDONE: _("The import was undone"),
    State.CANCELLED: _("Cancelled"),
    State.FAILED: _("Not imported"),
}


def headline(batch):
    if batch.state != State.READY:
        return HEADLINES[batch.state]
    if batch.is_refused:
        return _("Not imported yet: something is wrong in the sheet")
    return _("Preview: nothing is imported yet") if batch.writes else _("There is nothing to import")


def context_of(batch, request, *, may_undo, refusal=()):
    """For ``admin/spreadsheets/batch.html``; of the address's parameters ``page`` and ``refused`` count. ``refusal``:
    why a button of the page did nothing.
    """
    shown, own, query = Shown(batch), batch.by_id == request.user.pk, request.GET
    refused = page_of(batch.refused if batch.state in WITH_ROWS else 0, query.get("refused"))
    changes = page_of(batch.writes if batch.state in WITH_ROWS else 0, query.get("page"))
    has_file = batch.has_file
    waits = batch.state == State.READY and not batch.is_too_old
    moved, more_moved = in_the_way(batch, conflicts(batch), request) if batch.state == State.FAILED else ([], 0)
    return {
        "title": headline(batch),
        "batch": batch,
        "counts": counts_of(batch) if batch.rows and batch.state in WITH_ROWS else [],
        "kind": title_of(batch),
        "is_own": own,
        "refusal": refusal,
        "moved": moved,
        "more_moved": more_moved,
        "problems": problems_beside(batch, len(moved) + more_moved),
        # Once it is undone or forgotten, nobody asks any more what was not in it.
        "unread": unread_told(batch) if batch.state in {State.READY, State.IMPORTED} and knows_a_column(batch) else [],
        "progress": progress_of(batch) if batch.is_at_work else None,
        "refused": refused,
        "complaints": shown.complaints(refused.start, refused.end) if refused.count else [],
        "changes": changes,
        "rows": shown.changes(changes.start, changes.end, request) if changes.count else [],
        "doubts": shown.doubts() if batch.state == State.READY and changes.number == 1 else [],
        "valid_until": batch.made_at + PATIENCE,
        "may_confirm": own and waits and batch.writes and not batch.problems,
        "may_cancel": own and (waits or batch.state in {State.READING, State.IMPORTING, State.FAILED}),
        "may_undo": may_undo and batch.state == State.IMPORTED,
        # What is no sheet at all has no header row that was read, and nothing to mark.
        "may_be_marked": batch.state in WITH_ROWS and batch.is_refused and batch.headings and has_file,
        "may_look_again": own and batch.state == State.FAILED and has_file,
        # While it is read, parts stand there whose sheets are not known yet.
        "reaches_readers": reaches_readers(batch) if batch.state in WITH_ROWS else "",
        "taken": taken_from_readers(batch) if waits and batch.changed else 0,
        "import_url": import_url(batch) if own else "",
    }


# Of a preview that was cancelled nothing is kept; one that failed is to be looked at anew.
WITH_ROWS = {State.READY, State.IMPORTED, State.UNDONE}


class Page:
    """Rows ``start`` to ``end`` of ``count``, as the parts of a batch are asked for them."""

    def __init__(self, page):
        self.page, self.number, self.count = page, page.number, page.paginator.count
        self.start, self.end = max(page.start_index() - 1, 0), page.end_index()


def counts_of(batch):
    """``[(number, what became of so many rows, whether that is bad), …]``"""
    words = {
        "new": pgettext("rows of a sheet", "new"),
        "changed": pgettext("rows of a sheet", "changed"),
        "same": pgettext("rows of a sheet", "as they are"),
        "refused": pgettext("rows of a sheet", "refused"),
    }
    return [(grouped(getattr(batch, name)), word, name == "refused" and batch.refused) for name, word in words.items()]


def knows_a_column(batch):
    """Of a file that is none of this kind nobody need hear which of its sheets were not read."""
    return any(each["places"] for each in batch.headings)


def page_of(count, number):
    return Page(Paginator(range(count), ON_A_PAGE).get_page(number))


def problems_beside(batch, listed):
    """The sentences about the sheet as a whole, without those about the first of ``listed`` records, which stand on the
    page by themselves.
    """
    return batch.problems[min(listed, MOST_NAMED) :]


def context_of_undoing(batch, touched, request):
    """For ``admin/spreadsheets/undo.html``: the question, or ``touched`` (``[Touched, …]``), which is in the way."""
    moved, more_moved = in_the_way(batch, touched, request)
    return {
        "title": _("This import can't be undone now") if moved else _("Undo this import?"),
        "batch": batch,
        "kind": title_of(batch),
        "moved": moved,
        "more_moved": more_moved,
        "is_of_texts": not hasattr(sheet_named(batch.sheet), "model"),
        "reaches_readers": reaches_readers(batch),
    }


def import_url(batch):
    """Where another file of the same kind is chosen; "" if there is no such page."""
    try:
        model = getattr(sheet_named(batch.sheet), "model", None)
        if model is None:  # a translator's sheet is of all kinds of record
            return reverse("admin:spreadsheets_batch_translators_sheet")
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_import")
    except (LookupError, NoReverseMatch):
        return ""
