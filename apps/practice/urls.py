from django.urls import path

from apps.practice import views

app_name = "practice"
urlpatterns = [path("", views.Practice.as_view(), name="questions")]
