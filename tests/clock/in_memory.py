"""A site without a disk, visited at instants as a scheduler does: what is due is written, and all of it is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from statuspage.authoring import append_update
from statuspage.compiler import InHand
from statuspage.config import Settings, parse_settings
from statuspage.model import Page
from statuspage.posts.due import due_posts
from statuspage.posts.timed_files import timed_path
from statuspage.posts.words import holding_post
from statuspage.shown import Shown
from statuspage.source.folder import SourceFile
from statuspage.source.names import incident_names
from statuspage.source.page import read_page
from statuspage.timeline.page import page_at


@dataclass
class SiteInMemory:
    """The files of a site, and who keeps its promises."""

    files: dict[str, str]
    posted: list[tuple[datetime, str, datetime]] = field(default_factory=list)
    """When each post was written, its id, and the time that it carries."""
    _read: tuple[dict[str, str], Page] | None = None

    @cached_property
    def settings(self) -> Settings:
        """Return what the settings say, which do not change."""
        settings, faults = parse_settings(self.files["statuspage.toml"])
        assert settings is not None, faults
        return settings

    def page(self) -> Page:
        """Return what the files say; timed posts must never be at fault."""
        if self._read and self._read[0] == self.files:
            return self._read[1]
        incidents = {path: text for path, text in self.files.items() if path.startswith("incidents/")}
        sources = [SourceFile(path=path, data=text.encode()) for path, text in incidents.items()]
        reading = read_page(self.settings, sources, last_good=lambda _: ())
        assert not [fault for fault in reading.faults if ".timed." in fault.path], reading.faults
        self._read = dict(self.files), reading.page
        return reading.page

    def visit(self, now: datetime) -> Shown:
        """Do at `now` what a scheduler does, and return what the public sees then."""
        shown = page_at(self.page(), now)
        settings = self.settings
        names = {name.slug: name for name in incident_names(p for p in self.files if p.startswith("incidents/"))[0]}
        in_hand = [InHand(name=names[each.source.slug], shown=each) for each in shown.recent]
        due = list(due_posts(in_hand, settings, now))
        for post in due:
            path = timed_path(post.name)
            text = self.files.get(path, "")
            assert post.id not in text
            self.files[path] = append_update(text, holding_post(post.update, settings.site, settings.holding))
            self.posted.append((now, post.id, post.update.at))
        return page_at(self.page(), now) if due else shown
