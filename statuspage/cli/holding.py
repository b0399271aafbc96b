"""`hold`: the message that callers hear, as words and as sound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statuspage.cli.hold_agi import agi
from statuspage.cli.hold_sync import sync
from statuspage.cli.options import now_option, site_option, wrong_usage_of
from statuspage.errors import FaultyFiles

if TYPE_CHECKING:
    from statuspage.pipeline import Preview
    from statuspage.render.hold import Message
    from statuspage.sound import Take

PATH_OF_FORMAT = {
    "text": "hold/{language}.txt",
    "ssml": "hold/{language}.ssml",
    "vxml": "hold/{language}.vxml",
    "twiml": "hold/{language}/twiml-1.xml",
    "json": "hold/hold.json",
}
SILENT = "Nothing is open: callers hear no message."


@click.group(invoke_without_command=True)
@click.pass_context
@site_option
@now_option
@click.option("--lang", "language", metavar="LANG", help="The language, such as en; default: the site's first.")
@click.option(
    "--format", "form", type=click.Choice(tuple(PATH_OF_FORMAT)), default="text", show_default=True, help="The form."
)
@click.option(
    "--render",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write its sound instead: .wav, .ulaw, .alaw, …-16k.wav, or …-connect.wav for Amazon Connect.",
)
@click.option("--play", "plays", is_flag=True, help="Play its sound here.")
@click.option(
    "--wording", type=click.IntRange(1, 3), default=1, show_default=True, help="Which wording to render or play."
)
def hold(
    context: click.Context,
    site_dir: Path,
    *,
    now: datetime,
    language: str | None,
    form: str,
    file: Path | None,
    plays: bool,
    wording: int,
) -> None:
    """Print the message that callers hear on hold, how long each wording is, and what no voice can say.

    Nothing is printed when nothing is to be said.
    """
    if context.invoked_subcommand:
        return
    from statuspage.pipeline import preview

    seen = preview(site_dir, now)
    spoken = seen.shown.hold.languages
    if language not in (None, *spoken):
        raise click.BadParameter(
            f'"{language}" is not spoken; this site speaks {", ".join(spoken)}', param_hint="--lang"
        )
    if file or plays:
        _sound(seen, site_dir, file, language=language or spoken[0], wording=wording, plays=plays)
    else:
        _print(seen, language or spoken[0], form)
        if form == "text":
            _warn(site_dir)


def _print(seen: Preview, language: str, form: str) -> None:
    from statuspage.render.hold import hold_messages_by_language, render_hold

    messages = hold_messages_by_language(seen.shown)
    words = render_hold(seen.shown, messages, {})[PATH_OF_FORMAT[form].format(language=language)].decode()
    click.echo(words, nl=bool(words) and not words.endswith("\n"))
    if form == "text":
        for note in _lengths(messages[language], language):
            click.echo(note, err=True)


def _warn(site_dir: Path) -> None:
    """Say what callers are to hear and no voice can say."""
    from statuspage.cli.site_files import read_site_files, unspeakable_in

    # Without settings that can be read, the last good ones are in force, and `check` says what is wrong with these.
    with suppress(FaultyFiles):
        for fault in unspeakable_in(read_site_files(site_dir)):
            click.echo(str(fault), err=True)


def _lengths(wordings: Sequence[Message], language: str) -> Iterator[str]:
    from statuspage.render.hold import seconds_of, words_in

    if not any(wordings):
        yield SILENT
    for number, message in enumerate(wordings, start=1):
        if message:
            yield f"{number}: {words_in(' '.join(message))} words, at most {seconds_of(message, language)} seconds."


def _sound(seen: Preview, site_dir: Path, file: Path | None, *, language: str, wording: int, plays: bool) -> None:
    from statuspage.sound import PCM, form_named, play, seconds_of
    from statuspage.whole_file import write_whole

    with wrong_usage_of("--render"):
        ending = form_named(file.name) if file else PCM
    take = _take(seen, site_dir, language=language, wording=wording)
    heard = f"by {take.source}" if take.source else "silence, because nothing is open"
    if file:
        write_whole(file, take.forms[ending])
        click.echo(f"Wrote {file}: {seconds_of(take.forms):.1f} seconds, {heard}.")
    if plays:
        click.echo(f"Playing {seconds_of(take.forms):.1f} seconds, {heard}.")
        with wrong_usage_of("--play"):
            play(take.forms[PCM])


def _take(seen: Preview, site_dir: Path, *, language: str, wording: int) -> Take:
    """Return a wording as it is heard; says what is wrong with recordings."""
    from statuspage.render.hold import hold_messages_by_language
    from statuspage.sound import Place, Studio, scripts_of

    paths = {each.shown.source.slug: each.name.path for each in seen.in_hand}
    messages = hold_messages_by_language(seen.shown)
    scripts, faults = scripts_of(seen.shown, messages, site_dir=site_dir, paths=paths)
    for fault in faults:
        click.echo(str(fault), err=True)
    return Studio(site_dir).make(next(each for each in scripts if each.place == Place(language, wording)))


hold.add_command(sync)
hold.add_command(agi)
