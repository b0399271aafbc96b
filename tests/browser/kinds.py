"""Every kind of page that customers meet, as a page of one of the sites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.loopback import Loopback, serving_folder
from tests.browser.sites import SITES, build_site

GATES = "incidents/2026-10-15-boarding-gates/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One page that stands for all of its kind."""

    name: str
    site: str
    path: str = ""
    """Below the site's address: `history/`."""
    language: str = "en"

    @property
    def file(self) -> str:
        """Return the published file: `history/index.html`."""
        return f"{self.path}index.html" if self.path.endswith("/") or not self.path else self.path

    @property
    def slug(self) -> str:
        """Return the name as a name for files: `index-all-well`."""
        return self.name.replace(" ", "-")


KINDS = (
    Kind(name="index all well", site="well"),
    Kind(name="index one problem", site="one problem"),
    Kind(name="index several problems", site="several problems"),
    Kind(name="index planned work", site="planned work"),
    Kind(name="index unreadable file", site="unreadable file"),
    Kind(name="index late promise", site="late promise"),
    Kind(name="index many services", site="many services"),
    Kind(name="incident open", site="one problem", path=GATES),
    Kind(name="incident resolved", site="well", path=GATES),
    Kind(name="incident with a late update", site="well", path="incidents/2026-09-10-card-payments/"),
    Kind(name="incident with a table", site="well", path="incidents/2026-10-02-charged-twice/"),
    Kind(name="maintenance upcoming", site="one problem", path="maintenance/2026-10-21-ticket-shop/"),
    Kind(name="maintenance under way", site="planned work", path="maintenance/2026-10-21-ticket-shop/"),
    Kind(name="maintenance completed", site="well", path="maintenance/2026-10-13-phone-line/"),
    Kind(name="history", site="well", path="history/"),
    Kind(name="month", site="well", path="history/2026-09/"),
    Kind(name="month in pages", site="many services", path="history/2026-09/"),
    Kind(name="component", site="well", path="components/card-payments/"),
    Kind(name="german index", site="one problem", path="de/", language="de"),
    Kind(name="german incident", site="one problem", path=f"de/{GATES}", language="de"),
    Kind(name="arabic index", site="one problem", path="ar/", language="ar"),
    Kind(name="arabic incident", site="one problem", path=f"ar/{GATES}", language="ar"),
    Kind(name="arabic history", site="one problem", path="ar/history/", language="ar"),
    Kind(name="hold", site="one problem", path="hold/"),
    Kind(name="not found", site="well", path="404.html"),
)
BY_NAME = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sites:
    """All sites, built and served."""

    folders: Mapping[str, Path]
    servers: Mapping[str, Loopback]

    def address(self, kind: Kind) -> str:
        """Return where a browser finds the page; the 404 at an address that nothing stands at."""
        return self.servers[kind.site].address + ("nowhere/" if kind.file == "404.html" else kind.path)

    def page(self, kind: Kind) -> bytes:
        """Return the page as it lies on disk."""
        return (self.folders[kind.site] / kind.file).read_bytes()


def build_sites(folder: Path) -> dict[str, Path]:
    """Build every site below an empty folder."""
    return {name: build_site(name, folder / name.replace(" ", "-")) for name in SITES}


@contextmanager
def serving_sites(folder: Path) -> Iterator[Sites]:
    """Build every site below an empty folder, and serve each on a port of its own at its instant."""
    folders = build_sites(folder)
    with ExitStack() as stack:
        servers = {name: stack.enter_context(serving_folder(folders[name], now=SITES[name].now)) for name in folders}
        yield Sites(folders=folders, servers=servers)
