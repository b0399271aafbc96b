"""The files for search engines."""

from __future__ import annotations

from datetime import timedelta

from lxml import etree

from statuspage.model import Status
from statuspage.render.site import render
from statuspage.render.sitemap import render_sitemap
from tests.rendered import pages

from .builders import NOW, component, incident, shown, site, story, update


def rows_of(part: bytes) -> list[tuple[str, str | None]]:
    return [(row.findtext("{*}loc", ""), row.findtext("{*}lastmod")) for row in etree.fromstring(part)]


def test_robots_may_read_everything_and_learn_of_the_sitemap() -> None:
    assert render_sitemap(shown())["robots.txt"].decode() == (
        "User-agent: *\nAllow: /\n\nSitemap: https://status.acme.example/sitemap.xml\n"
    )


def test_the_sitemap_lists_every_page_with_its_last_change() -> None:
    page = shown(
        component("cards"),
        component("fax", is_retired=True),
        incidents=[incident("one", update(Status.RESOLVED, NOW - timedelta(days=2)))],
        maintenances=[incident("disks", update(Status.SCHEDULED, NOW), window=(NOW, NOW + timedelta(hours=1)))],
        on=site(url="https://acme.example/status"),
    )

    files = render(page, {})

    assert [row.findtext("{*}loc") for row in etree.fromstring(files["sitemap.xml"])] == [
        "https://acme.example/status/sitemap/pages.xml",
        "https://acme.example/status/sitemap/2026-11.xml",
    ]
    assert rows_of(files["sitemap/pages.xml"]) == [
        ("https://acme.example/status/", "2026-11-21T14:40:00Z"),
        ("https://acme.example/status/history/", "2026-11-21T14:40:00Z"),
        ("https://acme.example/status/components/cards/", None),
        ("https://acme.example/status/components/fax/", None),
    ]
    assert rows_of(files["sitemap/2026-11.xml"]) == [
        ("https://acme.example/status/history/2026-11/", None),
        ("https://acme.example/status/maintenance/disks/", "2026-11-21T14:40:00Z"),
        ("https://acme.example/status/incidents/one/", "2026-11-19T14:40:00Z"),
    ]


def test_a_part_holds_as_much_as_a_page_of_the_history() -> None:
    many = [incident(f"one-{n:03}", update(Status.RESOLVED, NOW - timedelta(minutes=n))) for n in range(101)]

    files = render(shown(incidents=many), {})

    assert len(rows_of(files["sitemap/2026-11.xml"])) == 101
    assert rows_of(files["sitemap/2026-11-2.xml"]) == [
        ("https://status.acme.example/history/2026-11/2/", None),
        ("https://status.acme.example/incidents/one-100/", "2026-11-21T13:00:00Z"),
    ]


def test_a_page_without_history_has_a_sitemap_too() -> None:
    assert render_sitemap(shown())["sitemap/pages.xml"].decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        "<url><loc>https://status.acme.example/</loc></url>\n"
        "<url><loc>https://status.acme.example/history/</loc></url>\n"
        "</urlset>\n"
    )


def test_every_address_in_the_sitemap_is_a_page_of_the_site() -> None:
    page = story()

    files = render(page, {})

    parts = [content for path, content in files.items() if path.startswith("sitemap/")]
    paths = [url.removeprefix(f"{page.site.url}/") + "index.html" for part in parts for url, _ in rows_of(part)]
    assert sorted(paths) == sorted(set(pages(page)) - {"hold/index.html", "404.html"})
