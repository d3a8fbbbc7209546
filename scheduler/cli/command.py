"""How commands, options and their help look: in every language, and loaded only when they are called."""

import importlib
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

import click

from config import LANGUAGES
from scheduler.cli.call import Call, said
from scheduler.wording.texts import SOURCE

F = TypeVar("F", bound=Callable[..., Any])


def lang_of(context: click.Context) -> str:
    """The language of the call that a context belongs to."""
    call = context.find_object(Call)
    return call.lang if call else SOURCE


class Option(click.Option):
    """An option whose help is a text of ours."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option and its help."""
        record = super().get_help_record(ctx)
        text = self.help or ""
        return (record[0], said(text, lang_of(ctx)) + record[1].removeprefix(text)) if record else None


class Command(click.Command):
    """A command whose help is a text of ours."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first line of help."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=said("用法：", lang_of(ctx)))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(said(self.help or "", lang_of(ctx)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, and for a group its commands."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for param in options if (record := param.get_help_record(ctx)) is not None]
        with formatter.section(said("选项", lang_of(ctx))):
            formatter.write_dl([*records, *_general(lang_of(ctx))])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, whose own help is a text of ours as well."""
        help_option = super().get_help_option(ctx)
        if help_option:
            help_option.help = said("显示本说明", lang_of(ctx))
        return help_option


def _general(lang: str) -> list[tuple[str, str]]:
    """The options that may stand anywhere."""
    return [
        ("--json", said("只输出一个 JSON 文档", lang)),
        ("--as PERSON", said("以此人的权限执行（缺省：操作员）", lang)),
        (f"--lang {'|'.join(LANGUAGES)}", said("语言（缺省：TANXIN_LANG）", lang)),
    ]


class Place(NamedTuple):
    """Where a command is found when somebody calls it."""

    where: str
    """`module:name` below `scheduler.cli`."""
    help: str


class CommandGroup(Command, click.Group):
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
        with formatter.section(said("命令", lang)):
            formatter.write_dl([(name, said(text, lang)) for name, text in helps.items()])
        super().format_options(ctx, formatter)


def option(*names: str, help: str, **more: Any) -> Callable[[F], F]:  # noqa: A002 - click's own word
    """An option of ours."""
    return click.option(*names, cls=Option, help=help, **more)
