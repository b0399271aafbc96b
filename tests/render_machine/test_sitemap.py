"""The files for search engines."""

from __future__ import annotations

from datetime import timedelta

from lxml import etree

from statuspage.model import Status
from statuspage.render.pages import render_pages
from statuspage.render.sitemap import render_sitemap

from .builders import NOW, component, incident, shown, site, story, update


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

    tree = etree.fromstring(render_sitemap(page)["sitemap.xml"])

    rows = [(row.findtext("{*}loc"), row.findtext("{*}lastmod")) for row in tree]
    assert rows == [
        ("https://acme.example/status/", "2026-11-21T14:40:00Z"),
        ("https://acme.example/status/history/", "2026-11-21T14:40:00Z"),
        ("https://acme.example/status/history/2026-11/", None),
        ("https://acme.example/status/components/cards/", None),
        ("https://acme.example/status/components/fax/", None),
        ("https://acme.example/status/maintenance/disks/", "2026-11-21T14:40:00Z"),
        ("https://acme.example/status/incidents/one/", "2026-11-19T14:40:00Z"),
    ]


def test_a_page_without_history_has_a_sitemap_too() -> None:
    assert render_sitemap(shown())["sitemap.xml"].decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        "<url><loc>https://status.acme.example/</loc></url>\n"
        "<url><loc>https://status.acme.example/history/</loc></url>\n"
        "</urlset>\n"
    )


def test_every_address_in_the_sitemap_is_a_page_of_the_site() -> None:
    page = story()

    tree = etree.fromstring(render_sitemap(page)["sitemap.xml"])

    paths = [row.findtext("{*}loc", "").removeprefix(f"{page.site.url}/") + "index.html" for row in tree]
    assert set(paths) == set(render_pages(page)) - {"hold/index.html", "404.html"}
