"""Files that were uploaded for a preview, kept until they are accepted: in the instance folder, for their sender, for an hour."""

import hashlib
import io
import os
import secrets
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

from scheduler import edge
from scheduler.core.ground.errors import NotFound
from scheduler.services.imports.run import Upload

LASTS = 3600
"""Seconds."""


def keep(uploads: Sequence[Upload]) -> str:
    """Keep some files; the answer is what its sender asks for them with."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(folder)
    token = secrets.token_urlsafe(24)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for number, upload in enumerate(uploads):
            archive.writestr(f"{number:03}/{upload.name}", upload.data)
    descriptor = os.open(_path(token), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(packed.getvalue())
    return token


def kept(token: str) -> list[Upload]:
    """The files again, byte by byte; NotFound if they are not there, too old, or somebody else's."""
    path = _path(token)
    if not path.is_file() or path.stat().st_mtime < time.time() - LASTS:
        raise NotFound("upload", "")
    with zipfile.ZipFile(path) as archive:
        return [Upload(name.partition("/")[2], archive.read(name)) for name in archive.namelist()]


def drop(token: str) -> None:
    """Take the files away: they were accepted."""
    _path(token).unlink(missing_ok=True)


def _folder() -> Path:
    return edge.settings().instance / "uploads"


def _path(token: str) -> Path:
    """Where files are kept: the name tells neither the token nor the sender, and fits only the two together."""
    return _folder() / hashlib.sha256(f"{edge.actor().account} {token}".encode()).hexdigest()


def _sweep(folder: Path) -> None:
    """Take away what nobody accepted in time."""
    for path in folder.iterdir():
        if path.stat().st_mtime < time.time() - LASTS:
            path.unlink(missing_ok=True)
