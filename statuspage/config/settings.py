"""`statuspage.toml` to settings: who we are, components, promises, the hold message."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace

from statuspage.config.brand import read_brand
from statuspage.config.components import read_rows
from statuspage.config.git import GitSettings, read_git
from statuspage.config.holding import OwnWords, read_own_words
from statuspage.config.mail import MailServer, read_mail
from statuspage.config.promise import read_clock
from statuspage.config.staff import Staff, read_staff
from statuspage.config.toml_lines import TomlLines
from statuspage.config.toml_table import TomlFile, TomlTable
from statuspage.config.zones import find_zone
from statuspage.errors import Fault, Severity, Unreadable, did_you_mean
from statuspage.layout import SETTINGS
from statuspage.model import (
    INTERFACE_LANGUAGES,
    SPEECH_ENGINES,
    SPOKEN_LANGUAGES,
    Component,
    Group,
    HoldStyle,
    PromiseClock,
    Site,
    Support,
    api_id,
)

SIDE_FILE_FORMS = ("gzip", "brotli")
_KNOWN = ("site", "brand", "group", "component", "promise", "hold", "publish", "mail", "staff", "channel", "git")
_SPOKEN = ", ".join(INTERFACE_LANGUAGES)
_LATER = ("intake", "store")
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#@\"'<>\\]+(?:/[^\s?#\"'<>\\]*)?", re.IGNORECASE)
_MAIL_ADDRESS = re.compile(r"[^\s@<>\",;:]+@[^\s@<>\",;:]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")
_ERROR_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that the configuration says."""

    site: Site
    rows: tuple[Group | Component, ...]
    """Top-level rows of the page, in the order of the file."""
    clock: PromiseClock
    hold: HoldStyle
    holding: OwnWords
    side_files: tuple[str, ...] = ()
    """How the files of the present are packed beside themselves: `gzip`, `brotli`."""
    git: GitSettings = field(default_factory=GitSettings)
    mail: MailServer | None = None
    staff: Staff = field(default_factory=Staff)


def parse_settings(text: str, *, path: str = SETTINGS) -> tuple[Settings | None, tuple[Fault, ...]]:
    """Return the settings and every fault in the order of the lines; None for the settings when any is an error."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a TOMLDecodeError is a ValueError; so is a number of 5,000 digits
        return None, (_syntax_fault(error, text, path=path),)
    file = TomlFile(path=path, lines=TomlLines(text))
    root = TomlTable(file=file, place=(), name="", content=content)
    root.refuse_unknown(*_KNOWN, *_LATER)
    for section in _LATER:
        if section in root:
            root.note(section, f"this version does nothing with [{section}] yet", severity=Severity.WARNING)
    site = replace(_read_site(root.table("site")), brand=read_brand(root.table("brand")))
    promise = root.table("promise")
    settings = Settings(
        site=site,
        rows=read_rows(root, language=site.language.split("-")[0].lower()),
        clock=read_clock(promise),
        hold=_read_hold(root.table("hold"), language=site.language),
        holding=read_own_words(promise.table("holding")),
        side_files=_read_side_files(root.table("publish")),
        git=read_git(root.table("git")),
        mail=read_mail(root),
        staff=read_staff(root),
    )
    faults = tuple(sorted(file.faults, key=lambda fault: fault.line or 0))
    is_usable = all(fault.severity is Severity.WARNING for fault in faults)
    return settings if is_usable else None, faults


def _syntax_fault(error: Exception, text: str, *, path: str) -> Fault:
    if isinstance(error, RecursionError):
        return Fault(path=path, what="is nested too deeply to be read; keep to tables and short lists")
    place = _ERROR_LINE.search(str(error))
    line = int(place[1]) if place else len(text.rstrip("\n").split("\n"))
    what = str(error).split(" (at ")[0]
    return Fault(path=path, line=line, what=f"cannot be read as TOML: {what[:1].lower()}{what[1:]}")


def _read_site(table: TomlTable) -> Site:
    table.refuse_unknown("title", "url", "language", "languages", "timezone", "id", "support")
    title = table.required_text("title")
    url = table.required_text("url").rstrip("/")
    if url and not _WEB_ADDRESS.fullmatch(url):
        table.note(
            "url", f'"{url}" is not the address of a site; write it as https://status.acme.example, without ? or #'
        )
    language = table.text("language") or "en"
    if not _LANGUAGE.fullmatch(language):
        table.note("language", f'"{language}" is not a language tag; write it as en or en-GB')
    elif language.split("-")[0].lower() not in INTERFACE_LANGUAGES:
        what = f'the pages do not speak "{language}" yet, so their own words are English; they speak {_SPOKEN}'
        table.note("language", what, severity=Severity.WARNING)
    languages = table.texts("languages", default=(), example="de", may_be_empty=True)
    for each in languages:
        if each not in INTERFACE_LANGUAGES:
            hint = did_you_mean(each, INTERFACE_LANGUAGES) or f"; they speak {_SPOKEN}"
            table.note("languages", f'the pages do not speak "{each}"{hint}')
    zone = table.text("timezone") or "UTC"
    try:
        known_zone = find_zone(zone)
    except Unreadable as error:
        table.note("timezone", str(error))
        known_zone = find_zone("UTC")
    return Site(
        id=api_id(table.text("id") or url, "site"),
        title=title,
        url=url,
        language=language,
        zone=known_zone,
        support=_read_support(table.table("support")),
        languages=languages,
    )


def _read_support(table: TomlTable) -> Support:
    table.refuse_unknown("phone", "email", "url")
    email, url = table.text("email"), table.text("url")
    if email and not _MAIL_ADDRESS.fullmatch(email):
        table.note("email", f'"{email}" is not a mail address; write it as help@acme.example')
    if url and not re.match(r"https?://[^\s\"'<>]+\Z", url, re.IGNORECASE):
        table.note("url", f'"{url}" is not a web address; write it as https://acme.example/help')
    return Support(phone=table.text("phone"), email=email, url=url)


def _read_hold(table: TomlTable, *, language: str) -> HoldStyle:
    table.refuse_unknown("languages", "voice", "spoken_url", "say", "music")
    voice = table.text("voice")
    if voice and (engine := voice.split()[0]) not in SPEECH_ENGINES:
        hint = did_you_mean(engine, SPEECH_ENGINES) or f"; known are {', '.join(SPEECH_ENGINES)}"
        table.note("voice", f'there is no voice "{engine}"{hint}')
    music = table.text("music")
    if music and not _WEB_ADDRESS.fullmatch(music):
        table.note("music", f'"{music}" is not the address of a file; write it as https://acme.example/music.mp3')
    own = language.split("-")[0].casefold()
    languages = table.texts("languages", default=(own if own in SPOKEN_LANGUAGES else SPOKEN_LANGUAGES[0],))
    for spoken in languages:
        if spoken not in SPOKEN_LANGUAGES:
            table.note(
                "languages", f'"{spoken}" is not spoken yet; the hold message speaks {", ".join(SPOKEN_LANGUAGES)}'
            )
    say = table.table("say")
    spoken_words = ((word, say.text(word)) for word in say.content)
    return HoldStyle(
        languages=tuple(dict.fromkeys(languages)),
        spoken_url=table.text("spoken_url"),
        music=music,
        voice=voice,
        say=tuple((word, spoken) for word, spoken in spoken_words if spoken),
    )


def _read_side_files(table: TomlTable) -> tuple[str, ...]:
    table.refuse_unknown("side_files")
    wanted = table.texts("side_files", default=(), example=SIDE_FILE_FORMS[0])
    for form in wanted:
        if form not in SIDE_FILE_FORMS:
            table.note("side_files", f'"{form}" is no form of packing; choose from {", ".join(SIDE_FILE_FORMS)}')
    return tuple(form for form in SIDE_FILE_FORMS if form in wanted)
