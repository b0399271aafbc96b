"""Translations of an incident, `<slug>.<lang>.md`: the same form, of which only the words count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from statuspage.characters import decode
from statuspage.errors import Fault, Severity, Unreadable
from statuspage.model import INTERFACE_LANGUAGES, Incident, Translation, UpdateWords, interface_language
from statuspage.source.components import Terms
from statuspage.source.folder import SourceFile
from statuspage.source.incident import FileContent, read_translation
from statuspage.source.names import language_ending
from statuspage.source.notes import Breaking
from statuspage.source.updates import WrittenUpdate, in_order_of_writing

_SHOWN_INSTEAD = "the page shows the words that it translates"


def with_translations(incident: Incident, files: Iterable[SourceFile], terms: Terms) -> tuple[Incident, list[Fault]]:
    """Return the incident with what can be read of its translations, and what is wrong with them.

    A fault in one changes nothing about the incident or the others: what is not translated is shown as it was written.
    """
    found: dict[str, Translation] = {}
    faults: list[Fault] = []
    for file in sorted(files, key=lambda file: file.path):
        language = language_ending(file.path)
        if reason := _not_shown(language, found, terms):
            faults.append(Fault(path=file.path, what=reason, severity=Severity.WARNING))
            continue
        content = _read(file, incident, terms)
        faults += _told(content)
        if not content.is_broken:
            found[language], unmatched = _translation(content, incident, language=language, path=file.path)
            faults += unmatched
    order = [language for language in INTERFACE_LANGUAGES if language in found]
    return replace(incident, translations=tuple(found[language] for language in order)), faults


def _not_shown(language: str, found: dict[str, Translation], terms: Terms) -> str:
    """Return why a translation is left out, whatever it says; empty where it is not."""
    if language == terms.language:
        return "is not shown: it is in the language of the site itself; write it into the incident's own file"
    if language not in INTERFACE_LANGUAGES:
        return f'is not shown: the pages do not speak "{language}"; they speak {", ".join(INTERFACE_LANGUAGES)}'
    if language == interface_language(terms.language):
        return f'is not shown: pages with words in "{language}" are those that show the files in "{terms.language}"'
    if language in found:
        return f"is not shown: there is another translation into the same language, {language}"
    return ""


def _read(file: SourceFile, incident: Incident, terms: Terms) -> FileContent:
    """Return what the file says; what is not even text is broken, and only that is told of it."""
    data = file.data or b""
    try:
        text, reason = decode(data), file.fault
    except Unreadable as error:
        text, reason = "", file.fault or str(error)
    content = read_translation(text, path=file.path, original=incident, terms=terms)
    if reason is None:
        return content
    breaking = (Breaking(path=file.path, what=reason),)
    return replace(content, faults=breaking, breaking=breaking)


def _told(content: FileContent) -> Iterator[Fault]:
    """Yield what is wrong with the file, with what the page shows in place of one that is broken."""
    for place, fault in enumerate(content.faults):
        is_first = content.is_broken and place == 0
        yield replace(fault, what=f"{fault.what}; until then {_SHOWN_INSTEAD}") if is_first else fault


def _translation(
    content: FileContent, incident: Incident, *, language: str, path: str
) -> tuple[Translation, list[Fault]]:
    """Return the words, each update under the id of the one that it translates: that of the same instant."""
    ids: defaultdict[datetime, list[str]] = defaultdict(list)
    for update in incident.updates:
        if not update.is_timed:
            ids[update.at].append(update.id)
    pairs, faults = [], []
    for written in in_order_of_writing(content.updates):
        if waiting := ids[written.update.at]:
            pairs.append((waiting.pop(0), _words(written)))
        else:
            faults.append(_unmatched(written, incident, path=path))
    header = content.header
    translation = Translation(
        language=language,
        title=header.title or "",
        summary=content.summary,
        make_good=content.make_good,
        sections=content.sections,
        updates=tuple(pairs),
    )
    return translation, faults


def _words(written: WrittenUpdate) -> UpdateWords:
    update = written.update
    return UpdateWords(
        body=update.body,
        what_you_can_do=update.what_you_can_do,
        still_working=update.still_working,
        hold=update.hold,
    )


def _unmatched(written: WrittenUpdate, incident: Incident, *, path: str) -> Fault:
    own = (f"{update.at:%Y-%m-%d %H:%M} UTC" for update in incident.updates if not update.is_timed)
    times = ", ".join(dict.fromkeys(own)) or "none"
    what = f"translates no update: there is none at {written.update.at:%Y-%m-%d %H:%M} UTC; there are {times}"
    return Fault(path=path, line=written.line, where="heading", what=what, severity=Severity.WARNING)
