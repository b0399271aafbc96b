"""The words of the pages in the languages of the site."""

from __future__ import annotations

from collections.abc import Iterator

from statuspage.doctor.finding import Finding, Verdict
from statuspage.model import INTERFACE_LANGUAGES, Site
from statuspage.render.language import has_catalogue, language_of

ABOUT = "words"


def look_at_words(site: Site) -> Iterator[Finding]:
    """Yield whether the words of each language that the pages speak are compiled."""
    codes = dict.fromkeys(tag.split("-")[0].lower() for tag in (site.language, *site.languages))
    spoken = [code for code in codes if code in INTERFACE_LANGUAGES] or ["en"]
    missing = [code for code in spoken if not has_catalogue(code)]
    for code in missing:
        what = f"the words of the pages in {language_of(code).name} are not compiled"
        remedy = "install statuspage anew with pip; in a clone of it: make install"
        yield Finding(about=ABOUT, verdict=Verdict.WRONG, what=what, remedy=remedy)
    if not missing:
        names = ", ".join(language_of(code).name for code in spoken)
        yield Finding(about=ABOUT, verdict=Verdict.WELL, what=f"the pages have their words in {names}")
