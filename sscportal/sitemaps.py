"""The public pages for search engines, each with its other language."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from apps.content.models import content_models


class PublicSitemap(Sitemap):
    """Addresses in every language, with ``hreflang`` both ways and ``x-default``."""

    i18n = True
    alternates = True

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc

    def _urls(self, page, protocol, domain):
        urls = super()._urls(page, protocol, domain)
        for url in urls:
            # Django's own x_default drops the language prefix, and every address of ours has one.
            default = next(each for each in url["alternates"] if each["lang_code"] == settings.LANGUAGE_CODE)
            url["alternates"].append({**default, "lang_code": "x-default"})
        return urls


class ContentSitemap(PublicSitemap):
    """Every public record that has a page of its own."""

    def __init__(self, model):
        self.model = model

    def items(self):
        return self.model.objects.published().order_by("slug")

    def lastmod(self, item):
        return item.updated_at


class PageSitemap(PublicSitemap):
    def items(self):
        return ["home", "topics:list", "organisations:list", "events:list", "glossary:list", "about"]

    def location(self, item):
        return reverse(item)


def sitemaps():
    """``{section: sitemap}``; a record without a page of its own (its address has a ``#``) is on a list that
    is here.
    """
    with_page = [model for model in content_models() if "#" not in model(slug="any").get_absolute_url()]
    return {"pages": PageSitemap, **{model._meta.model_name: ContentSitemap(model) for model in with_page}}
