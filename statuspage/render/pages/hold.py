"""The page for call-centre staff and telephone people: what callers hear on hold, and how their systems fetch it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from statuspage.render.hold import Message, Messages, Sound, Sounds, seconds_of, whole_sounds, words_in
from statuspage.render.language import Language, language_of
from statuspage.render.pages.frame import Frame, Head
from statuspage.shown import Shown
from statuspage.translatable import translatable

_EACH_TURN = translatable("It looks for news at each turn.")
_EACH_DOCUMENT = translatable("It asks for news whenever a document has ended.")
_WITHIN_SECONDS = translatable("What it plays is at most 15 seconds old.")
_BY_HAND = translatable("It keeps a file until you bring another: do so at each update.")
_TESTED = translatable("tested with {version}")
_DOCUMENTED = translatable("from its documentation")
_SYSTEMS = (
    (
        "Asterisk",
        "16.28",
        "; queues.conf\n"
        "periodic-announce={folder}/message-1.ulaw,{folder}/message-2.ulaw,{folder}/message-3.ulaw\n"
        "periodic-announce-frequency=45\n"
        "; extensions.conf, for one caller\n"
        "same => n,Playback({folder}/message-1.ulaw)\n"
        "; the same with statuspage hold agi {site}\n"
        "same => n,AGI(agi://127.0.0.1/{language})",
        _EACH_TURN,
    ),
    (
        "Asterisk, music on hold",
        "16.28",
        "; musiconhold.conf\n[default]\nmode=files\ndirectory=moh\nannouncement={folder}/message-1.ulaw",
        _EACH_TURN,
    ),
    ("VoiceXML", "", "{site}/hold/{language}.vxml", _EACH_TURN),
    (
        "FreeSWITCH, mod_callcenter",
        "",
        '<param name="announce-sound" value="http_cache://{folder}/message-1.wav"/>\n'
        '<param name="announce-frequency" value="45"/>',
        _WITHIN_SECONDS,
    ),
    (
        "FreeSWITCH, local_stream",
        "",
        '<param name="chime-list" value="http_cache://{folder}/message-1.wav,http_cache://{folder}/message-2.wav"/>\n'
        '<param name="chime-freq" value="45"/>',
        _WITHIN_SECONDS,
    ),
    (
        "Twilio, Telnyx, SignalWire",
        "",
        '<Enqueue waitUrl="{folder}/twiml-1.xml" waitUrlMethod="GET">support</Enqueue>',
        _EACH_DOCUMENT,
    ),
    (
        "Amazon Connect",
        "",
        "curl -O {folder}/message-1-connect.wav\naws s3 cp message-1-connect.wav s3://BUCKET/status/{language}.wav",
        _BY_HAND,
    ),
    ("Genesys Cloud", "", "curl -O {folder}/message-1.wav", _BY_HAND),
    (
        "Microsoft Teams",
        "",
        "curl -O {folder}/message-1-16k.wav\n"
        "$file = Import-CsOnlineAudioFile -ApplicationId HuntGroup -FileName status.wav "
        "-Content ([IO.File]::ReadAllBytes('message-1-16k.wav'))\n"
        "Set-CsCallQueue -Identity QUEUE -MusicOnHoldAudioFileId $file.Id",
        _BY_HAND,
    ),
    ("3CX", "", "curl -O {folder}/message-1.wav", _BY_HAND),
)
"""Each telephone system: which version our tests call, what to give it, and how it sees a change (HOLD.md §1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One of the three wordings."""

    text: str
    length: str
    """`43 words, 17 seconds`."""
    sound: str
    """The address of its sound; empty where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """The wordings of one language."""

    language: str
    name: str
    direction: str
    wordings: tuple[Wording, ...]
    """Empty when nothing is to be said."""
    is_heard: bool
    """False where callers hear something shorter for now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TelephoneSystem:
    """What to give one telephone system."""

    name: str
    source: str
    """`tested with 16.28`, or that it is from the documentation."""
    lines: str
    caching: str


def render_hold_page(shown: Shown, messages: Messages, sounds: Sounds, frame: Frame) -> dict[str, bytes]:
    """Return `hold/index.html`."""
    text = frame.language.text
    head = Head(
        path="hold/index.html",
        title=text("What callers hear"),
        description=text("The message that callers hear on hold, to read, to play and to fetch."),
        level=None,
    )
    spoken = tuple(_spoken(language, wordings, sounds, frame.language) for language, wordings in messages.items())
    return frame.page(
        head,
        "hold.html",
        since=shown.updated_at,
        spoken=spoken,
        systems=_systems(shown.site.url, next(iter(messages), "en"), frame.language),
    )


def _spoken(language: str, messages: Sequence[Message], sounds: Sounds, shown_in: Language) -> Spoken:
    whole = whole_sounds(sounds, language)
    wordings = tuple(
        Wording(
            text=text,
            length=_length(message, sound, language, shown_in),
            sound=f"hold/{language}/message-{number}.wav" if sounds else "",
        )
        for number, (message, sound) in enumerate(zip(messages, whole, strict=True), start=1)
        if (text := " ".join(message))
    )
    is_heard = not (sounds and wordings) or all(whole)
    spoken = language_of(language)
    return Spoken(language=language, name=spoken.name, direction=spoken.direction, wordings=wordings, is_heard=is_heard)


def _length(message: Message, sound: Sound | None, spoken: str, language: Language) -> str:
    seconds = round(sound.seconds) if sound else seconds_of(message, spoken)
    return language.text("{words} words, {seconds} seconds", words=words_in(" ".join(message)), seconds=seconds)


def _systems(site: str, spoken: str, language: Language) -> tuple[TelephoneSystem, ...]:
    given = {"site": site, "folder": f"{site}/hold/{spoken}", "language": spoken}
    return tuple(
        TelephoneSystem(
            name=name,
            source=language.text(_TESTED, version=version) if version else language.text(_DOCUMENTED),
            lines=lines.format(**given),
            caching=language.text(caching),
        )
        for name, version, lines, caching in _SYSTEMS
    )
