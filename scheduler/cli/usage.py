"""Sentences for what click could not understand."""

import click


def sentence(error: click.ClickException, lang: str) -> str:  # noqa: PLR0911 - one line per kind of mistake
    """One clear sentence, in the reader's language."""
    if lang == "en":
        return _english(error)
    match error:
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}{_perhaps(error)}。"
        case click.exceptions.NoSuchCommand():
            return f"没有命令 {error.command_name}{_perhaps(error)}。"
        case click.MissingParameter():
            return f"缺少 {_name(error)}。"
        case click.BadOptionUsage() if "requires" in error.message:
            return f"选项 {error.option_name} 后面缺少内容。"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 后面不能有内容。"
        case click.BadParameter():
            return f"{_name(error)}：{error.message}"
        case click.FileError():
            return f"打不开文件 {error.ui_filename}：{error.message}"
        case click.UsageError() if "unexpected extra argument" in error.message:
            return f"多余的内容：{error.message.rpartition('(')[2].rstrip(').')}。"
        case _:
            return error.format_message()


def _english(error: click.ClickException) -> str:
    """Click's own sentence, with our name for the parameter."""
    if isinstance(error, click.BadParameter) and not isinstance(error, click.MissingParameter):
        return f"{_name(error)}: {error.message}"
    return error.format_message()


def _name(error: click.BadParameter) -> str:
    """What a parameter is called where it is typed."""
    if error.param is None:
        return str(error.param_hint or "参数")
    if isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    return error.param.human_readable_name.upper()


def _perhaps(error: click.NoSuchOption | click.exceptions.NoSuchCommand) -> str:
    """Names that come near."""
    return f"（是 {' 或 '.join(error.possibilities)} 吗？）" if error.possibilities else ""
