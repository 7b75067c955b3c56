"""The sheet that explains the others: what each column is and what may stand in it, in every language of the portal."""

from itertools import zip_longest

from django.db.models import NOT_PROVIDED
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from apps.languages.fields import column_place, in_every_language, own_name, reading_order
from apps.languages.graphemes import shorten
from apps.spreadsheets.columns import CLEAR
from apps.spreadsheets.files.writing import OutColumn, OutSheet

RULES = [
    gettext_noop(
        "Each row is one record. The first columns say which one; a row whose record does not exist makes it."
    ),
    gettext_noop("Columns may stand in any order, and those that you don't want to change can be left out."),
    gettext_noop("An empty cell leaves the record as it is. To empty something, write %(clear)s in its cell."),
    gettext_noop(
        "Where it says Markdown, signs make the form: **bold**, “- ” before each line of a list, [words](address)."
    ),
    gettext_noop("What is published must be more complete than a draft: the portal says what is missing."),
    gettext_noop("Before anything is written the portal shows what would change, and asks you."),
]
# Records that are looked through for an example of each column, and the letters that are shown of it.
LOOKED_THROUGH = 20
LONGEST_EXAMPLE = 60


def guide(sheets, rules=RULES):
    """An :class:`OutSheet` about the columns of ``sheets``: in the active language first, below it in the others.
    ``rules``: what stands above the columns, untranslated.
    """
    known = [_sample(sheet) for sheet in sheets]
    title, columns, rows = _title(), [], []
    for code in reading_order():
        with override(code):
            examples = [_examples(*each) for each in zip(sheets, known, strict=True)]
            headings, explained = _columns(any(examples)), _explained(sheets, rules, examples)
        if columns:
            rows += [[], [own_name(code)], [column.heading for column in headings]]
        columns = columns or headings
        rows += explained
    return OutSheet(title, columns, [_of_width(len(columns), row) for row in rows])


def _title():
    return _("How to fill this in")


def guide_titles():
    """What the tab of such a sheet may be called, casefolded: its title in every language."""
    return {title.casefold() for title in in_every_language(_title)}


def _columns(with_examples):
    columns = [
        OutColumn(_("Column"), width=28, strong=True),
        OutColumn(_("What to write"), width=64),
        OutColumn(_("Must it be filled?"), width=24),
        OutColumn(_("For example"), width=36),
    ]
    return columns if with_examples else columns[:-1]


def _explained(sheets, rules, examples):
    rows = [["", _(rule) % {"clear": CLEAR}] for rule in rules]
    for sheet, shown in zip(sheets, examples, strict=True):
        rows.append([])
        if len(sheets) > 1:
            rows.append([_("The columns of “%(title)s”") % {"title": sheet.title}])
        rows += [
            [str(column.label), _what(column), _needed(sheet, column), shown.get(column.name, "")]
            for column in sheet.all_columns
        ]
    return rows


def _of_width(width, row):
    return [text for text, _place in zip_longest(row[:width], range(width), fillvalue="")]


def _what(column):
    """Its help; of a text that needs none, how long it may be."""
    longest = getattr(getattr(column, "model_field", None), "max_length", None)
    return str(column.help) or (_("At most %(count)s characters.") % {"count": longest} if longest else "")


def _needed(sheet, column):
    """Whether a row, or a new record, can do without something in ``column``."""
    if column.name in sheet.keys:
        return _("In every row")
    model = getattr(column, "model", None)
    if model is None:
        return _("No")
    place = column_place(model, column.name)
    if place and place[0] == model.label_field:
        return _("For a new record, in one language at least")
    if column.model_field.blank:
        return _("No")
    if column.model_field.default is NOT_PROVIDED:
        return _("For a new record")
    return _("No; without it: %(value)s") % {"value": column.show(column.model_field.get_default())}


# --- Examples ---------------------------------------------------------------------------------------------------------


def _sample(sheet):
    """Some rows of ``sheet`` as its own records have them; none of a sheet that is about no one kind of record."""
    if not hasattr(sheet, "model"):
        return []
    pks = list(sheet.model.objects.shown().values_list("pk", flat=True)[:LOOKED_THROUGH])
    known = sheet.rows_of(pks)
    return [known[pk] for pk in pks]


def _examples(sheet, sample):
    """``{column name: text}``: the first text that readers see in the column, in the words of the active language."""
    found = {}
    for values in sample:
        for column, text in zip(sheet.all_columns, sheet.texts_of(values), strict=True):
            if text.strip() and column.name not in found:
                found[column.name] = _shown(column, text)
    return {name: text for name, text in found.items() if name in sheet.columns}


def _shown(column, text):
    """What the list of a cell offers says more than what stands in it: both are understood."""
    offered = next((choice for choice in column.choices if choice.endswith(f"({text})")), None)
    if offered:
        return _("%(key)s, or from the list: %(choice)s") % {"key": text, "choice": shorten(offered, LONGEST_EXAMPLE)}
    return shorten(text.strip().split("\n")[0], LONGEST_EXAMPLE)
