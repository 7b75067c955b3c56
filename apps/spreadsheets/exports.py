"""Whoever takes data out of the portal leaves an entry in the audit log, whatever is exported."""

from apps import audit


class LoggedExportMixin:
    """Put before django-import-export's mixins: every export of theirs comes through ``get_export_data``."""

    def get_export_data(self, file_format, request, queryset, **kwargs):
        data = super().get_export_data(file_format, request, queryset, **kwargs)
        kind, count = self.opts.label_lower, queryset.count()
        audit.log(audit.Verb.EXPORTED, by=request.user, kind=kind, count=count, format=file_format.get_extension())
        return data
