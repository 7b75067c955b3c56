"""How far each kind of record has come in each language, counted text by text: a picture and its numbers."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Sum, TextField, Value
from django.utils.text import capfirst

from apps.content.text_states import TEXT_IS
from apps.content.translation_state import TranslationState
from apps.editorial.completeness import own_texts
from apps.editorial.worklists import in_translation, list_address
from apps.languages.fields import language_codes, plain_rows

# As the picture shows them, from the start of the bar to its end.
ORDER = (TranslationState.CURRENT, TranslationState.OUTDATED, TranslationState.MISSING)
CELLS = [(code, state) for code in language_codes() for state in ORDER]
# Of one bar with its words above it, in the picture.
ROW_HEIGHT = 48
# Where the part of a bar begins and how high it is: a state is told by its shape too.
SHAPES = {
    TranslationState.CURRENT: ("28", "12"),
    TranslationState.OUTDATED: ("34", "6"),
    TranslationState.MISSING: ("28", "12"),
}


@dataclass
class Cell:
    """The texts of one kind in one state: ``texts`` of them in ``records`` records, which the list at ``address``
    shows. ``x`` and ``width``: their part of the bar.
    """

    state: TranslationState
    texts: int
    records: int
    address: str
    x: str = ""
    width: str = ""

    @property
    def shape(self):
        return SHAPES[self.state]


@dataclass
class Row:
    """One kind of record in one language; ``y``: where its bar stands in the picture."""

    kind: str
    address: str
    cells: list
    y: int

    def __post_init__(self):
        done = 0
        for cell in self.cells:
            cell.x, cell.width = _share(done, self.texts), _share(cell.texts, self.texts)
            done += cell.texts

    @property
    def texts(self):
        return sum(cell.texts for cell in self.cells)

    @property
    def percent(self):
        return self.cells[0].texts * 100 // self.texts


@dataclass
class Progress:
    """All kinds of record in one language."""

    language: str
    name: str
    rows: list

    @property
    def percent(self):
        return sum(row.cells[0].texts for row in self.rows) * 100 // sum(row.texts for row in self.rows)

    @property
    def height(self):
        return len(self.rows) * ROW_HEIGHT


def progress(models, records):
    """A :class:`Progress` for each language. ``records``: as :func:`~apps.editorial.worklists.counted` gives them."""
    texts = count_texts(models)
    shown = [model for model in models if any(texts[model].values())]
    names = dict(settings.LANGUAGES)
    return [
        Progress(code, names[code], [_row(model, code, texts, records, y) for y, model in enumerate(shown)])
        for code in language_codes()
        if shown
    ]


def _row(model, code, texts, records, place):
    cells = []
    for state in ORDER:
        worklist = in_translation(code, state)
        count = records[model, worklist.key]
        cells.append(Cell(state, texts[model][code, state], count, worklist.address(model)))
    kind = capfirst(model._meta.verbose_name_plural)
    return Row(kind, list_address(model), cells, place * ROW_HEIGHT)


def _share(part, whole):
    return f"{part * 100 / whole:.3f}%"


def count_texts(models):
    """``{model: {("hi", TranslationState.MISSING): 12, …}}``, the texts of a note's sections counted with the note's;
    in one query.
    """
    found = {model: dict.fromkeys(CELLS, 0) for model in models}
    tables = {table._meta.label: (table, model) for model in models for table in (model, *parts(model))}
    if not tables:
        return found
    first, *others = [_sums(table) for table, _model in tables.values()]
    for label, *sums in first.union(*others, all=True) if others else first:
        model = tables[label][1]
        for cell, count in zip(CELLS, sums, strict=True):
            found[model][cell] += count or 0
    return found


def parts(model):
    """The kinds of row that are read as part of a ``model``."""
    return [model._meta.get_field(name).related_model for name in model.search_through]


def _sums(table):
    sums = {
        f"{state}_{code}": Sum(own_texts(table, lambda name, code=code, state=state: TEXT_IS[state](name, code)))
        for code, state in CELLS
    }
    rows = plain_rows(table._default_manager.all()).order_by()
    listed_as = Value(table._meta.label, output_field=TextField())
    return rows.annotate(listed_as=listed_as).values("listed_as").annotate(**sums).values_list("listed_as", *sums)
