"""Signing in with an identity provider (OpenID Connect): authorization code with PKCE, state and nonce.

attempts.py   one visit to a provider, remembered until it comes back: once, to the same browser, within minutes
talk.py       what is said to a provider over HTTP, and what its word must be like to be believed
admit.py      whom a proof lets in, and as what
connect.py    a second provider for whoever is signed in, and one less
troubles.py   why somebody was not let in, in words
"""

from goldsmith.server.features.accounts.oidc.providers import Providers
from goldsmith.server.features.accounts.oidc.routes import router

__all__ = ["Providers", "router"]
