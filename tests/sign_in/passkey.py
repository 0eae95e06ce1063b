"""A passkey in software: what a browser and a security key answer together (WebAuthn level 2)."""

import hashlib
import json
import os
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestedCredentialData, AuthenticatorData

FLAG = AuthenticatorData.FLAG


class Passkey:
    """One resident credential, whose owner is there and was verified."""

    def __init__(self, origin: str = "http://testserver") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)
        self.origin = origin
        self.user_handle = ""
        self.count = 0

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to `navigator.credentials.create`."""
        asked = options["publicKey"]
        self.user_handle = asked["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        data = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        flags = FLAG.UP | FLAG.UV | FLAG.AT
        made = AuthenticatorData.create(self._rp(asked["rp"]["id"]), flags, self.count, data)
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": bytes(made)})
        client = self._client("webauthn.create", asked["challenge"])
        return self._credential(
            {
                "clientDataJSON": websafe_encode(client),
                "attestationObject": websafe_encode(attestation),
            }
        )

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to `navigator.credentials.get`, signed with the private key."""
        asked = options["publicKey"]
        self.count += 1
        made = AuthenticatorData.create(self._rp(asked["rpId"]), FLAG.UP | FLAG.UV, self.count)
        client = self._client("webauthn.get", asked["challenge"])
        signed = bytes(made) + hashlib.sha256(client).digest()
        return self._credential(
            {
                "clientDataJSON": websafe_encode(client),
                "authenticatorData": websafe_encode(bytes(made)),
                "signature": websafe_encode(self.key.sign(signed, ec.ECDSA(hashes.SHA256()))),
                "userHandle": self.user_handle,
            }
        )

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _credential(self, response: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {"credProps": {"rk": True}},
            "authenticatorAttachment": "platform",
        }

    @staticmethod
    def _rp(rp_id: str) -> bytes:
        return hashlib.sha256(rp_id.encode()).digest()
