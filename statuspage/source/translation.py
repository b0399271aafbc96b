"""Translations of an incident, `<slug>.<lang>.md`: the same form, of which only the words count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from statuspage.characters import decode
from statuspage.errors import Fault, Severity, Unreadable
from statuspage.model import INTERFACE_LANGUAGES, Incident, Translation, UpdateWords
from statuspage.source.components import Terms
from statuspage.source.folder import SourceFile
from statuspage.source.incident import FileContent, read_file
from statuspage.source.names import language_ending
from statuspage.source.updates import WrittenUpdate, in_order_of_writing


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
        content, broken = _read(file, terms)
        faults += broken
        if content is not None:
            faults += content.faults
            if not content.is_broken:
                found[language], unmatched = _translation(content, incident, language=language, path=file.path)
                faults += unmatched
    order = [language for language in INTERFACE_LANGUAGES if language in found]
    return replace(incident, translations=tuple(found[language] for language in order)), faults


def _not_shown(language: str, found: dict[str, Translation], terms: Terms) -> str:
    """Return why a translation is left out, whatever it says; empty where it is not."""
    if language not in INTERFACE_LANGUAGES:
        return f'is not shown: the pages do not speak "{language}"; they speak {", ".join(INTERFACE_LANGUAGES)}'
    if language == terms.language:
        return "is not shown: it is in the language of the site itself; write it into the incident's own file"
    if language in found:
        return f"is not shown: there is another translation into the same language, {language}"
    return ""


def _read(file: SourceFile, terms: Terms) -> tuple[FileContent | None, list[Fault]]:
    try:
        if file.fault or file.data is None:
            raise Unreadable(file.fault or "cannot be read")
        return read_file(decode(file.data), path=file.path, terms=terms), []
    except Unreadable as error:
        what = f"{error}; until then the page shows the words that it translates"
        return None, [Fault(path=file.path, what=what)]


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
