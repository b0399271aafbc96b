"""The bytes of `statuspage.toml` to settings; a broken file leaves the last good one in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from statuspage.characters import decode
from statuspage.config import Settings, parse_settings
from statuspage.errors import Fault, Severity, Unreadable
from statuspage.layout import SETTINGS
from statuspage.source.folder import SourceFile
from statuspage.source.notes import Breaking


def read_settings(
    file: SourceFile, *, last_good: Callable[[str], Iterable[bytes]]
) -> tuple[Settings | None, tuple[Fault, ...]]:
    """Return the settings in force and the faults of the file as it is; None for the settings when none ever were."""
    settings, faults = _parsed(file)
    if settings:
        return settings, faults
    for data in last_good(file.path):
        earlier, _ = _parsed(replace(file, data=data, fault=None))
        if earlier:
            return earlier, _with_consequence(faults, "until then its last good version is in force")
    return None, faults


def with_brand_files(
    settings: Settings, content_of: Callable[[str], bytes | None]
) -> tuple[Settings, tuple[Fault, ...]]:
    """Return the settings with the logo drawn in, and the faults of the files that `[brand]` names.

    `content_of` returns what is in a file of the site's own, by its path; None where there is none.
    """
    brand, faults = settings.site.brand, []
    if brand.picture and content_of(brand.picture) is None:
        faults.append(_missing("picture", brand.picture))
        brand = replace(brand, picture=None)
    if logo := brand.logo:
        from statuspage.source.logo import one_colour_drawing  # what reads SVG takes longer to load than a check takes

        content = content_of(logo)
        try:
            brand = replace(brand, drawing=one_colour_drawing(content) if content is not None else "")
        except Unreadable as error:
            faults.append(Fault(path=logo, what=str(error)))
        if content is None:
            faults.append(_missing("logo", logo))
    return replace(settings, site=replace(settings.site, brand=brand)), tuple(faults)


def _missing(key: str, path: str) -> Fault:
    what = f"there is no file {path}; put it there, or leave the line out"
    return Fault(path=SETTINGS, where=f"[brand] {key}", what=what)


def _parsed(file: SourceFile) -> tuple[Settings | None, tuple[Fault, ...]]:
    try:
        if file.fault or file.data is None:
            raise Unreadable(file.fault or "cannot be read")
        return parse_settings(decode(file.data), path=file.path)
    except Unreadable as error:
        return None, (Fault(path=file.path, what=str(error)),)


def _with_consequence(faults: tuple[Fault, ...], consequence: str) -> tuple[Fault, ...]:
    """Return the faults, the first error among them with what follows from it."""
    place = next(place for place, fault in enumerate(faults) if fault.severity is Severity.ERROR)
    first = faults[place]
    told = Breaking(path=first.path, line=first.line, where=first.where, what=f"{first.what}; {consequence}")
    return (*faults[:place], told, *faults[place + 1 :])
