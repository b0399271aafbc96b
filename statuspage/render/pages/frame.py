"""What every page has in common: its head, its address, its time zone, and how Markdown becomes part of it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from jinja2.environment import TemplateModule
from markupsafe import Markup

from statuspage.model import Component, Site
from statuspage.render.addresses import site_path
from statuspage.render.markup import to_html
from statuspage.render.pages.history_rows import history_row
from statuspage.render.pages.moments import Moments, undated_in
from statuspage.render.shapes import icon_address, shape
from statuspage.render.templates import SCRIPT, STYLESHEET, TEMPLATES
from statuspage.render.words import LEVEL_WORD, STATE_WORD
from statuspage.shown import LEVEL_OF_STATE, HistoryRow, Level, ShownIncident

DESCRIPTION_LENGTH = 200
_RIGHT_TO_LEFT = {"ar", "fa", "he", "ur", "yi", "dv", "ps", "sd", "ug"}
_STYLE, _SCRIPT = STYLESHEET.encode(), SCRIPT.encode()


def _source(inlined: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(inlined).digest()).decode()}'"


CONTENT_POLICY = (
    f"default-src 'none'; style-src {_source(_STYLE)}; script-src {_source(_SCRIPT)}; connect-src 'self'; "
    "img-src 'self' data:; media-src 'self'; form-action 'self'; base-uri 'none'"
)
"""What a browser may load for a page: the one stylesheet and the one script inside it, and files of this site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What one page says of itself to browsers, search engines and shared previews."""

    path: str
    """Of the file, without leading slash: `incidents/card-payments/index.html`."""
    title: str
    """Without the name of the site."""
    description: str
    level: Level | None
    """Decides the colour of the band and the shape in the icon; None on a page that is about no state."""
    feeds: str = ""
    """Folder of the component's own feeds, `components/dashboard/`; empty for the site's."""

    @property
    def address(self) -> str:
        """Return the address below the site, with the leading slash and without `index.html`."""
        return "/" + self.path.removesuffix("index.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every page of a site needs on one day, whatever it is about."""

    site: Site
    moments: Moments
    root: str
    """What stands before every path of the site: empty, or `/status`."""
    name_by_id: Mapping[str, str]
    """How customers know each component."""
    shell: TemplateModule
    """`shell.html`: what is the same on every page, rendered once."""

    def page(
        self, head: Head, template: str, /, *, since: datetime | None = None, **values: object
    ) -> dict[str, bytes]:
        """Return the finished page under its path; it says since when things have been as it shows them."""
        text = TEMPLATES.get_template(template).render(
            head=head,
            description=_shortened(head.description),
            icon=icon_address(head.level),
            shell=self.shell,
            site=self.site,
            root=self.root,
            when=self.moments,
            since=since,
            shape=shape,
            level_word=LEVEL_WORD,
            state_word=STATE_WORD,
            level_of=LEVEL_OF_STATE,
            html=self.html,
            **values,
        )
        # The stylesheet and the script are most of a page and always the same: they are encoded once and set in.
        before, style, rest = text.partition("<style>")
        middle, script, after = rest.rpartition("<script>")
        parts = (f"{before}{style}".encode(), _STYLE, f"{middle}{script}".encode(), _SCRIPT, after.encode())
        return {head.path: b"".join(parts)}

    def html(self, markdown: str) -> Markup:
        """Return Markdown of the files as safe HTML with links that work below the site's path."""
        return Markup(to_html(markdown, base_url=self.root))

    def names(self, component_ids: Iterable[str]) -> tuple[str, ...]:
        """Return how customers know these components."""
        return tuple(self.name_by_id.get(each, each) for each in component_ids)

    def history_rows(self, rows: Iterable[HistoryRow]) -> Markup:
        """Return the lines of a list of what was."""
        moments = replace(self.moments, today=date.min, undated=frozenset())
        return Markup("\n").join(history_row(row, self.root, moments) for row in rows)

    def about(self, incidents: Iterable[ShownIncident]) -> Frame:
        """Return the frame of a page that tells of these: of what nobody dated, it names the day alone."""
        undated = undated_in(incidents)
        return replace(self, moments=replace(self.moments, undated=undated)) if undated else self


def frame_of(site: Site, components: Iterable[Component], now: datetime) -> Frame:
    """Return the frame of all pages at `now`; of the time, only the day in the site's zone counts."""
    root = site_path(site)
    return Frame(
        site=site,
        moments=Moments(zone=site.zone, today=now.astimezone(site.zone).date()),
        root=root,
        shell=_shell(site, root),
        name_by_id={component.id: component.name for component in components},
    )


def _shell(site: Site, root: str) -> TemplateModule:
    is_right_to_left = site.language.split("-")[0].lower() in _RIGHT_TO_LEFT
    values = {
        "site": site,
        "root": root,
        "direction": "rtl" if is_right_to_left else "ltr",
        "policy": Markup(CONTENT_POLICY),
    }
    return TEMPLATES.get_template("shell.html").make_module(values)


def listed(names: Iterable[str], *, limit: int = 3) -> str:
    """Return `Card payments, Dashboard and Search`; beyond the limit, `… and 4 more`."""
    names = tuple(names)
    if len(names) > limit:
        names = (*names[:limit], f"{len(names) - limit} more")
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= DESCRIPTION_LENGTH else words[: DESCRIPTION_LENGTH - 1].rstrip() + "…"
