"""All addresses."""

from django.urls import path

from zhiliu.config.api import api

urlpatterns = [
    path("api/v1/", api.urls),
]
