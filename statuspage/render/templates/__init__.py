"""Templates, stylesheet and script, read from the installed package once, when this module is first imported.

This is the one place of the core that reads files: they are part of the program, like its code.
"""

from __future__ import annotations

from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined


def _texts(package: str, suffix: str) -> dict[str, str]:
    found = sorted(files(package).iterdir(), key=lambda entry: entry.name)
    return {entry.name: entry.read_text(encoding="utf-8") for entry in found if entry.name.endswith(suffix)}


TEMPLATES = Environment(
    loader=DictLoader(_texts("statuspage.render.templates", ".html")),
    autoescape=True,
    undefined=StrictUndefined,
    auto_reload=False,  # they do not change while the program runs
    trim_blocks=True,
    lstrip_blocks=True,
)
"""Templates by file name; all that they are given is escaped unless it is `Markup`."""

STYLESHEET = _texts("statuspage.render.assets", ".css")["status.css"].strip()
"""What every page carries inlined."""

SCRIPT = _texts("statuspage.render.assets", ".js")["status.min.js"].strip()
"""The same; `status.js` is what it is made of, by `make script`."""
