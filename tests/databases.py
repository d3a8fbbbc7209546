"""Databases for tests, made by copying one that was prepared once for each process."""

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from uuid import uuid4

from sqlalchemy import make_url
from sqlalchemy.orm import Session

from scheduler.store import engine as engines
from scheduler.store import schema
from tests import cluster

Fill = Callable[[Session], None]


class Databases:
    """Makes databases of one kind, `sqlite` or `postgresql`, each a copy of a template."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._templates: dict[tuple[str, Fill | None], str] = {}
        self._made: list[str] = []

    def make(self, kind: str, fill: Fill | None = None) -> str:
        """The address of a fresh database with its schema, and with what `fill` puts there."""
        template = self._templates.get((kind, fill))
        if template is None:
            template = self._templates[kind, fill] = self._prepare(kind, fill)
        return self._copy(kind, template)

    def drop(self, address: str) -> None:
        """Take a database away."""
        url = make_url(address)
        if url.get_backend_name() == "postgresql":
            cluster.drop_database(str(url.database))
        else:
            for path in Path(str(url.database)).parent.glob(f"{Path(str(url.database)).name}*"):
                path.unlink()

    def close(self) -> None:
        """Take the templates away."""
        for (kind, _), name in self._templates.items():
            if kind == "postgresql":
                cluster.drop_database(name)

    def _prepare(self, kind: str, fill: Fill | None) -> str:
        name = f"tanxin_template_{uuid4().hex}"
        if kind == "postgresql":
            address = cluster.make_database(name).render_as_string(hide_password=False)
        else:
            address = f"sqlite:///{self.folder / name}.sqlite"
        engine = engines.make(address)
        schema.upgrade(engine)
        if fill:
            with closing(Session(engine, expire_on_commit=False)) as session:
                fill(session)
                session.commit()
        if kind == "sqlite":
            with engine.connect() as connection:  # all of it in the one file that is copied
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
        return name

    def _copy(self, kind: str, template: str) -> str:
        name = f"tanxin_test_{uuid4().hex}"
        if kind == "postgresql":
            return cluster.make_database(name, template).render_as_string(hide_password=False)
        shutil.copyfile(self.folder / f"{template}.sqlite", self.folder / f"{name}.sqlite")
        return f"sqlite:///{self.folder / name}.sqlite"


@cache
def is_strict() -> bool:
    """Whether a test that is skipped fails the run."""
    return os.environ.get("TANXIN_NO_SKIPS") == "1"
