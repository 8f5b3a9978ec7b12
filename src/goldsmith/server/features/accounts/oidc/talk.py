"""What is said to one identity provider over HTTP, and what its word must be like to be believed.

The provider's word is an ID token: signed with one of the keys it publishes, by an algorithm with a private key (never
`none`, never one with a shared secret), from this issuer, for this client, not expired, answering this very request.
"""

from datetime import datetime, timedelta
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from goldsmith.server.features.accounts.oidc.attempts import Attempt
from goldsmith.server.features.accounts.oidc.proof import Proof, proof_of
from goldsmith.server.features.accounts.oidc.providers import CALLBACK
from goldsmith.server.features.accounts.oidc.troubles import SignInRefused, Trouble
from goldsmith.server.foundation.clock import Clock
from goldsmith.server.foundation.settings import OidcProvider

TIMEOUT_S = 10.0
REMEMBERED = timedelta(hours=1)
KEYS_AGAIN = timedelta(minutes=1)
"""An unknown key is looked for at most so often: a made-up token must not make us ask the provider each time."""
LEEWAY_S = 60
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
Json = dict[str, Any]


class Talk:
    """The conversation with one provider: `begin`, and when the person comes back, `finish`."""

    def __init__(self, name: str, settings: OidcProvider, *, public_url: str, clock: Clock) -> None:
        self._name, self._settings, self._clock = name, settings, clock
        self._home = f"{public_url}/signin"
        self._callback = public_url + CALLBACK.format(name=name)
        self._discovered: tuple[datetime, Json] | None = None
        self._keys: tuple[datetime, KeySet] | None = None

    async def begin(self, attempt: Attempt, state: str) -> str:
        """Where to send the person."""
        about = await self._discover()
        async with self._client(about) as client:
            url, _ = client.create_authorization_url(
                about["authorization_endpoint"], state=state, nonce=attempt.nonce, code_verifier=attempt.code_verifier
            )
        return url

    async def finish(self, attempt: Attempt, *, code: str, issuer: str | None) -> Proof:
        """What the provider proves about the person who came back with this code."""
        about = await self._discover()
        _require(issuer in (None, about["issuer"]), f"the answer came from '{issuer}'")
        tokens = await self._exchange(about, code, attempt)
        claims = await self._believed(about, tokens.get("id_token"), attempt.nonce)
        if "email" not in claims and tokens.get("access_token"):
            claims = {**await self._userinfo(about, tokens["access_token"], claims["sub"]), **claims}
        return proof_of(self._name, self._settings, claims)

    async def sign_out_url(self) -> str | None:
        """Where the person signs out of the provider too; None if that is not wanted, or not to be had."""
        if not self._settings.sign_out_there:
            return None
        try:
            endpoint = (await self._discover()).get("end_session_endpoint")
        except SignInRefused:
            return None
        told = {"client_id": self._settings.client_id, "post_logout_redirect_uri": self._home}
        return str(httpx.URL(endpoint).copy_merge_params(told)) if endpoint else None

    async def _discover(self) -> Json:
        if self._discovered is None or self._clock() - self._discovered[0] > REMEMBERED:
            about = await self._get_json(f"{self._settings.issuer.rstrip('/')}/.well-known/openid-configuration")
            told = about.get("issuer")
            _require(told == self._settings.issuer, f"its discovery document is of the issuer '{told}'")
            missing = {"authorization_endpoint", "token_endpoint", "jwks_uri"} - about.keys()
            _require(not missing, f"its discovery document lacks {', '.join(sorted(missing))}")
            self._discovered = self._clock(), about
        return self._discovered[1]

    async def _exchange(self, about: Json, code: str, attempt: Attempt) -> Json:
        try:
            async with self._client(about) as client:
                return await client.fetch_token(about["token_endpoint"], code=code, code_verifier=attempt.code_verifier)
        except AuthlibBaseError as error:
            raise SignInRefused(Trouble.NOT_BELIEVED, f"the code was not taken: {error}") from None
        except (httpx.HTTPError, ValueError) as error:
            raise SignInRefused(Trouble.UNREACHABLE, f"the token endpoint failed: {error!r}") from None

    async def _believed(self, about: Json, token: Any, nonce: str) -> Json:
        """The claims of the ID token, once everything about it is right."""
        _require(isinstance(token, str), "there was no ID token")
        try:
            claims = (await self._opened(about, token)).claims
            jwt.JWTClaimsRegistry(
                now=int(self._clock().timestamp()), leeway=LEEWAY_S,
                iss={"essential": True, "value": about["issuer"]},
                aud={"essential": True, "value": self._settings.client_id},
                exp={"essential": True}, sub={"essential": True}, nonce={"essential": True, "value": nonce},
            ).validate(claims)  # fmt: skip
        except (JoseError, ValueError, TypeError) as error:
            raise SignInRefused(Trouble.NOT_BELIEVED, f"the ID token: {error}") from None
        is_shared = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        party = claims.get("azp", None if is_shared else self._settings.client_id)
        _require(party == self._settings.client_id, f"the ID token is for the party '{party}'")
        return claims

    async def _opened(self, about: Json, token: str) -> jwt.Token:
        """The token, its signature proven; keys are asked for again once if it names one that is new."""
        try:
            return jwt.decode(token, await self._published_keys(about), algorithms=ALGORITHMS)
        except InvalidKeyIdError:
            return jwt.decode(token, await self._published_keys(about, at_most=KEYS_AGAIN), algorithms=ALGORITHMS)

    async def _published_keys(self, about: Json, at_most: timedelta = REMEMBERED) -> KeySet:
        if self._keys is None or self._clock() - self._keys[0] > at_most:
            self._keys = self._clock(), _signing_keys(await self._get_json(about["jwks_uri"]))
        return self._keys[1]

    async def _userinfo(self, about: Json, access_token: str, subject: str) -> Json:
        endpoint = about.get("userinfo_endpoint")
        if not endpoint:
            return {}
        claims = await self._get_json(endpoint, {"Authorization": f"Bearer {access_token}"})
        _require(claims.get("sub") == subject, "its userinfo is about somebody else")
        return claims

    async def _get_json(self, url: str, headers: dict[str, str] | None = None) -> Json:
        try:
            async with httpx.AsyncClient(timeout=TIMEOUT_S) as client:
                told = (await client.get(url, headers=headers)).raise_for_status().json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise SignInRefused(Trouble.UNREACHABLE, f"{url}: {error!r}") from None
        _require(isinstance(told, dict), f"{url} is no JSON object")
        return told

    def _client(self, about: Json) -> Any:
        return AsyncOAuth2Client(
            self._settings.client_id, self._settings.client_secret or None, scope=self._settings.scopes,
            redirect_uri=self._callback, code_challenge_method="S256", timeout=TIMEOUT_S,
            token_endpoint_auth_method=_proof_of_client(self._settings, about),
        )  # fmt: skip


def _proof_of_client(settings: OidcProvider, about: Json) -> str:
    """How this client proves itself: by what the provider takes, the header before the body."""
    if not settings.client_secret:
        return "none"
    taken = about.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    return "client_secret_post" if "client_secret_basic" not in taken else "client_secret_basic"


def _signing_keys(told: Json) -> KeySet:
    """The keys that sign; those of kinds unknown here are left out."""
    keys = []
    for one in told.get("keys") or ():
        try:
            if one.get("use", "sig") == "sig" and one.get("kty") != "oct":
                keys += KeySet.import_key_set({"keys": [one]}).keys
        except (JoseError, ValueError, AttributeError):
            continue
    _require(bool(keys), "it publishes no key that signs")
    return KeySet(keys)


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise SignInRefused(Trouble.NOT_BELIEVED, otherwise)
