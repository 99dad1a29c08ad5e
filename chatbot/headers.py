"""The security headers of every response."""

from __future__ import annotations

from collections.abc import Sequence

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
}
IMMUTABLE = "public, max-age=31536000, immutable"
ONE_DAY = "public, max-age=86400"
NO_STORE = "no-store"


def chat_policy(nonce: str, frame_ancestors: Sequence[str]) -> str:
    """Content security policy of the chat page: nothing from another host, no script without the nonce.

    Gradio writes style attributes as it runs, hence ``unsafe-inline`` for styles only.
    """
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'self'",
            "form-action 'none'",
            "object-src 'none'",
            " ".join(["frame-ancestors 'self'", *frame_ancestors]),
        ]
    )


DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"  # JSON, errors and files: nothing in them may run
