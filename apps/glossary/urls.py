from django.urls import path

from apps.glossary import views

app_name = "glossary"
urlpatterns = [path("", views.GlossaryTermList.as_view(), name="list")]
