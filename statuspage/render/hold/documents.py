"""The files that phone systems fetch: the words, the same for a speech engine, and what programs need to know."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from statuspage.render.hold.facts import next_update_at, recently_fixed
from statuspage.render.hold.lasting import message_seconds
from statuspage.render.hold.sounds import Sound, Sounds, whole_sounds
from statuspage.render.hold.speech import words_in
from statuspage.render.hold.ssml import ssml_document
from statuspage.render.hold.twiml import twiml_documents
from statuspage.render.hold.voicexml import voicexml_document
from statuspage.render.hold.wordings import Message, Messages, catalogue_for
from statuspage.render.json_text import JsonObject, json_bytes, json_instant_or_null
from statuspage.shown import Shown, ShownIncident


def render_hold(shown: Shown, messages: Messages, sounds: Sounds) -> dict[str, bytes]:
    """Return the documents of each language, `hold/<lang>.txt`, `.ssml`, `.vxml` and `hold/<lang>/twiml-{1,2,3}.xml`.

    And `hold/hold.json`. The names are the same in every state. Where the sound of a wording is there, they play it.
    """
    files: dict[str, bytes] = {}
    for language, wordings in messages.items():
        played = [
            f"{shown.site.url}/{sound.twin('wav')}" if sound else None for sound in whole_sounds(sounds, language)
        ]
        tag, folder = _tag(language), f"hold/{language}/"
        files[f"hold/{language}.txt"] = _text(wordings)
        files[f"hold/{language}.ssml"] = ssml_document(wordings, tag).encode()
        files[f"hold/{language}.vxml"] = voicexml_document(wordings, tag, played).encode()
        twiml = twiml_documents(wordings, played, folder=f"{shown.site.url}/{folder}", tag=tag, music=shown.hold.music)
        files |= {folder + name: text.encode() for name, text in twiml.items()}
    return {"hold/hold.json": _summary(shown, messages, sounds, files)} | files


def seconds_of(message: Message, language: str) -> int:
    """Return how long a voice takes for a message at most; 0 for none."""
    return round(message_seconds(message, catalogue_for(language).pace))


def _text(wordings: Sequence[Message]) -> bytes:
    paragraphs = [" ".join(message) for message in wordings if message]
    return ("\n\n".join(paragraphs) + "\n").encode() if paragraphs else b""


def _summary(shown: Shown, messages: Messages, sounds: Sounds, files: Mapping[str, bytes]) -> bytes:
    """Return `hold.json`: keys in this order, languages in the order of the configuration."""
    hashes = {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
    hashes |= {file.path: file.sha256 for every in sounds.values() for sound in every for file in sound.files}
    zone = shown.site.zone
    spoken_of = _spoken_of(shown)
    return json_bytes(
        {
            "state": _state(shown),
            "valid_until": json_instant_or_null(shown.next_change_at, zone),
            "next_update": json_instant_or_null(next_update_at(shown), zone),
            "incidents": [
                {
                    "id": incident.source.id,
                    "slug": incident.source.slug,
                    "kind": "maintenance" if incident.is_maintenance else "incident",
                    "url": f"{shown.site.url}{incident.source.path}",
                }
                for incident in spoken_of
            ],
            "sha256": hashes,
            "languages": {
                language: _language(shown, language, wordings, sounds) for language, wordings in messages.items()
            },
        }
    )


def _language(shown: Shown, language: str, wordings: Sequence[Message], sounds: Sounds) -> JsonObject:
    texts = [" ".join(message) for message in wordings]
    lasting = zip(wordings, whole_sounds(sounds, language), strict=True)
    return {
        "lang": _tag(language),
        "texts": texts,
        "words": [words_in(text) for text in texts],
        "seconds": [round(sound.seconds) if sound else seconds_of(each, language) for each, sound in lasting],
        "urls": {
            "txt": f"{shown.site.url}/hold/{language}.txt",
            "ssml": f"{shown.site.url}/hold/{language}.ssml",
            "vxml": f"{shown.site.url}/hold/{language}.vxml",
            "twiml": f"{shown.site.url}/hold/{language}/twiml-1.xml",
        },
        "sound": [_sound(shown, sound) for sound in sounds.get(language, ())],
    }


def _sound(shown: Shown, sound: Sound) -> JsonObject:
    """Return what is heard of one wording, and where each form of it lies that will never say anything else."""
    return {
        "heard": sound.heard.value,
        "seconds": round(sound.seconds, 2),
        "level_db": sound.level_db,
        "urls": {file.form: f"{shown.site.url}/{file.twin}" for file in sound.files},
    }


def _state(shown: Shown) -> str:
    if shown.open_incidents:
        return "incident"
    if shown.active_maintenances:
        return "maintenance"
    return "resolved" if recently_fixed(shown) else "silent"


def _spoken_of(shown: Shown) -> tuple[ShownIncident, ...]:
    return (*shown.worst_first, *shown.active_maintenances, *recently_fixed(shown))


def _tag(language: str) -> str:
    """Return the language in which the words are: the site's tag where its catalogue exists, else English."""
    spoken = catalogue_for(language).language
    return language if language.lower().startswith(spoken) else spoken
