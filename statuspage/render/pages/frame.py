"""What every page has in common: its head, its address, its language and zone, and how Markdown becomes part of it."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from jinja2.environment import TemplateModule
from markupsafe import Markup

from statuspage.model import Brand, Component, ComponentState, Site, Support
from statuspage.render.addresses import site_path, update_anchor
from statuspage.render.language import Language, language_of
from statuspage.render.markup import to_html
from statuspage.render.pages.history_rows import history_row
from statuspage.render.pages.moments import Moments, undated_in
from statuspage.render.pages.told import Told, told_in
from statuspage.render.shapes import icon_address, shape
from statuspage.render.templates import SCRIPT, STYLESHEET, TEMPLATES
from statuspage.render.words import LEVEL_WORD, RETIRED_WORD, STATE_WORD
from statuspage.shown import LEVEL_OF_STATE, HistoryRow, Level, ShownIncident

DESCRIPTION_LENGTH = 200
TITLE_LENGTH = 70
"""Browsers, readers and search engines show no more of the title of a page."""
_NO_BREAK, _NO_BREAK_HYPHEN = "\N{NO-BREAK SPACE}", "\N{NON-BREAKING HYPHEN}"
_SCRIPT = SCRIPT.encode()
_TABLE, _SCROLLED_TABLE = "<table>", '<div class="scroll" tabindex="0" role="group" aria-label="{}">\n<table>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What one page says of itself to browsers, search engines and shared previews."""

    path: str
    """Of the file below the folder of its language, without leading slash: `incidents/card-payments/index.html`."""
    title: str
    """Without the name of the site."""
    description: str
    level: Level | None
    """Decides the colour of the band and the shape in the icon; None on a page that is about no state."""
    feeds: str = ""
    """Folder of the component's own feeds, `components/dashboard/`; empty for the site's."""

    @property
    def address(self) -> str:
        """Return the address below the folder of its language, with the leading slash and without `index.html`."""
        return "/" + self.path.removesuffix("index.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every page of a site in one language needs on one day, whatever it is about."""

    site: Site
    language: Language
    languages: tuple[Language, ...]
    """All that the site speaks, its own first."""
    moments: Moments
    root: str
    """What stands before every path of the site: empty, or `/status`."""
    folder: str
    """Of the pages in this language below the site: empty for the site's own, else `de/`."""
    name_by_id: Mapping[str, str]
    """How customers know each component."""
    stylesheet: bytes
    shell: TemplateModule
    """`shell.html`: what is the same on every page, rendered once."""

    @property
    def home(self) -> str:
        """Return what stands before every page in this language: empty, or `/status/de`."""
        return f"{self.root}/{self.folder}".rstrip("/")

    @property
    def is_translated(self) -> bool:
        """Return True for any language but the site's own."""
        return self.language is not self.languages[0]

    def page(
        self, head: Head, template: str, /, *, since: datetime | None = None, **values: object
    ) -> dict[str, bytes]:
        """Return the finished page under its path; it says since when things have been as it shows them."""
        text = TEMPLATES.get_template(template).render(
            head=head,
            page_title=_page_title(head.title, self.site.title),
            description=_shortened(head.description),
            anchor=update_anchor,
            icon=icon_address(head.level),
            other_languages=tuple(language for language in self.languages if language is not self.language),
            folder_of=self.folder_of,
            frame=self,
            shell=self.shell,
            site=self.site,
            root=self.root,
            home=self.home,
            when=self.moments,
            since=since,
            shape=shape,
            state=self.state,
            level_of=LEVEL_OF_STATE,
            html=self.html,
            text=self.language.text,
            markup=self.language.markup,
            counted=self.language.counted,
            **values,
        )
        # The stylesheet and the script are most of a page and always the same: they are encoded once and set in.
        before, style, rest = text.partition("<style>")
        middle, script, after = rest.rpartition("<script>")
        parts = (f"{before}{style}".encode(), self.stylesheet, f"{middle}{script}".encode(), _SCRIPT, after.encode())
        return {self.folder + head.path: b"".join(parts)}

    def folder_of(self, language: Language) -> str:
        """Return the folder of the pages in a language: empty for the site's own, else `de/`."""
        return "" if language is self.languages[0] else f"{language.code}/"

    def html(self, markdown: str) -> Markup:
        """Return Markdown of the files as safe HTML with links that work below the site's path."""
        html = to_html(markdown, base_url=self.root)
        if _TABLE in html:  # it may be wider than a telephone
            html = html.replace(_TABLE, _SCROLLED_TABLE.format(self.language.text("Table")))
            html = html.replace("</table>", "</table>\n</div>")
        return Markup(html)

    def names(self, component_ids: Iterable[str]) -> tuple[str, ...]:
        """Return how customers know these components."""
        return tuple(self.name_by_id.get(each, each) for each in component_ids)

    def in_language(self, own: str, others: Iterable[tuple[str, str]]) -> str:
        """Return the words of the configuration in this language, and the site's own where there are none."""
        return dict(others).get(self.language.code, own) if self.is_translated else own

    def level(self, level: Level) -> str:
        """Return the word for a level, `Major outage`."""
        return self.language.text(LEVEL_WORD[level])

    def state(self, state: ComponentState, *, is_retired: bool = False) -> str:
        """Return the word for the state of a component, `Working`."""
        return self.language.text(RETIRED_WORD if is_retired else STATE_WORD[state])

    def history_rows(self, rows: Iterable[HistoryRow]) -> Markup:
        """Return the lines of a list of what was."""
        moments = replace(self.moments, today=date.min, undated=frozenset())
        return Markup("\n").join(history_row(row, self.home, moments) for row in rows)

    def told(self, incident: ShownIncident) -> Told:
        """Return an incident in the words of this language, and of the site's own where it is not translated."""
        return told_in(self.language, incident, own_tag=self.site.language)

    @property
    def help_address(self) -> str:
        """Return where a customer tells of a problem, for a link; empty where no way is offered."""
        return _help_address(self.site.support)

    def about(self, incidents: Iterable[ShownIncident]) -> Frame:
        """Return the frame of a page that tells of these: of what nobody dated, it names the day alone."""
        undated = undated_in(incidents)
        return replace(self, moments=replace(self.moments, undated=undated)) if undated else self


def frames_of(
    site: Site, components: Iterable[Component], now: datetime, *, languages: Iterable[str]
) -> tuple[Frame, ...]:
    """Return the frame of all pages in each language, the site's own first; of `now` only the day there counts."""
    own = language_of(site.language)
    spoken = (own, *(language for code in languages if (language := language_of(code)).code != own.code))
    root = site_path(site)
    components = tuple(components)
    today = now.astimezone(site.zone).date()
    stylesheet = _stylesheet(site.brand)
    return tuple(
        Frame(
            site=site,
            language=language,
            languages=spoken,
            moments=Moments(language=language, zone=site.zone, today=today),
            root=root,
            folder=(folder := "" if language is own else f"{language.code}/"),
            stylesheet=stylesheet,
            shell=_shell(site, language, stylesheet, root=root, home=f"{root}/{folder}".rstrip("/")),
            name_by_id={
                c.id: c.name if language is own else dict(c.names).get(language.code, c.name) for c in components
            },
        )
        for language in spoken
    )


def _stylesheet(brand: Brand) -> bytes:
    """Return what every page carries inlined, with the colours of links that the site has set."""
    own = f":root{{--link:{brand.link}}}" if brand.link else ""
    if brand.link_dark:
        own += f"@media screen and (prefers-color-scheme:dark){{:root{{--link:{brand.link_dark}}}}}"
    return (STYLESHEET + own).encode()


def content_policy(stylesheet: bytes) -> str:
    """Return what a browser may load for a page: its one stylesheet, its one script, and files of this site."""
    return (
        f"default-src 'none'; style-src {_source(stylesheet)}; script-src {_source(_SCRIPT)}; connect-src 'self'; "
        "img-src 'self' data:; media-src 'self'; form-action 'self'; base-uri 'none'"
    )


def _source(inlined: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(inlined).digest()).decode()}'"


def _shell(site: Site, language: Language, stylesheet: bytes, *, root: str, home: str) -> TemplateModule:
    values = {
        "site": site,
        "root": root,
        "home": home,
        "language": language,
        "help_address": _help_address(site.support),
        "text": language.text,
        "markup": language.markup,
        "policy": Markup(content_policy(stylesheet)),
        "phone": (site.support.phone or "").replace(" ", _NO_BREAK).replace("-", _NO_BREAK_HYPHEN),
        "logo": Markup(site.brand.drawing),
    }
    return TEMPLATES.get_template("shell.html").make_module(values)


def _help_address(support: Support) -> str:
    if support.url:
        return support.url
    if support.email:
        return f"mailto:{support.email}"
    return f"tel:{support.phone.replace(' ', '')}" if support.phone else ""


def _page_title(title: str, site_title: str) -> Markup:
    """Return what the page is about, cut where it must be, and the name of the site."""
    room = max(TITLE_LENGTH - len(f" – {site_title}"), TITLE_LENGTH // 2)
    if len(title) > room:
        title = title[: room - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    # Quotes are themselves in a title: written as entities they would only make it longer.
    return Markup(html.escape(f"{title} – {site_title}", quote=False))


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= DESCRIPTION_LENGTH else words[: DESCRIPTION_LENGTH - 1].rstrip() + "…"
