"""Sentences for what click could not understand."""

import click

from scheduler.cli.call import said
from scheduler.wording.texts import either, within


def sentence(error: click.ClickException, lang: str) -> str:  # noqa: C901, PLR0911 - one line per kind of mistake
    """One clear sentence, in the reader's language."""
    match error:
        case click.NoSuchOption(possibilities=[_, *_]):
            near = either(sorted(error.possibilities or ()), lang)
            return said("没有选项 %(option)s（是 %(near)s 吗？）。", lang, option=error.option_name, near=near)
        case click.NoSuchOption():
            return said("没有选项 %(option)s。", lang, option=error.option_name)
        case click.exceptions.NoSuchCommand(possibilities=[_, *_]):
            near = either(sorted(error.possibilities or ()), lang)
            return said("没有命令 %(command)s（是 %(near)s 吗？）。", lang, command=error.command_name, near=near)
        case click.exceptions.NoSuchCommand():
            return said("没有命令 %(command)s。", lang, command=error.command_name)
        case click.MissingParameter(param=click.Argument()):
            return said(within("argument", "缺少 %(name)s。"), lang, name=_name(error, lang))
        case click.MissingParameter():
            return said("缺少 %(name)s。", lang, name=_name(error, lang))
        case click.BadOptionUsage() if "requires" in error.message:
            return said("选项 %(option)s 后面缺少内容。", lang, option=error.option_name)
        case click.BadOptionUsage():
            return said("选项 %(option)s 后面不能有内容。", lang, option=error.option_name)
        case click.BadParameter():
            return said("%(name)s：%(what)s", lang, name=_name(error, lang), what=error.message)
        case click.FileError():
            return said("打不开文件 %(file)s：%(why)s", lang, file=error.ui_filename, why=error.message)
        case click.UsageError() if "unexpected extra argument" in error.message:
            return said("多余的内容：%(words)s。", lang, words=error.message.rpartition("(")[2].rstrip(")."))
        case _:
            return error.format_message()


def _name(error: click.BadParameter, lang: str) -> str:
    """What a parameter is called where it is typed."""
    if error.param is None:
        return str(error.param_hint or said("参数", lang))
    if isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    return error.param.human_readable_name.upper()
