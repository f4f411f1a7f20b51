"""The address that gives tokens, and keys of service accounts made for the occasion."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final
from urllib.parse import parse_qs

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import jwt

from tests.google.answers import REVOKED, Answer

ACCOUNT: Final = "kokpit-reader@shop-example.iam.gserviceaccount.example"
REFRESH_TOKEN: Final = "refresh-of-nobody"  # noqa: S105 - made up
CLIENT_SECRET: Final = "secret-of-nobody"  # noqa: S105 - made up


@cache
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def private_key() -> str:
    """A private key made for this run of the tests, as key files write it."""
    kind, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return _key().private_bytes(kind, form, serialization.NoEncryption()).decode()


def service_account(token_uri: str) -> dict[str, Any]:
    """The content of a service account's key file."""
    return {
        "type": "service_account",
        "project_id": "shop-example",
        "private_key_id": "0123456789abcdef",
        "private_key": private_key(),
        "client_email": ACCOUNT,
        "client_id": "100000000000000000001",
        "token_uri": token_uri,
    }


def authorized_user(token_uri: str) -> dict[str, Any]:
    """The content of a token file of a person who gave permission."""
    return {
        "type": "authorized_user",
        "client_id": "1-shop.apps.example",
        "client_secret": CLIENT_SECRET,
        "refresh_token": REFRESH_TOKEN,
        "token_uri": token_uri,
        "account": "owner@shop.example",
    }


@dataclass
class Tokens:
    """Gives tokens to whoever shows the key; *refusals* are given first, one after the other."""

    refusals: list[Answer] = field(default_factory=list)
    given: dict[str, str] = field(default_factory=dict)
    scopes: set[str] = field(default_factory=set)

    def answer(self, body: str) -> Answer:
        """The answer to a form sent to the token address."""
        if self.refusals:
            return self.refusals.pop(0)
        form = {name: values[0] for name, values in parse_qs(body).items()}
        if form.get("grant_type") == "refresh_token":
            known = (form.get("refresh_token"), form.get("client_secret")) == (REFRESH_TOKEN, CLIENT_SECRET)
            return self._token("owner@shop.example") if known else REVOKED
        if form.get("grant_type") == "authorization_code":
            given = self._token("owner@shop.example")
            return Answer(200, json.dumps({**json.loads(given.body), "refresh_token": REFRESH_TOKEN}).encode())
        claims = _claims(form.get("assertion", ""))
        if not claims:
            return Answer(400, b'{"error": "invalid_grant", "error_description": "Invalid JWT Signature."}')
        self.scopes.update(str(claims["scope"]).split())
        return self._token(str(claims["iss"]))

    def account(self, header: str) -> str | None:
        """Whose token the Authorization *header* shows; None for nobody's."""
        return self.given.get(header.removeprefix("Bearer "))

    def _token(self, account: str) -> Answer:
        token = f"token-{len(self.given) + 1}"
        self.given[token] = account
        answer = {"access_token": token, "expires_in": 3600, "token_type": "Bearer"}
        return Answer(200, json.dumps(answer).encode(), {"Content-Type": "application/json"})


def _claims(assertion: str) -> dict[str, Any]:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    public = _key().public_key().public_bytes(serialization.Encoding.PEM, form)
    try:
        return dict(jwt.decode(assertion, certs=public))
    except ValueError:
        return {}
