"""Sheets that only go out, of what nobody brings in."""

from functools import cached_property

from django.utils.text import capfirst

# {model: a function that makes its sheet}: a room above adds its own.
outward = {}


class OutwardSheet:
    """The sheet of ``model`` with ``columns`` (:class:`~apps.spreadsheets.columns.Column`)."""

    # The sheets that stand beside it in a workbook, and the columns that say which record a row is about.
    parts = keys = ()

    def __init__(self, model, columns):
        self.model, self.columns = model, {column.name: column for column in columns}

    @property
    def all_columns(self):
        return list(self.columns.values())

    @property
    def title(self):
        return str(capfirst(self.model._meta.verbose_name_plural))

    @cached_property
    def stored(self):
        """The names of the values that a record's own row holds, of all columns."""
        return list(dict.fromkeys(name for column in self.columns.values() for name in column.stored))

    def rows_of(self, pks):
        """``{pk: {stored name: value}}`` for the records with these ids."""
        rows = self.model._base_manager.filter(pk__in=pks).values_list("pk", *self.stored)
        return {pk: dict(zip(self.stored, values, strict=True)) for pk, *values in rows}

    def texts_of(self, values):
        """``values``: one row of :meth:`rows_of`. Its cells, ``[text, …]``, as :attr:`all_columns` has them."""
        return [show(values) for show in self._shown]

    @cached_property
    def _shown(self):
        return [_showing(column) for column in self.all_columns]


def _showing(column):
    if len(column.stored) > 1:
        return lambda values: column.show(tuple(values[name] for name in column.stored))
    (name,) = column.stored or (column.name,)
    return lambda values: column.show(values[name])
