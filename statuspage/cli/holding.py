"""`hold`: the message that callers hear, as words and as sound."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statuspage.cli.hold_sync import sync
from statuspage.cli.options import now_option, site_option

if TYPE_CHECKING:
    from statuspage.shown import Shown

PATH_OF_FORMAT = {
    "text": "hold/{language}.txt",
    "ssml": "hold/{language}.ssml",
    "vxml": "hold/{language}.vxml",
    "twiml": "hold/{language}/twiml-1.xml",
    "json": "hold/hold.json",
}


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
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write it as sound: FILE ends in .wav, .ulaw or .alaw, or in -16k.wav or -connect.wav.",
)
@click.option(
    "--wording", type=click.IntRange(1, 3), default=1, show_default=True, help="Which of the three is to be sound."
)
def hold(
    context: click.Context,
    site_dir: Path,
    *,
    now: datetime,
    language: str | None,
    form: str,
    target: Path | None,
    wording: int,
) -> None:
    """Print the message that callers hear on hold, or write it as sound.

    It has three wordings; nothing is printed when nothing is to be said.
    """
    if context.invoked_subcommand:
        return
    from statuspage.pipeline import preview
    from statuspage.render.hold import hold_messages_by_language, render_hold

    shown = preview(site_dir, now).shown
    spoken = shown.hold.languages
    if language not in (None, *spoken):
        raise click.BadParameter(
            f'"{language}" is not spoken; this site speaks {", ".join(spoken)}', param_hint="--lang"
        )
    if target:
        _render(shown, language or spoken[0], wording, target, site_dir=site_dir)
        return
    words = render_hold(shown, hold_messages_by_language(shown))[
        PATH_OF_FORMAT[form].format(language=language or spoken[0])
    ].decode()
    if form == "text" and not words:
        click.echo("Nothing is open: callers hear no message.", err=True)
    click.echo(words, nl=bool(words) and not words.endswith("\n"))


def _render(shown: Shown, language: str, wording: int, target: Path, *, site_dir: Path) -> None:
    """Write one wording as sound, and say how long it is."""
    from statuspage.errors import StatusPageError
    from statuspage.layout import VAR
    from statuspage.render.hold import hold_messages_by_language
    from statuspage.sound import ENDINGS, what_is_missing
    from statuspage.whole_file import write_whole

    ending = next((each for each in sorted(ENDINGS, key=len, reverse=True) if target.name.endswith(each)), None)
    if ending is None:
        raise click.BadParameter(f"a name ends in {', '.join(ENDINGS)}", param_hint="--render")
    if missing := what_is_missing():
        raise StatusPageError(missing)
    from statuspage.sound.forms import sound_of
    from statuspage.sound.voices import voice_of

    messages = hold_messages_by_language(shown)[language]
    sound = sound_of(messages[wording - 1], voice_of(language, site_dir / VAR / "sound"))
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, sound.by_ending[ending])
    level = "silence" if sound.level is None else f"speech at {sound.level} dB"
    click.echo(f"Wrote {target}: {sound.seconds} s, {level}.")


hold.add_command(sync)
