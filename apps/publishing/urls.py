from django.urls import path

from apps.publishing.views import SharedDraft

app_name = "publishing"
urlpatterns = [path("<str:key>/", SharedDraft.as_view(), name="shared")]
