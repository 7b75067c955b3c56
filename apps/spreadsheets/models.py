"""Sheets that came in: each is a batch, from choosing the file to undoing what it changed."""

import hashlib
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.spreadsheets.outcomes import CHANGED, NEW, REFUSED, Outcome

# So long a preview waits for its confirmation.
PATIENCE = timedelta(hours=24)
# A part takes seconds. A worker that was killed has a successor within two and a half minutes, while it read within
# five: then its task is still there, and nobody else is sent.
STANDSTILL = timedelta(minutes=4)
# Of the parts of a batch, while its rows are listed: a sheet's own, and those in which rows waited for others.
PARTS_HELD = 4


class BatchQuerySet(models.QuerySet):
    def forgotten(self):
        """Those that were previewed and never confirmed, or failed, and nobody came back for."""
        waiting = [Batch.State.READING, Batch.State.READY, Batch.State.FAILED]
        return self.filter(state__in=waiting, made_at__lt=timezone.now() - PATIENCE)

    def standing_still(self):
        """Those of which no part was read or written for so long that nobody can be at it."""
        at_it = [Batch.State.READING, Batch.State.IMPORTING, Batch.State.UNDOING]
        return self.filter(state__in=at_it, moved_at__lt=timezone.now() - STANDSTILL)


class Batch(models.Model):
    """One sheet that somebody brought: what it would change, and what it changed."""

    class State(models.TextChoices):
        READING = "reading", _("Being read")
        READY = "ready", _("Waits for confirmation")
        IMPORTING = "importing", _("Being imported")
        IMPORTED = "imported", _("Imported")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")
        CANCELLED = "cancelled", _("Cancelled")
        FAILED = "failed", _("Not imported")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # "events.event", or "translate:en:hi" for a translator's sheet: apps/spreadsheets/kinds.py.
    sheet = models.CharField(_("sheet"), max_length=80)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by whom")
    )
    made_at = models.DateTimeField(_("chosen"), default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True)
    file_name = models.CharField(_("file"), max_length=250)
    file_kind = models.CharField(max_length=4)
    file_hash = models.CharField(_("fingerprint of the file (SHA-256)"), max_length=64)
    # In which the editor reads what is wrong: the worker has no request to ask.
    language = models.CharField(max_length=7)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READING)
    stop = models.BooleanField(default=False)  # somebody asked to cancel: looked at between two parts
    good_rows = models.BooleanField(_("only the good rows"), default=False)
    # [{"title": …, "columns": {name: heading as the editor wrote it}, "places": {name: place}}, …], one a sheet.
    headings = models.JSONField(default=list)
    # [["events.event", "title_en"], …]: every column in which it changes something.
    columns = models.JSONField(default=list)
    # Sentences about the file as a whole; with one of them nothing of it is imported.
    problems = models.JSONField(default=list)
    # Titles of the file's further sheets, which the portal does not read.
    unread = models.JSONField(default=list)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    same = models.PositiveIntegerField(_("as they were"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported sheet")
        verbose_name_plural = _("imported sheets")
        ordering = ["-made_at"]
        default_permissions = ("view",)

    def __str__(self):
        return self.file_name

    @property
    def is_refused(self):
        """Whether it can't be imported as a whole."""
        return bool(self.problems or self.refused)

    @property
    def writes(self):
        return self.new + self.changed

    @property
    def is_too_old(self):
        return self.made_at < timezone.now() - PATIENCE

    @property
    def is_at_work(self):
        return self.state in {self.State.READING, self.State.IMPORTING, self.State.UNDOING}

    @property
    def percent(self):
        return min(100, 100 * self.done // self.rows) if self.rows else 0

    def move(self, *states, to, unless_stopped=False, **values):
        """Whether the batch was in one of ``states`` and now is in ``to``: of two who try, one gets yes."""
        if to not in {self.State.READING, self.State.IMPORTING, self.State.UNDOING}:
            values.setdefault("ended_at", timezone.now())
        batches = Batch.objects.filter(pk=self.pk, state__in=states)
        if unless_stopped:
            batches = batches.filter(stop=False)
        moved = batches.update(state=to, moved_at=timezone.now(), **values)
        if moved:
            self.refresh_from_db()
        return bool(moved)

    def forget(self, *problems):
        """Whether it was a preview, which is forgotten now with its file. ``problems``: sentences that say why."""
        waiting = [self.State.READING, self.State.READY, self.State.FAILED]
        said = {"problems": list(problems)} if problems else {}
        if not self.move(*waiting, to=self.State.CANCELLED, **said):
            return False
        self.parts.all().delete()
        self.pieces.all().delete()
        return True

    @property
    def is_of_drafts(self):
        """Whether its texts went the way of the translate screen: whoever brought it might write some languages only,
        or it is a translator's sheet.
        """
        part = self.parts.filter(writes__gt=0).first()
        return part is None or all(each.model for each in part.read() if each.kind == CHANGED)

    @property
    def has_file(self):
        return self.pieces.exists()

    def keep_file(self, data):
        for number, start in enumerate(range(0, len(data), FilePiece.BYTES)):
            FilePiece.objects.create(batch=self, number=number, data=data[start : start + FilePiece.BYTES])

    def read_file(self):
        """Its bytes; none once it is deleted."""
        return b"".join(self.pieces.values_list("data", flat=True).iterator(chunk_size=1))

    def each_part(self, parts):
        """Yields the :class:`BatchPart` objects of ``parts``, a queryset, holding one at a time."""
        for pk in list(parts.values_list("pk", flat=True)):
            yield self.parts.get(pk=pk)

    def outcomes(self, kinds, start=0, end=None):
        """Yields each :class:`Outcome` of these kinds in the order of the file, from the ``start``-th. Of the parts
        only those that are needed are read, and a few are held.
        """
        column = "rows_refused" if tuple(kinds) == (REFUSED,) else "rows_written"
        parts = self.parts.values_list("pk", "sheet", column)
        # A row that waited for those below it stands in a later part than they do.
        wanted = sorted((sheet, row, pk) for pk, sheet, rows in parts for row in rows)[start:end]
        held = {}
        for sheet, row, pk in wanted:
            if pk not in held:
                if len(held) == PARTS_HELD:
                    del held[next(iter(held))]
                held[pk] = {(each.sheet, each.row): each for each in self.parts.get(pk=pk).read() if each.kind in kinds}
            yield held[pk][sheet, row]


class BatchPartQuerySet(models.QuerySet):
    def brought(self, by, pk, version, moment):
        """Whether the change of ``moment`` to the record with the id ``pk`` was a row, exported from ``version``, that
        the same person brought or undid: then the sheet that they keep has it, or had it, itself.
        """
        parts = self.filter(models.Q(written_at=moment) | models.Q(undone_at=moment), batch__by=by)
        return any(each.pk == pk and each.version == version for part in parts for each in part.read())

    def texts_brought(self, by, column):
        """Yields each :class:`Outcome` with a text for ``column`` that ``by`` brought; also undone ones."""
        written = self.exclude(written_at=None, undone_at=None).filter(batch__by=by)
        for part in written.annotate(text=Cast("kept", models.TextField())).filter(text__contains=f'"{column}"'):
            yield from (each for each in part.read() if each.kind == CHANGED and column in each.cells)


class BatchPart(models.Model):
    """Some hundred rows of a batch: judged together and, in one transaction, written together."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    sheet = models.PositiveSmallIntegerField(default=0)  # which of the file's
    # Outcome.as_json() of every row but those that change nothing.
    kept = models.JSONField(default=list)
    writes = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    # The numbers of these rows in the file.
    rows_written = models.JSONField(default=list)
    rows_refused = models.JSONField(default=list)
    # The moment at which all of its records were written; none before that, and none after they were put back.
    written_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    objects = BatchPartQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        default_permissions = ()
        indexes = [models.Index(fields=["written_at"]), models.Index(fields=["undone_at"])]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="batch_part_once")]

    def __str__(self):
        return f"{self.batch} {self.number}"

    def read(self):
        return [Outcome(**each) for each in self.kept]

    def keep(self, outcomes):
        self.kept = [each.as_json() for each in outcomes]
        self.rows_written = [each.row for each in outcomes if each.kind in {NEW, CHANGED}]
        self.rows_refused = [each.row for each in outcomes if each.kind == REFUSED]
        self.writes, self.refused = len(self.rows_written), len(self.rows_refused)


class FilePieceQuerySet(models.QuerySet):
    def too_old(self):
        """Of those that nobody corrected in time; what is still being written may be read again."""
        over = self.filter(batch__state__in=[Batch.State.IMPORTED, Batch.State.UNDONE])
        return over.filter(batch__made_at__lt=timezone.now() - PATIENCE)


class FilePiece(models.Model):
    """The file itself, for as long as it may be read again or given back; in the database, where every process of the
    portal finds it and nothing is left on a disk. In pieces, as PostgreSQL's driver holds what it sends eight times.
    """

    BYTES = 1 << 20

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="pieces")
    number = models.PositiveSmallIntegerField(default=0)
    data = models.BinaryField()

    objects = FilePieceQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="file_piece_once")]

    def __str__(self):
        return f"{self.batch} {self.number}"


def fingerprint(data):
    return hashlib.sha256(data).hexdigest()
