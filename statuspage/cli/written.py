"""What became of a file that a command has written: where it is, what is wrong with it, what reaches people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from statuspage.authoring import escape_body
from statuspage.characters import one_line
from statuspage.cli.faults import faults_text
from statuspage.cli.preview import Preview, preview_of
from statuspage.errors import Fault, has_errors
from statuspage.pipeline import preview as preview_site
from statuspage.shown import Shown, ShownIncident, ShownUpdate

NOT_PUBLIC = "It is in the file, but not public yet: mend what is wrong, and what you wrote appears."


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An update that a command has put into a file."""

    site_dir: Path
    file: Path
    slug: str
    at: datetime
    message: str

    def report(self, now: datetime, *, as_json: bool) -> int:
        """Print what customers read and callers hear once it is public, and to stderr what is wrong with its file.

        Returns the exit code: 1 when the file has an error.
        """
        seen = preview_site(self.site_dir, max(now, self.at))
        path = self.file.relative_to(self.site_dir).as_posix()
        faults = [fault for fault in seen.faults if fault.path == path]
        incident = self._incident(seen.shown)
        preview = preview_of(self._update(incident), incident, seen.shown)
        click.echo(self._json(preview, faults) if as_json else f"{self.file}\n\n{preview.as_text()}")
        if faults:
            click.echo(faults_text(faults, "text"), err=True)
        if not has_errors(faults):
            return 0
        if not preview.read:
            click.echo(NOT_PUBLIC, err=True)
        return 1

    def _incident(self, shown: Shown) -> ShownIncident | None:
        return next((incident for incident in shown.recent if incident.source.slug == self.slug), None)

    def _update(self, incident: ShownIncident | None) -> ShownUpdate | None:
        """Return the update as the public sees it, which may be cut short; None where it does not."""
        words = one_line(escape_body(self.message))
        updates = incident.updates if incident else ()
        return next((u for u in updates if u.at == self.at and u.body and words.startswith(one_line(u.body))), None)

    def _json(self, preview: Preview, faults: Sequence[Fault]) -> str:
        report = {
            "slug": self.slug,
            "file": str(self.file),
            "customers_read": preview.read,
            "callers_hear": preview.heard,
            "faults": [str(fault) for fault in faults],
        }
        return json.dumps(report, indent=2, ensure_ascii=False)
