"""The desk's first page: how far the translations have come, and what waits for the person who looks at it.

A figure is a function with ``@figure(order=…)``, here or in the ``admin.py`` of a room above, that takes the
:class:`Board` and yields :class:`Figure` objects. One whose numbers are all zero is not shown.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import model_ngettext
from django.db.models import Min, OuterRef, Subquery
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from apps.content.models import record_models
from apps.content.translation_state import TranslationState
from apps.editorial import worklists
from apps.editorial.broken_links import has_markdown, with_broken_links
from apps.editorial.progress import SHAPES, parts, progress
from apps.languages.fields import language_codes, plain_rows
from apps.publishing.models import Review
from apps.spreadsheets.translators.telling import pairs_of


@dataclass(frozen=True)
class Line:
    """``count`` rows, in ``words`` ("study notes"), which the list at ``address`` shows."""

    count: int
    words: str
    address: str


@dataclass(frozen=True)
class Figure:
    """Something that waits, with a line for each list that shows a part of it, and ``more`` about it in a sentence.
    ``anchor``: its place on the page, for pages that lead there.
    """

    title: str
    lines: list = field(default_factory=list)
    more: str = ""
    anchor: str = ""


class Board:
    """What one person may see of the desk; everything is asked of the database once, when a figure needs it."""

    def __init__(self, request):
        self.request, self.user = request, request.user

    @cached_property
    def kinds(self):
        """The kinds of record that the person may list; a section counts with its note."""
        inside = {part for model in record_models() for part in parts(model)}
        return [model for model in record_models() if model not in inside and self.may_list(model)]

    def may_list(self, model):
        known = admin.site.is_registered(model)
        return known and admin.site.get_model_admin(model).has_view_permission(self.request)

    @cached_property
    def mine(self):
        return worklists.drafts_of(self.user)

    @cached_property
    def counts(self):
        """``{(model, worklist.key): 12}``: every number that the database counts, in one query."""
        in_lists = [worklists.IN_REVIEW, worklists.WITH_DRAFT, worklists.PLANNED, worklists.UNEXPLAINED, self.mine]
        return worklists.counted(self.kinds, [*worklists.TRANSLATION, *in_lists])

    @cached_property
    def progress(self):
        return progress(self.kinds, self.counts)

    @property
    def may_translate(self):
        return bool(pairs_of(self.user))

    @property
    def legend(self):
        return [(state, state.label, shape) for state, shape in SHAPES.items()]

    @cached_property
    def figures(self):
        found = [each for _order, function in sorted(_figures, key=lambda pair: pair[0]) for each in function(self)]
        return [each for each in found if each.lines]

    def lines(self, worklist, counts=None):
        """A line for each kind of record that has rows in ``worklist``. ``counts``: ``{model: 12}``, if not ours."""
        if counts is None:
            counts = {model: self.counts[model, worklist.key] for model in self.kinds}
        return [
            Line(count, model_ngettext(model, count), worklist.address(model))
            for model, count in counts.items()
            if count
        ]


_figures = []


def figure(*, order):
    """Puts a function among those whose figures the first page shows; the lower ``order`` stands higher."""

    def register(function):
        _figures.append((order, function))
        return function

    return register


@figure(order=10)
def waiting_for_review(board):
    lines, more = board.lines(worklists.IN_REVIEW), ""
    if lines and (oldest := _oldest_request(board)):
        more = _("The oldest has waited for %(time)s.") % {"time": timesince(oldest, depth=1)}
    yield Figure(_("Waiting for review"), lines, more)


def _oldest_request(board):
    """When the review was asked for that has waited longest."""
    asked = Review.objects.filter(object_id=OuterRef("pk"), outcome=Review.Outcome.WAITING).order_by()
    asked = asked.values("object_id").annotate(first=Min("asked_at")).values("first")
    first, *others = [
        plain_rows(model._default_manager.filter(worklists.IN_REVIEW.where(model)))
        .order_by()
        .annotate(asked_at=Subquery(asked))
        .values_list("asked_at")
        for model in board.kinds
        if board.counts[model, worklists.IN_REVIEW.key]
    ]
    times = [time for (time,) in (first.union(*others, all=True) if others else first) if time]
    return min(times, default=None)


@figure(order=20)
def own_drafts(board):
    yield Figure(_("Your drafts"), board.lines(board.mine), anchor="your-drafts")


@figure(order=30)
def drafts_of_published_records(board):
    yield Figure(_("Published, with a draft"), board.lines(worklists.WITH_DRAFT))


@figure(order=40)
def planned(board):
    yield Figure(_("Planned for later"), board.lines(worklists.PLANNED))


@figure(order=50)
def outdated_translations(board):
    for code in language_codes():
        title = _("Outdated in %(language)s") % {"language": dict(settings.LANGUAGES)[code]}
        yield Figure(title, board.lines(worklists.in_translation(code, TranslationState.OUTDATED)))


@figure(order=70)
def unexplained_differences(board):
    yield Figure(_("Sources differ, without a note"), board.lines(worklists.UNEXPLAINED))


@figure(order=80)
def broken_links(board):
    broken = with_broken_links([model for model in board.kinds if has_markdown(model)])
    counts = {model: len(rows) for model, rows in broken.items()}
    yield Figure(_("Internal links that lead nowhere"), board.lines(worklists.BROKEN_LINKS, counts))
