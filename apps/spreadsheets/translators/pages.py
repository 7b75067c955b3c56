"""The desk's page of the translator's sheet: one takes it there, and brings it back."""

from itertools import chain

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.content.models import record_models
from apps.languages.fields import translated_fields
from apps.spreadsheets import actions
from apps.spreadsheets.columns import CLEAR
from apps.spreadsheets.exporting import to_file
from apps.spreadsheets.exports import log_export
from apps.spreadsheets.formats import KINDS
from apps.spreadsheets.forms import ImportForm
from apps.spreadsheets.kinds import translators_name
from apps.spreadsheets.refusals import Refused
from apps.spreadsheets.translators.columns import language_name
from apps.spreadsheets.translators.forms import OfKindsForm, OfSelectedForm
from apps.spreadsheets.translators.selection import ALL, Selection
from apps.spreadsheets.translators.sheet import TranslatorSheet
from apps.spreadsheets.translators.telling import in_words, pair_told, pairs_of

ADDRESS = "admin:spreadsheets_batch_translators_sheet"


# --- Who may ----------------------------------------------------------------------------------------------------------


def kinds_to_take(request):
    """The kinds of record whose texts the person may see and may take out of the portal, parts among them."""
    return [model for model in record_models() if translated_fields(model) and _may_take(request, model)]


def _may_take(request, model):
    if not admin.site.is_registered(model):
        return False
    desk = admin.site.get_model_admin(model)
    return desk.has_view_permission(request) and desk.has_export_permission(request)


def may_take_translations(request, model):
    return bool(translated_fields(model) and _may_take(request, model) and pairs_of(request.user))


# --- The page ---------------------------------------------------------------------------------------------------------


def translators_sheet(request):
    """GET shows it; a POST takes a sheet, or brings the file that comes with ``bring``."""
    pairs, models = pairs_of(request.user), kinds_to_take(request)
    if not pairs:
        raise PermissionDenied
    bringing = ImportForm(*([request.POST, request.FILES] if "bring" in request.POST else []))
    if bringing.is_bound:
        return bring(request, bringing, pairs) or page(request, _empty_form(pairs, models), bringing)
    taking = _form_of(request.POST, pairs, models)
    if taking.is_bound and taking.is_valid():
        try:
            return take(request, taking, models)
        except Refused as refusal:
            taking.add_error(None, refusal.sentences)
    return page(request, taking, bringing)


def page_of_selected(request, model, records):
    """The same page, narrowed to ``records``, a queryset of a list."""
    items = ",".join(str(pk) for pk in records.values_list("pk", flat=True))
    return page(request, OfSelectedForm(pairs=pairs_of(request.user), model=model, items=items), ImportForm())


def page(request, taking, bringing):
    request.current_app = admin.site.name
    context = {
        "title": _("Translator's sheet"),
        "taking": taking,
        "bringing": bringing,
        "pair": in_words(next(iter(taking.pairs.values()))) if len(taking.pairs) == 1 else "",
        "selected": taking if isinstance(taking, OfSelectedForm) else None,
        "clear_mark": CLEAR,
        "opts": apps.get_model("spreadsheets.batch")._meta,
    }
    return TemplateResponse(
        request, "admin/spreadsheets/translators_sheet.html", {**admin.site.each_context(request), **context}
    )


def _empty_form(pairs, models):
    return _form_of({}, pairs, models)


def _form_of(posted, pairs, models):
    if "kind" not in posted:
        wholes = [model for model in models if not model.whole_relation]
        return OfKindsForm(posted or None, pairs=pairs, models=wholes)
    model = next((model for model in models if model._meta.label_lower == posted["kind"]), None)
    if model is None:
        raise PermissionDenied
    return OfSelectedForm(posted, pairs=pairs, model=model, items=posted.get("items", ""))


# --- Out --------------------------------------------------------------------------------------------------------------


def take(request, form, models):
    """The file. ``models``: the kinds of row that may be in it. Raises :class:`Refused` if there is nothing in it."""
    source, target, states, kind = form.asked
    sheet, records = TranslatorSheet(source, target), form.records(request, admin.site)
    selection = Selection(records, states, kinds=models)
    sheets = sheet.out_sheets(selection)
    first = next(sheets[0].rows, None)
    if first is None:
        every = Selection(records, ALL, kinds=models)
        raise Refused(*_why_empty(sheet, every, form.pairs.values()))
    sheets[0].rows = chain([first], sheets[0].rows)
    file = to_file(kind, sheets[:1] if kind == "csv" else sheets)
    name = translators_name(source, target)
    log_export(request.user, name, count=selection.count, kind=kind)
    name = "-".join([_("translations"), source, target, f"{localdate().isoformat()}.{kind}"])
    return FileResponse(file, as_attachment=True, filename=name, content_type=KINDS[kind].content_type)


def _why_empty(sheet, every, pairs):
    """Sentences. ``every``: the selection, whatever the state of its texts; ``pairs``: what the person may choose."""
    if next(sheet.rows(every), None) is not None:
        return [_("Nothing is missing or outdated here. Choose “All texts” to get the rest.")]
    reason = _("Texts that were first written in %(language)s have nothing to translate into %(language)s.")
    sentences = [
        _("What you have chosen has no texts to translate between these languages."),
        reason % {"language": language_name(sheet.target)},
    ]
    if (back := (sheet.target, sheet.source)) in pairs:
        sentences.append(_("Choose the other direction: %(pair)s.") % {"pair": in_words(back)})
    return sentences


# --- In ---------------------------------------------------------------------------------------------------------------


def bring(request, form, pairs):
    """On to the page of the batch; ``None`` if the form has something to say."""
    if not form.is_valid():
        return None
    file = form.cleaned_data["import_file"]
    data = file.read()
    try:
        pair = pair_told(form.kind, data, pairs)
    except Refused as refusal:
        form.add_error("import_file", refusal.sentences)
        return None
    batch = actions.receive(
        data=data,
        file_name=file.name,
        file_kind=form.kind,
        sheet=translators_name(*pair),
        by=request.user,
        language=get_language(),
    )
    if len(pairs) > 1:
        messages.info(request, _("Read as a translator's sheet: %(pair)s.") % {"pair": in_words(pair)})
    return redirect(reverse("admin:spreadsheets_batch_change", args=[batch.pk]))
