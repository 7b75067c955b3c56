"""Whoever takes data out of the portal leaves an entry in the audit log, whatever is exported."""

from apps import audit


def log_export(user, model, *, count, kind):
    """``count`` records of ``model`` left in a file of ``kind``: xlsx, csv or ods."""
    audit.log(audit.Verb.EXPORTED, by=user, kind=model._meta.label_lower, count=count, format=kind)


class LoggedExportMixin:
    """Put before django-import-export's mixins: every export of theirs comes through ``get_export_data``."""

    def get_export_data(self, file_format, request, queryset, **kwargs):
        data = super().get_export_data(file_format, request, queryset, **kwargs)
        log_export(request.user, self.model, count=queryset.count(), kind=file_format.get_extension())
        return data
