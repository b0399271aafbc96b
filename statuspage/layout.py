"""What lies where in a site folder."""

from __future__ import annotations

from collections.abc import Sequence

SETTINGS = "statuspage.toml"
INCIDENTS = "incidents"
STATIC = "static"
"""The site's own pictures and documents, copied as they are; of the same name in the public folder."""
PUBLIC = "public"
"""The compiled site."""
VAR = "var"
"""What the program remembers; nobody reads it from outside."""


def language_folders(languages: Sequence[str]) -> tuple[str, ...]:
    """Return where the pages in each language lie below the site: the first at its top, the others in `de/`."""
    return ("", *(f"{language}/" for language in languages[1:]))
