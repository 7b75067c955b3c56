from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from apps.content.views import LanguageNegotiation

urlpatterns = [
    path("", LanguageNegotiation.as_view(), name="start"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
urlpatterns += i18n_patterns(
    path("topics/", include("apps.topics.urls")),
    path("organisations/", include("apps.organisations.urls")),
    path("events/", include("apps.events.urls")),
    path("glossary/", include("apps.glossary.urls")),
)
