"""What the environment says about the company's sign-in, and what is refused of it."""

import pytest

from zhiliu.config.launch.refusals import LaunchRefused
from zhiliu.config.oidc import company_sign_in


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({"ZHILIU_OIDC_ISSUER": "https://id.example"}, "oidc_incomplete"),
        ({"ZHILIU_OIDC_CLIENT_SECRET": "x"}, "oidc_incomplete"),
        ({"ISSUER": "http://id.example"}, "oidc_issuer"),
        ({"ISSUER": "id.example"}, "oidc_issuer"),
        ({"ISSUER": "https://id.example", "ZHILIU_OIDC_MATCH": "phone"}, "oidc_match"),
    ],
)
def test_a_broken_set_up_is_one_sentence(environment, code):
    if "ISSUER" in environment:
        environment = {
            "ZHILIU_OIDC_ISSUER": environment.pop("ISSUER"),
            "ZHILIU_OIDC_CLIENT_ID": "x",
            "ZHILIU_OIDC_CLIENT_SECRET": "y",
            **environment,
        }

    with pytest.raises(LaunchRefused) as refused:
        company_sign_in(environment)

    assert refused.value.code == code


def test_nothing_set_is_no_provider_and_the_rest_has_defaults():
    whole = {
        "ZHILIU_OIDC_ISSUER": "https://id.example/realms/plant/",
        "ZHILIU_OIDC_CLIENT_ID": "x",
        "ZHILIU_OIDC_CLIENT_SECRET": "y",
    }

    found = company_sign_in(whole)

    assert company_sign_in({}) is None
    assert found is not None
    assert (found.issuer, found.match) == ("https://id.example/realms/plant", "email")
    assert (found.name, found.origin) == ("Company sign-in", "https://id.example")
