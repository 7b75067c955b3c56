"""The sheet that explains the others: what each column is and what may stand in it, in every language of the portal."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from apps.languages.fields import language_codes, own_name
from apps.spreadsheets.columns import CLEAR
from apps.spreadsheets.files.writing import OutColumn, OutSheet

RULES = [
    gettext_noop(
        "Each row is one record. The first columns say which one; a row whose record does not exist makes it."
    ),
    gettext_noop("Columns may stand in any order, and those that you don't want to change can be left out."),
    gettext_noop("An empty cell leaves the record as it is. To empty something, write %(clear)s in its cell."),
    gettext_noop("Before anything is written the portal shows what would change, and asks you."),
]


def guide(sheets, rules=RULES):
    """An :class:`OutSheet` about the columns of ``sheets``, a table with a column for each language. ``rules``: what
    stands above them, untranslated.
    """
    headings = []
    for code in language_codes():
        with override(code):
            headings += [
                OutColumn(_("Column"), width=30),
                OutColumn(f"{_('What to write')} [{own_name(code)}]", width=60),
            ]
    with_title = len(sheets) > 1
    rows = [_in_every_language(lambda rule=rule: ("", _(rule) % {"clear": CLEAR})) for rule in rules]
    for sheet in sheets:
        if with_title:
            rows.append(_in_every_language(lambda sheet=sheet: (sheet.title, "")))
        rows += [_in_every_language(lambda column=column: (column.label, column.help)) for column in sheet.all_columns]
    return OutSheet(guide_title(), headings, rows)


def guide_title():
    return _("How to fill this in")


def _in_every_language(texts):
    row = []
    for code in language_codes():
        with override(code):
            row += [str(text) for text in texts()]
    return row
