"""Addresses of the site's own, and those that authors write in links and images: whose they are, and in full."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from statuspage.model import Site

_HAS_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_OWN_FILE = re.compile(r"/?(?:[\w%~.-]+/)*[\w%~.-]+", re.ASCII)
_STEPS_UP = re.compile(r"^(?:/|\.{1,2}/)+")
_DROPPED_BY_BROWSERS = re.compile(r"[\t\n\r]")
_C0_AND_SPACE = "".join(map(chr, range(33)))


def site_path(site: Site) -> str:
    """Return what stands before every path of the site: empty, or `/status` for a site below a path."""
    return urlsplit(site.url).path.rstrip("/")


def update_anchor(update_id: str) -> str:
    """Return the name of the place of an update on a page: it begins with a letter, as some readers expect."""
    return f"u-{update_id}"


def is_own_file(address: str) -> bool:
    """Return True for a plain path of this site, `static/plan.png` or `/static/plan.png`."""
    return _OWN_FILE.fullmatch(html.unescape(address)) is not None


def full_address(address: str, *, base_url: str) -> str:
    """Return a link as it works from any page: `//host` as https, a path of the site behind `base_url`.

    Addresses with a scheme come back unchanged, whatever the scheme: the cleaner judges it. A link within the
    page stays as it is, unless `base_url` names a host (in a feed there is no page to stay on).
    """
    seen = _DROPPED_BY_BROWSERS.sub("", address.strip(_C0_AND_SPACE))
    if _HAS_SCHEME.match(seen):
        return address
    seen = seen.replace("\\", "/")
    if seen.startswith("//"):
        return "https://" + seen.lstrip("/")
    if seen.startswith("#") and not _HAS_SCHEME.match(base_url):
        return seen
    return f"{base_url.rstrip('/')}/{_STEPS_UP.sub('', seen)}"
