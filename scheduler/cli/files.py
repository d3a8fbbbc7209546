"""Files that commands read and write: read up to a limit, written whole or not at all."""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeVar

from scheduler.cli.call import Call, Misused
from scheduler.core.ground.errors import Malformed
from scheduler.documents import json_files

T = TypeVar("T")


def read_bytes(path: str, most: int) -> bytes:
    """A file as far as it may reach, and an octet more where it is longer. Raises Malformed where there is none."""
    try:
        with Path(path).open("rb") as file:
            return file.read(most + 1)
    except (OSError, ValueError):
        raise Malformed("not_a_file", path) from None


def read_json(path: str, understand: Callable[[object], T]) -> T:
    """What is understood of a JSON file. Raises Malformed, which names the file and the place in it."""
    document = json_files.read(path, read_bytes(path, json_files.MAX_BYTES))
    try:
        return understand(document)
    except Malformed as error:
        place = f"{path} {error.field}" if error.field else path
        raise Malformed(error.kind, place, **error.details) from None


@dataclass(frozen=True, slots=True)
class Target:
    """A file that will be written when everything is done."""

    path: Path

    @classmethod
    def of(cls, text: str, call: Call, *, apart_from: str = "") -> Self:
        """A file that can be written, as far as can be known now; it is not another one that was given. Raises Misused."""
        try:
            path = Path(text)
            target = cls(path.resolve() if path.is_symlink() else path)
            is_other = bool(apart_from) and target.path.resolve() == Path(apart_from).resolve()
            if target.path.is_dir():
                raise IsADirectoryError
            if not is_other:
                target._try()
        except (OSError, ValueError):
            raise Misused(call.say("无法写入 %(text)s：文件夹不存在、不可写，或它本身是文件夹。", text=text)) from None
        if is_other:
            raise Misused(call.say("-o 会覆盖 %(apart_from)s，请另取文件名。", apart_from=apart_from))
        return target

    def _try(self) -> None:
        """Make a draft and remove it, to see whether that can be done."""
        if self._is_plain:
            draft = self._draft()
            draft.open("x").close()
            draft.unlink()

    @property
    def _is_plain(self) -> bool:
        """Whether it is a file, or nothing yet: something that can be replaced; `/dev/null` cannot."""
        return self.path.is_file() or not self.path.exists()

    def _draft(self) -> Path:
        return self.path.with_name(f".{self.path.name[:100]}.{secrets.token_hex(8)}")

    def write(self, text: str) -> None:
        """Write the file: readers see the old content or the new one, never a part."""
        self.write_bytes(text.encode())

    def write_bytes(self, data: bytes) -> None:
        """The same of bytes."""
        if not self._is_plain:
            self.path.write_bytes(data)
            return
        draft = self._draft()
        try:
            with draft.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.path)
        finally:
            draft.unlink(missing_ok=True)
