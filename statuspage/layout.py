"""What lies where in a site folder."""

from __future__ import annotations

SETTINGS = "statuspage.toml"
INCIDENTS = "incidents"
STATIC = "static"
"""The site's own pictures and documents, copied as they are; of the same name in the public folder."""
PUBLIC = "public"
"""The compiled site."""
VAR = "var"
"""What the program remembers; nobody reads it from outside."""
