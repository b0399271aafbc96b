"""Which headers go with a published file: its kind, how long it may be kept, who may read it, what it may load."""

from __future__ import annotations

import html
import re
from pathlib import PurePosixPath

from statuspage.layout import STATIC

Headers = tuple[tuple[str, str], ...]

UNKNOWN_KIND = "application/octet-stream"
FOLDER_PAGE = "index.html"
KINDS = {
    ".alaw": UNKNOWN_KIND,  # no phone system has a name for it
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".ics": "text/calendar; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".rss": "application/rss+xml",
    ".ssml": "application/ssml+xml",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".ulaw": "audio/basic",
    ".vxml": "text/xml; charset=utf-8",
    ".wav": "audio/x-wav",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
}
KIND_OF_NAME = {"feed.json": "application/feed+json"}
WIDE_SOUND = "-16k.wav"
KIND_OF_WIDE_SOUND = "audio/x-wav;codec=pcm;bit=16;rate=16000"
"""Asterisk takes 16,000 samples a second from exactly this."""
CALL_DOCUMENT = "text/xml; charset=utf-8"
"""TwiML and its like."""
COMPRESSIBLE = re.compile(r"text/|image/svg|application/(json|feed\+json|manifest\+json|xml|[a-z]+\+xml)")

ALWAYS_CHECK = "public, max-age=0, must-revalidate"
HOLD_WORDS = "public, max-age=15, must-revalidate"
"""Short, and never `no-cache`: some phone systems drop their copy at that word and fall silent with the origin."""
OWN_FILES = "public, max-age=300, must-revalidate"
NEVER_CHANGES = "public, max-age=31536000, immutable"
"""Its name is the hash of what it holds."""

ON_EVERYTHING: Headers = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
FOR_OTHER_SITES: Headers = (("Access-Control-Allow-Origin", "*"), ("Cross-Origin-Resource-Policy", "cross-origin"))
FOR_OWN_PAGES: Headers = (("Cross-Origin-Resource-Policy", "same-origin"),)
_READ_BY_OTHER_SITES = re.compile(
    r"api/|embed/|hold/|(components/[^/]+/)?(badge\.svg|history\.(atom|rss))$"
    r"|(updates\.(atom|rss)|feed\.json|heartbeat\.json|calendar\.ics)$"
)
NOTHING_LOADS = "default-src 'none'"
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


def kind_of(path: str) -> str:
    """Return the Content-Type of a published file."""
    name = PurePosixPath(path).name
    if name.endswith(WIDE_SOUND):
        return KIND_OF_WIDE_SOUND
    if path.startswith("hold/") and name.endswith(".xml"):
        return CALL_DOCUMENT
    return KIND_OF_NAME.get(name) or KINDS.get(PurePosixPath(name).suffix.lower(), UNKNOWN_KIND)


def freshness_of(path: str) -> str:
    """Return the Cache-Control of a published file: what tells of incidents is checked each time."""
    if path.startswith(f"{STATIC}/"):
        return OWN_FILES
    if path.startswith("hold/a/"):
        return NEVER_CHANGES
    is_hold_document = path.endswith((".json", ".xml", ".vxml", ".html"))
    if path.startswith("hold/") and not is_hold_document:
        return HOLD_WORDS
    return ALWAYS_CHECK


def headers_of(path: str, policy: str) -> Headers:
    """Return every header of a published file that does not depend on its bytes; `policy` as of page_policy."""
    readers = FOR_OTHER_SITES if _READ_BY_OTHER_SITES.match(path) else FOR_OWN_PAGES
    ancestors = "*" if path.startswith("embed/") else "'none'"
    is_page = path.endswith(".html") and not path.startswith(f"{STATIC}/")
    return (
        ("Content-Type", kind_of(path)),
        ("Cache-Control", freshness_of(path)),
        *ON_EVERYTHING,
        *readers,
        ("Content-Security-Policy", f"{policy if is_page else NOTHING_LOADS}; frame-ancestors {ancestors}"),
    )


def page_policy(trusted_page: bytes) -> str:
    """Return the Content-Security-Policy that the page states for itself; where it states none, that nothing loads.

    Give it a page that holds no words of an incident: then nothing that slips into one can allow itself.
    """
    stated = _POLICY.search(trusted_page.decode(errors="replace"))
    return html.unescape(stated[1]) if stated else NOTHING_LOADS
