"""The root command, the options that several commands share, and the list of commands."""

from __future__ import annotations

import importlib
import keyword
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dimchat import __version__
from dimchat.cli.chat import talk
from dimchat.cli.journal import switch_of, switch_options
from dimchat.cli.own_pack import complete_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

    from dimchat.journal import Mode

COMMANDS = {
    "ask": ("dimchat.cli.ask", "Answer questions from the arguments or from stdin."),
    "replay": ("dimchat.cli.ask", "Run whole conversations from JSON Lines."),
    "explain": ("dimchat.cli.ask", "Say why a question gets its reply."),
    "topics": ("dimchat.cli.topics", "List what can be asked."),
    "show": ("dimchat.cli.topics", "Print one answer with its sources."),
    "check": ("dimchat.cli.check", "List the problems of a pack."),
    "test": ("dimchat.cli.check", "Run the regression cases of a pack."),
    "watch": ("dimchat.cli.watch", "Show what each edit of a pack breaks and moves, while it is made."),
    "facts": ("dimchat.cli.facts", "List the values of a pack, and hold each answer to its figures."),
    "links": ("dimchat.cli.links", "Find dead and moved addresses of sources; goes to the network."),
    "due": ("dimchat.cli.facts", "List what must be reviewed, and by whom."),
    "baseline": ("dimchat.cli.baseline", "Record the replies of a pack, to compare with later."),
    "diff": ("dimchat.cli.baseline", "Show which replies an edit changed, and what led to it."),
    "coverage": ("dimchat.cli.coverage", "Show what the cases of a pack leave untested."),
    "robustness": ("dimchat.cli.robustness", "Vary the cases and see whether the answers hold."),
    "evaluate": ("dimchat.cli.robustness", "Score a pack on what it has not learnt."),
    "new": ("dimchat.cli.new", "Start a pack of your own."),
    "import": ("dimchat.cli.exchange", "Bring in an answer set of another program."),
    "export": ("dimchat.cli.exchange", "Take a pack out, for other programs or as a site."),
    "suggest": ("dimchat.cli.suggest", "Propose names and cues for the vocabulary of a pack."),
    "pack": ("dimchat.cli.pack", "Publish signed versions of a pack, fetch and verify them."),
    "upgrade": ("dimchat.cli.new", "Bring a pack of an older format up to the newest."),
    "tune": ("dimchat.cli.check", "Compute and write the calibration of a pack."),
    "serve": ("dimchat.cli.serve", "Serve the chat, or the kiosk, to browsers."),
    "schema": ("dimchat.cli.check", "Print the JSON Schemas of a pack's files."),
    "kiosk": ("dimchat.cli.kiosk", "Run an unattended stand."),
    "insights": ("dimchat.cli.insights", "Show what people asked, and what went unanswered."),
    "review": ("dimchat.cli.insights", "Turn unanswered questions into phrases and cases."),
    "journal": ("dimchat.cli.journal", "Look at, export and purge the opt-in record of questions."),
    "fleet": ("dimchat.cli.fleet", "Keep the journal of many stands in one database."),
}
"""Where each command stands and what it does in a line, so that `--help` imports none of them."""


class Commands(click.Group):
    """A group that imports a command's module only when that command runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        """Import and return a command; None when there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command = getattr(module, f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name)
        return command if isinstance(command, click.Command) else None

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return what may follow: names of commands from the table, so that none is imported, and options."""
        from click.shell_completion import CompletionItem

        names = [CompletionItem(name, help=text) for name, (_, text) in COMMANDS.items() if name.startswith(incomplete)]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command when there is none of this name."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            from dimchat.files.text import did_you_mean

            hint = did_you_mean(args[0], COMMANDS, least=60) or f"; to ask something: dimchat ask {args[0]} ..."
            raise click.UsageError(f"there is no command {args[0]!r}{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """Write the table of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


def pack_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--pack DIR` to a command, passed on as `pack_dir`."""
    return click.option(
        "--pack",
        "pack_dir",
        type=click.Path(path_type=Path),
        metavar="DIR",
        shell_complete=complete_folder,
        help="The folder of another answer pack; without it, the one that dimchat carries.",
    )(command)


def language_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--language CODE` to a command."""
    return click.option(
        "--language", metavar="CODE", help="Begin in this language of the pack, such as es; without it, in its own."
    )(command)


def print_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's signature
    """Print the version and stop."""
    if value and not ctx.resilient_parsing:
        click.echo(f"dimchat {__version__}")
        ctx.exit(0)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=print_version, help="Print the version."
)
@click.option("--plain", is_flag=True, help="Chat line by line: no drawing, no colour; for screen readers and pipes.")
@click.option(
    "--settings",
    "settings_path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Take the chat's settings from this file.",
)
@click.option("--resume", is_flag=True, help="Go on with the last conversation, where the settings let it be saved.")
@click.option("--no-motion", is_flag=True, help="Let nothing on the screen move, whatever the settings say.")
@language_option
@click.option("--watch", is_flag=True, help="Read the pack again between questions where its files were touched.")
@pack_option
@switch_options
@click.pass_context
def dimchat(
    ctx: click.Context,
    *,
    plain: bool,
    resume: bool,
    settings_path: Path | None,
    no_motion: bool,
    watch: bool,
    language: str | None,
    pack_dir: Path | None,
    journal_mode: Mode,
    journal_url: str | None,
    journal_days: int,
) -> int:
    """Answer questions from a pack of curated, sourced answers.

    Without a command the chat starts; where there is no terminal, it runs line by line. Every answer
    was written beforehand: nothing is generated and nothing leaves this machine.
    """
    if ctx.invoked_subcommand is not None:
        given = {
            "--plain": plain,
            "--resume": resume,
            "--settings": settings_path is not None,
            "--no-motion": no_motion,
            "--watch": watch,
            "--language": language is not None,
            "--journal": journal_mode != "off" or journal_url is not None,
        }
        for option in (name for name, is_given in given.items() if is_given):
            raise click.UsageError(f"{option} belongs to the chat, not to a command.", ctx)
        if pack_dir is not None:
            raise click.UsageError(f"--pack comes after the command: dimchat {ctx.invoked_subcommand} --pack DIR", ctx)
        return 0

    return talk(
        plain=plain,
        resume=resume,
        settings_path=settings_path,
        no_motion=no_motion,
        pack_dir=pack_dir,
        watch=watch,
        language=language,
        switch=switch_of(journal_mode, journal_url, journal_days),
    )
