"""The three kinds of file that sheets come and go in, as django-import-export asks for them."""

from django.utils.translation import gettext_lazy as _
from import_export.formats.base_formats import Format

from apps.spreadsheets import writing
from apps.spreadsheets.reading import read_sheet


class SheetFormat(Format):
    """Bytes on both ways; ``name`` is also the file's extension, ``label`` what editors choose it by."""

    name = content_type = label = ""
    write = None

    def get_title(self):
        return self.label

    def get_extension(self):
        return self.name

    def get_content_type(self):
        return self.content_type

    def can_import(self):
        return True

    def can_export(self):
        return True

    def create_dataset(self, in_stream):
        return read_sheet(self.name, in_stream)

    def export_data(self, dataset, **kwargs):
        return type(self).write([dataset.headers, *dataset])


class XLSX(SheetFormat):
    name = "xlsx"
    label = _("Excel workbook (.xlsx)")
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    write = staticmethod(writing.to_xlsx)


class CSV(SheetFormat):
    name = "csv"
    label = _("CSV, UTF-8 (.csv)")
    content_type = "text/csv; charset=utf-8"
    write = staticmethod(writing.to_csv)


class ODS(SheetFormat):
    name = "ods"
    label = _("OpenDocument sheet (.ods)")
    content_type = writing.ODS_KIND
    write = staticmethod(writing.to_ods)


FORMATS = [XLSX, CSV, ODS]
