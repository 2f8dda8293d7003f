"""What every answer tells the browser: load nothing from elsewhere, keep nothing, frame nothing."""

from __future__ import annotations

from flask import Flask, Response

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # The forms' check on https needs the referrer within this site.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
STRICT_TRANSPORT = "max-age=31536000"


def init_app(app: Flask, *, https: bool) -> None:
    """Add the headers to every answer; a view that sets its own caching keeps it."""
    extra = {"Strict-Transport-Security": STRICT_TRANSPORT} if https else {}

    def add(response: Response) -> Response:
        response.headers.update(HEADERS | extra)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    app.after_request(add)
