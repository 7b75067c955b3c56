"""The three kinds of file that sheets come and go in, as django-import-export asks for them."""

from django.utils.translation import gettext_lazy as _
from import_export.formats.base_formats import Format


class SheetFormat(Format):
    """Bytes on both ways; ``name`` is also the file's extension, ``label`` what editors choose it by."""

    name = content_type = label = ""

    def get_title(self):
        return self.label

    def get_extension(self):
        return self.name

    def get_content_type(self):
        return self.content_type

    def can_import(self):
        return False  # sheets come in by apps/spreadsheets/actions.py

    def can_export(self):
        return True


class XLSX(SheetFormat):
    name = "xlsx"
    label = _("Excel workbook (.xlsx)")
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CSV(SheetFormat):
    name = "csv"
    label = _("CSV, UTF-8 (.csv)")
    content_type = "text/csv; charset=utf-8"


class ODS(SheetFormat):
    name = "ods"
    label = _("OpenDocument sheet (.ods)")
    content_type = "application/vnd.oasis.opendocument.spreadsheet"


FORMATS = [XLSX, CSV, ODS]
KINDS = {each.name: each for each in FORMATS}
