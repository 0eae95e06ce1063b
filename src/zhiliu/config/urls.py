"""All addresses."""

from django.urls import include, path, re_path

from zhiliu.config import company, front
from zhiliu.config.api import api
from zhiliu.config.resolver import by_first_word

# What allauth would offer beyond sign-in with an account that an administrator made.
CLOSED = (
    r"^_allauth/browser/v1/(?:auth/(?:signup|password|email|phone|code|provider/(?:signup|token))"
    r"|account/(?:email|phone|providers))"
)

urlpatterns = [
    path("assets/<str:name>", front.asset),
    by_first_word("api/v1/", *api.urls),
    re_path(CLOSED, front.closed),
    path("oidc/<slug:provider_id>/callback", company.callback, name="openid_connect_callback"),
    path("_allauth/", include("allauth.headless.urls")),
    # Every other address is a page of the front end, which says itself when there is no such page.
    re_path(r"^(?!api/|_allauth/|assets/)(?P<path>.*)$", front.front),
]
