"""The command `statuspage`: parses, calls one function, prints."""

from __future__ import annotations

import click

from statuspage import __version__
from statuspage.cli import authoring, compiling, holding, posting, serving, sites
from statuspage.cli.doctor import doctor
from statuspage.errors import StatusPageError


class _Program(click.Group):
    """The group of all commands; what a person can act on ends a command with a message and exit code 1."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the commands in the order in which people need them."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except StatusPageError as error:
            message = str(error)
        except BrokenPipeError:
            raise  # click ends quietly when the reader of our output has gone
        except OSError as error:
            if error.filename is None:
                raise
            message = f"{error.filename}: {error.strerror}"
        click.echo(message, err=True)
        return ctx.exit(1)


@click.group(
    cls=_Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 something that you wrote is wrong, 2 wrong usage.",
)
@click.version_option(__version__, message="statuspage %(version)s")
@click.option(
    "--plain-markdown",
    envvar="STATUSPAGE_PLAIN_MARKDOWN",
    type=click.Choice(["on", "off"]),
    default="on",
    hidden=True,  # only to compare: both give the same bytes
)
def main(plain_markdown: str) -> None:
    """A status page, its feeds, its JSON and the message that callers hear on hold, made from Markdown incidents."""
    if plain_markdown == "off":
        from statuspage.render.markup import use_plain_markdown

        use_plain_markdown(is_on=False)


for command in (
    sites.init,
    serving.serve,
    compiling.build,
    compiling.check,
    authoring.new,
    authoring.update,
    authoring.resolve,
    authoring.maintenance,
    posting.post,
    holding.hold,
    sites.import_site,
    doctor,
):
    main.add_command(command)
