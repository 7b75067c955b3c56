from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from apps.content.views import LanguageNegotiation
from sscportal import health, pages
from sscportal.sitemaps import sitemaps

urlpatterns = [
    path("", LanguageNegotiation.as_view(), name="start"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", include("apps.accounts.urls")),
    path("admin/", admin.site.urls),
    path("health/", health.health, name="health"),
    path("ready/", health.ready, name="ready"),
    path("robots.txt", health.robots, name="robots"),
    path("sitemap.xml", lambda request: sitemap(request, sitemaps()), name="sitemap"),
]
urlpatterns += i18n_patterns(
    path("", pages.Home.as_view(), name="home"),
    path("about/", pages.About.as_view(), name="about"),
    path("search/", include("apps.search.urls")),
    path("topics/<slug:slug>/practice/", include("apps.practice.urls")),
    path("topics/<slug:slug>/comments/", include("apps.comments.urls")),
    path("topics/", include("apps.topics.urls")),
    path("organisations/", include("apps.organisations.urls")),
    path("events/", include("apps.events.urls")),
    path("glossary/", include("apps.glossary.urls")),
    path("shared/", include("apps.publishing.urls")),
)

handler400 = "sscportal.pages.bad_request"
handler403 = "sscportal.pages.permission_denied"
handler404 = "sscportal.pages.page_not_found"
handler500 = "sscportal.pages.server_error"
