"""`[brand]` of the configuration: the colour of links, the logo and the picture of shared links. No more than that."""

from __future__ import annotations

from statuspage.colours import DARK_GROUNDS, HEX, LIGHT_GROUNDS, LINK_CONTRAST, least_contrast
from statuspage.config.toml_table import TomlTable
from statuspage.layout import STATIC
from statuspage.model import Brand

_GROUNDS = {"link": ("light", LIGHT_GROUNDS), "link_dark": ("dark", DARK_GROUNDS)}


def read_brand(table: TomlTable) -> Brand:
    """Return what the site sets of its own; the files that it names are looked at where they are."""
    table.refuse_unknown("link", "link_dark", "logo", "picture")
    brand = Brand(
        link=_link(table, "link"),
        link_dark=_link(table, "link_dark"),
        logo=_file(table, "logo", ".svg"),
        picture=_file(table, "picture", ".png"),
    )
    if ("link" in table) != ("link_dark" in table):
        missing = "link_dark" if "link" in table else "link"
        scheme = _GROUNDS[missing][0]
        table.note(missing, f"is missing; no colour can be read on light and on dark ground, so name one for {scheme}")
    return brand


def _link(table: TomlTable, key: str) -> str | None:
    """Return the colour of links on one ground, refused where somebody could not read it."""
    colour = table.text(key)
    if colour is None:
        return None
    if not HEX.fullmatch(colour):
        table.note(key, f'"{colour}" is not a colour; write it as #0a4a9f')
        return None
    scheme, grounds = _GROUNDS[key]
    ratio, ground = least_contrast(colour, grounds)
    if ratio < LINK_CONTRAST:
        shade = "darker" if scheme == "light" else "lighter"
        table.note(
            key,
            f"{colour} on {ground}, the {scheme} ground where it is read worst, has a contrast of "
            f"{int(ratio * 100) / 100:.2f}:1; links need {LINK_CONTRAST:.0f}:1, so take a {shade} one",
        )
    return colour.lower()


def _file(table: TomlTable, key: str, ending: str) -> str | None:
    path = table.text(key)
    if path and not (path.startswith(f"{STATIC}/") and path.endswith(ending) and ".." not in path):
        table.note(key, f'"{path}" is not a file that the site publishes; write it as {STATIC}/{key}{ending}')
        return None
    return path
