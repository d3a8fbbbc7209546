"""init, serve, worker."""

from __future__ import annotations

import errno
import gc
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

from config import ROOT, Config
from scheduler.cli import demo, printing, worlds
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, option
from scheduler.cli.parsing import PORT
from scheduler.core.ground.access import Role
from scheduler.services.accounts import register as accounts
from scheduler.services.ground import schema
from scheduler.services.ground import workdays as workday_service

PATIENCE = 10
"""Seconds that the background process is given to stop."""
BACKLOG = 1024


@click.command("init", cls=Command, help="建立或升级数据库结构（不含示例）")
@click.pass_obj
def init(call: Call) -> None:
    """Make the schema or bring it up to date, and fill the workday table for the years that are known."""
    set_up(call)
    call.answer({"ok": True}, lambda: [call.say("数据库已就绪。")])


def set_up(call: Call) -> None:
    """A database that everything else can use; quick and harmless when it is one already."""
    schema.upgrade(call.config.database_url)
    with call.opened() as (session, _):
        workday_service.seed(session, call.clock)


@click.command("worker", cls=Command, help="启动后台进程（心跳、清理过期登录与订阅）")
@option("--follow", type=int, default=None, hidden=True, help="随父进程停止")
@click.pass_obj
def worker(call: Call, follow: int | None) -> None:
    """Work in the background until told to stop."""
    with call.opened():
        pass  # a database that is not ready is said now, not waited for
    call.doors.work(call.config, follow)


@click.command("serve", cls=Command, help="启动网站")
@option("--host", default=None, help="监听地址（缺省 127.0.0.1）")
@option("--port", type=PORT, default=None, help="端口（缺省 5000）")
@option("--demo", "is_demo", is_flag=True, help="首次启动时导入示例机构并建演示账户，并启动后台进程")
@option("--world", type=click.Choice(worlds.names()), default=None, help="与 --demo 同用：换一个示例机构")
@option("--worker", "has_worker", is_flag=True, help="同时启动后台进程（自动排期、邮件由它来做）")
@click.pass_obj
def serve(call: Call, host: str | None, port: int | None, is_demo: bool, world: str | None, has_worker: bool) -> None:
    """Serve pages, API and feeds until told to stop."""
    if call.given.is_json:
        raise Misused(call.say("serve 没有 --json。"))
    environ = dict(call.environ) | ({"HOST": host} if host else {}) | ({"PORT": str(port)} if port else {})
    config = Config.from_environ(environ)
    with _listening(config, call) as listener:
        if is_demo:
            shown = worlds.world(world)
            set_up(call)
            environ |= demo.environment(call, shown)
            config = Config.from_environ(environ)
            lines = demo.prepare(call, config, shown)
        else:
            lines = [config.base_url, *_first_links(call, config)]
        app = _app(call, config)
        with _stopping(), _background(environ, is_wanted=is_demo or has_worker):
            printing.say(*printing.box(lines))
            sys.stdout.flush()
            _serve(app, listener)


def _first_links(call: Call, config: Config) -> list[str]:
    """Where whoever sets up a new installation begins; nothing once somebody has."""
    with call.opened() as (session, _):
        links = accounts.first_links(session, call.clock)
    if not links:
        return []
    addresses = {role: f"{config.base_url}/set-password/{token}" for role, token in links.items()}
    return [
        "",
        call.say("还没有人登录过。组织者从这里开始（设密码，只能用一次，7 天内有效）："),
        addresses[Role.ORGANIZER],
        call.say("以后管理账户的人："),
        addresses[Role.ADMIN],
    ]


def _app(call: Call, config: Config) -> object:
    """The web application, on a database that is ready."""
    with call.opened():
        pass
    return call.doors.create_app(config)


@contextmanager
def _listening(config: Config, call: Call) -> Iterator[socket.socket]:
    """The socket to serve at, held before anything slow happens; a port that is taken is refused with a sentence."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((config.host, config.port))
            listener.listen(BACKLOG)
        except OSError as error:
            raise Misused(_cannot_listen(error, config, call)) from error
        yield listener


def _cannot_listen(error: OSError, config: Config, call: Call) -> str:
    """Why an address cannot be listened on, and what helps."""
    if error.errno == errno.EADDRINUSE:
        return call.say(
            "端口 %(port)s 已被占用；用 --port 另选一个（make run 时：PORT=5001 make run）。", port=config.port
        )
    return call.say(
        "不能在 %(host)s:%(port)s 上监听：%(strerror)s。", host=config.host, port=config.port, strerror=error.strerror
    )


@contextmanager
def _stopping() -> Iterator[None]:
    """SIGTERM stops as cleanly as Ctrl-C does."""

    def on_signal(_: int, __: FrameType | None) -> None:
        raise SystemExit(0)

    before = signal.signal(signal.SIGTERM, on_signal)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _background(environ: dict[str, str], *, is_wanted: bool) -> Iterator[None]:
    """The background process beside the server; it stops when the server does."""
    if not is_wanted:
        yield
        return
    words = [sys.executable, "-m", "scheduler", "worker", "--follow", str(os.getpid())]
    # In a session of its own, so that Ctrl-C reaches the server alone, which then stops it.
    child = subprocess.Popen(words, env=environ, cwd=ROOT, start_new_session=True)  # noqa: S603 - our own words
    try:
        yield
    finally:
        child.terminate()
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _serve(app: object, listener: socket.socket) -> None:
    """Serve until SIGTERM or Ctrl-C, then finish what is being answered."""
    from scheduler.cli import serving

    server = serving.make(app, listener, threads=8)
    gc.collect()
    gc.freeze()  # what was imported stays: going through it again and again would hold up large pages by a third of a second
    try:
        server.run()
    finally:
        server.close()
