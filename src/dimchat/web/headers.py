"""The headers that every answer of the server carries, and the content policies."""

from __future__ import annotations

from typing import Final

SECURITY: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=(), display-capture=(), "
        "clipboard-read=(), clipboard-write=(self)"
    ),
    "Server": "dimchat",  # the version of Python is nobody's business
}
NOT_KEPT: Final = "no-store"
"""For pages: a browser that kept one could show a visitor's screen again by its back button."""
CHECKED: Final = "no-cache"
"""For files: kept, but asked for again, so that a new version is seen at once."""
TOLD: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
"""The policy of a page that says one thing."""
NOTHING: Final = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""The policy of what is no page of ours."""
NO_PAGE: Final = {"Content-Security-Policy": NOTHING, "Cache-Control": NOT_KEPT}
"""What else an answer carries that is no page."""


def terminal_policy(nonce: str, websocket: str | None) -> str:
    """Return the policy of a page with a terminal.

    Args:
        nonce: What marks the style elements that xterm.js adds while it runs. Nothing else may be inline but attributes
            of style: without WebGL, as on a machine with a weak graphics card, xterm.js colours each word by one.
        websocket: The origin of the websocket, for browsers whose 'self' does not cover it.
    """
    connect = "'self'" + (f" {websocket}" if websocket else "")
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; "
        "style-src-attr 'unsafe-inline'; font-src 'self'; img-src 'self'; "
        f"connect-src {connect}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'"
    )


def page(websocket: str | None) -> dict[str, str]:
    """Return what a page of a conversation carries besides: it may send forms, to us alone.

    Its addresses go nowhere else; to us they do, or the browser would not say where a form comes from.

    Args:
        websocket: The origin of the websocket, for browsers whose 'self' does not cover it.
    """
    connect = "'self'" + (f" {websocket}" if websocket else "")
    policy = TOLD.replace("connect-src 'self'", f"connect-src {connect}").replace(
        "form-action 'none'", "form-action 'self'"
    )
    return {"Content-Security-Policy": policy, "Referrer-Policy": "same-origin", "Cache-Control": NOT_KEPT}
