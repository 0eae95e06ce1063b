"""The committed OpenAPI document is the one that the server answers with."""

import json

import pytest

from tests.audits.building import ROOT
from tests.support import NOBODY
from zhiliu.config.documents import openapi_document, sign_in_document


def test_openapi_json_is_up_to_date() -> None:
    committed = (ROOT / "openapi.json").read_text(encoding="utf-8")

    assert committed == openapi_document(), "run: make schema"


def test_sign_in_openapi_json_is_up_to_date() -> None:
    committed = (ROOT / "sign-in-openapi.json").read_text(encoding="utf-8")

    assert committed == sign_in_document(), "run: make schema"


@pytest.mark.django_db
def test_the_document_is_public_and_the_same() -> None:
    assert NOBODY.get("/openapi.json") == json.loads(openapi_document())
