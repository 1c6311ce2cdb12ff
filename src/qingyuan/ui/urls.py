"""The gallery's address; the site decides where it stands and who may open it."""

from django.urls import path

from qingyuan.ui.gallery import gallery, gallery_part

app_name = "ui"
urlpatterns = [
    path("", gallery, name="gallery"),
    path("<slug:part>/", gallery_part, name="gallery_part"),
]
