"""How commands, options and their help look: in both languages, and loaded only when they are called."""

import importlib
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

import click

from scheduler.cli.call import Call

F = TypeVar("F", bound=Callable[..., Any])


def chosen(text: str, lang: str) -> str:
    """The half of a help text `中文 | English` that is wanted."""
    chinese, bar, english = text.partition(" | ")
    return english if bar and lang == "en" else chinese


def lang_of(context: click.Context) -> str:
    """The language of the call that a context belongs to."""
    call = context.find_object(Call)
    return call.lang if call else "zh"


class Option(click.Option):
    """An option with help in two languages."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option and the wanted half of its help."""
        record = super().get_help_record(ctx)
        return (record[0], chosen(record[1], lang_of(ctx))) if record else None


class Command(click.Command):
    """A command with help in two languages."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first line of help."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(
            ctx.command_path, pieces, prefix=chosen("用法：| Usage: ".replace("|", " |"), lang_of(ctx))
        )

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(chosen(self.help or "", lang_of(ctx)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, and for a group its commands."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for param in options if (record := param.get_help_record(ctx)) is not None]
        with formatter.section(chosen("选项 | Options", lang_of(ctx))):
            formatter.write_dl([*records, *_general(lang_of(ctx))])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, whose own help is in two languages as well."""
        found = super().get_help_option(ctx)
        if found:
            found.help = chosen("显示本说明 | Show this text", lang_of(ctx))
        return found


def _general(lang: str) -> list[tuple[str, str]]:
    """The options that may stand anywhere."""
    return [
        ("--json", chosen("只输出一个 JSON 文档 | Print exactly one JSON document", lang)),
        (
            "--as PERSON",
            chosen("以此人的权限执行（缺省：操作员） | Run with this person's rights (default: operator)", lang),
        ),
        ("--lang zh|en", chosen("语言（缺省：TANXIN_LANG） | Language (default: TANXIN_LANG)", lang)),
    ]


class Place(NamedTuple):
    """Where a command is found when somebody calls it."""

    where: str
    """`module:name` below `scheduler.cli`."""
    help: str


class Group(Command, click.Group):
    """Commands under one name; those in `places` are imported when they are called."""

    def __init__(self, *args: Any, places: Mapping[str, Place] | None = None, **more: Any) -> None:  # noqa: ANN401, RUF100 - handed on to click
        super().__init__(*args, **more)
        self.places = places or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return [*self.places, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command, imported now if need be."""
        if (place := self.places.get(cmd_name)) is None:
            return super().get_command(ctx, cmd_name)
        module, _, name = place.where.partition(":")
        command = getattr(importlib.import_module(f"scheduler.cli.{module}"), name)
        assert isinstance(command, click.Command)  # noqa: S101 - the table is our own
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was called; of one that there is not, names that come near."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            names = self.list_commands(ctx)
            raise click.exceptions.NoSuchCommand(error.command_name, possibilities=names, ctx=ctx) from None

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands first, then the options."""
        lang = lang_of(ctx)
        helps = {name: place.help for name, place in self.places.items()}
        helps |= {name: command.help or "" for name, command in self.commands.items()}
        with formatter.section(chosen("命令 | Commands", lang)):
            formatter.write_dl([(name, chosen(text, lang)) for name, text in helps.items()])
        super().format_options(ctx, formatter)


def option(*names: str, help: str, **more: Any) -> Callable[[F], F]:  # noqa: A002 - click's own word
    """An option of ours."""
    return click.option(*names, cls=Option, help=help, **more)
