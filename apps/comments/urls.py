from django.urls import path

from apps.comments import views

app_name = "comments"
urlpatterns = [
    path("new/", views.WriteComment.as_view(), name="new"),
    path("receipt/<str:receipt>/", views.Receipt.as_view(), name="receipt"),
]
