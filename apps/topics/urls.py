from django.urls import path

from apps.publishing.cite_views import CiteFile, CitePage
from apps.publishing.views import EditionChanges, EditionDetail, EditionList
from apps.topics import views
from apps.topics.models import Topic

app_name = "topics"
urlpatterns = [
    path("", views.TopicList.as_view(), name="list"),
    path("<slug:slug>/", views.TopicDetail.as_view(), name="detail"),
    path("<slug:slug>/cite/", CitePage.as_view(model=Topic), name="cite"),
    path("<slug:slug>/cite/cite.bib", CiteFile.as_view(model=Topic), name="cite-file"),
    path("<slug:slug>/editions/", EditionList.as_view(model=Topic), name="editions"),
    path("<slug:slug>/editions/<int:number>/", EditionDetail.as_view(model=Topic), name="edition"),
    path("<slug:slug>/editions/<int:number>/changes/", EditionChanges.as_view(model=Topic), name="edition-changes"),
    path("<slug:slug>/editions/<int:number>/cite/", CitePage.as_view(model=Topic), name="edition-cite"),
    path("<slug:slug>/editions/<int:number>/cite/cite.bib", CiteFile.as_view(model=Topic), name="edition-cite-file"),
]
