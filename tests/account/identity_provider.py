"""An identity provider on this machine, which can be told to misbehave in every way the tests try."""
from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
FOREIGN_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class IdentityProvider:
    """Serves discovery, keys and tokens over http. `claims` and `sign` change what it says of whom, and how."""

    def __init__(self, client_id: str = "goldthread") -> None:
        self.client_id, self.secret = client_id, "a secret"
        self.requests: dict[str, dict[str, str]] = {}
        self.claims: dict[str, Any] = {}
        self.sign: Callable[[dict[str, Any]], str] = signed
        self.discovery: dict[str, Any] = {}
        self.tokens_given = 0
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.answer(self, provider.get(urlsplit(self.path).path))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                provider.answer(self, provider.token({name: values[0] for name, values in parse_qs(body).items()}))

            def log_message(self, *args: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answer(self, handler: BaseHTTPRequestHandler, body: dict[str, Any] | None) -> None:
        data = json.dumps(body).encode()
        handler.send_response(200 if body else 400)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    def get(self, path: str) -> dict[str, Any]:
        if path == "/keys":
            return {"keys": [json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())) |
                             {"kid": "one", "use": "sig", "alg": "RS256"}]}
        return {"issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/keys", **self.discovery}

    def authorize(self, address: str) -> dict[str, str]:
        """What the person's browser does at the provider: the answer's code and state."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = f"code-{len(self.requests)}"
        self.requests[code] = asked
        return {"code": code, "state": asked["state"]}

    def token(self, sent: dict[str, str]) -> dict[str, Any] | None:
        """One token for each code, to whoever holds the PKCE verifier."""
        asked = self.requests.pop(sent.get("code", ""), None)
        proof = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        if asked is None or base64.urlsafe_b64encode(proof).rstrip(b"=").decode() != asked.get("code_challenge"):
            return None
        self.tokens_given += 1
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": self.client_id, "sub": "person-1", "iat": now, "exp": now + 300,
                  "nonce": asked.get("nonce"), "email": "robin@council.example.org", "email_verified": True,
                  "name": "Robin Example"} | self.claims
        kept = {name: value for name, value in claims.items() if value is not None}
        return {"access_token": "access", "token_type": "Bearer", "id_token": self.sign(kept)}


def signed(claims: dict[str, Any], *, key: Any = KEY, kid: str = "one") -> str:
    return jwt.encode(claims, key, algorithm="RS256", headers={"kid": kid})


def unsigned(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, None, algorithm="none", headers={"kid": "one"})


def signed_with_the_public_key_as_secret(claims: dict[str, Any]) -> str:
    """The old trick: the public key, which everybody has, taken for a shared secret."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
    public = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head, body = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=")
                  for part in ({"alg": "HS256", "typ": "JWT", "kid": "one"}, claims))
    import hmac
    seal = hmac.new(public, head + b"." + body, hashlib.sha256).digest()
    return b".".join([head, body, base64.urlsafe_b64encode(seal).rstrip(b"=")]).decode()


def altered(claims: dict[str, Any]) -> str:
    head, body, seal = signed(claims).split(".")
    changed = base64.urlsafe_b64encode(json.dumps(claims | {"email": "chief@council.example.org"}).encode())
    return ".".join([head, changed.rstrip(b"=").decode(), seal])
