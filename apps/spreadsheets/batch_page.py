"""What the page of a batch shows in each of its states."""

from django.core.paginator import Paginator
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from apps.spreadsheets.kinds import sheet_named
from apps.spreadsheets.models import PATIENCE, Batch, BatchFile
from apps.spreadsheets.presenting import ON_A_PAGE, Shown, title_of
from apps.spreadsheets.progress import grouped, progress_of
from apps.spreadsheets.rights import bringing_of

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


def context_of(batch, user, query, *, may_undo, refusal=()):
    """For ``admin/spreadsheets/batch.html``. ``query``: the address's parameters, ``page`` and ``refused``.
    ``refusal``: why a button of the page did nothing.
    """
    shown, bringing, own = Shown(batch), bringing_of(batch.by, batch.sheet), batch.by_id == user.pk
    refused = page_of(batch.refused if batch.state in WITH_ROWS else 0, query.get("refused"))
    changes = page_of(batch.writes if batch.state in WITH_ROWS else 0, query.get("page"))
    has_file = BatchFile.objects.filter(batch=batch).exists()
    waits = batch.state == State.READY and not batch.is_too_old
    return {
        "title": headline(batch),
        "batch": batch,
        "counts": counts_of(batch) if batch.rows and batch.state in WITH_ROWS else [],
        "kind": title_of(batch),
        "is_own": own,
        "refusal": refusal,
        "progress": progress_of(batch) if batch.is_at_work else None,
        "refused": refused,
        "complaints": shown.complaints(refused.start, refused.end) if refused.count else [],
        "changes": changes,
        "rows": shown.changes(changes.start, changes.end) if changes.count else [],
        "doubts": shown.doubts() if batch.state == State.READY and changes.number == 1 else [],
        "valid_until": batch.made_at + PATIENCE,
        "may_confirm": own and waits and batch.writes and not batch.problems,
        "may_cancel": own and (waits or batch.state in {State.READING, State.IMPORTING, State.FAILED}),
        "may_undo": may_undo and batch.state == State.IMPORTED,
        # What is no sheet at all has no header row that was read, and nothing to mark.
        "may_be_marked": batch.state in WITH_ROWS and batch.is_refused and batch.headings and has_file,
        "may_look_again": own and batch.state == State.FAILED and has_file,
        "reaches_readers": reaches_readers(batch, bringing),
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


def page_of(count, number):
    return Page(Paginator(range(count), ON_A_PAGE).get_page(number))


def reaches_readers(batch, bringing):
    """ "now" if readers see at once what the sheet changes in a published record, "draft" if it waits in a draft."""
    if not bringing.everything:
        return "draft"
    try:
        sheet = sheet_named(batch.sheet)
    except LookupError:
        return "now"
    if not hasattr(sheet, "model"):  # a translator's sheet, whoever brings it
        return "draft"
    return "now" if "publish" in sheet.model._meta.default_permissions else ""


def import_url(batch):
    """Where another file of the same kind is chosen; "" if there is no such page."""
    try:
        model = getattr(sheet_named(batch.sheet), "model", None)
        if model is None:  # a translator's sheet is of all kinds of record
            return reverse("admin:spreadsheets_batch_translators_sheet")
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_import")
    except (LookupError, NoReverseMatch):
        return ""
