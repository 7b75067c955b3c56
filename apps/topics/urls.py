from django.urls import path

from apps.topics import views

app_name = "topics"
urlpatterns = [
    path("", views.TopicList.as_view(), name="list"),
    path("<slug:slug>/", views.TopicDetail.as_view(), name="detail"),
]
