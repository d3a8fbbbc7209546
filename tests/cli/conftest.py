"""The command line on SQLite; that both databases answer alike is what the stories show."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command_line import CommandLine
from tests.conftest import import_sample
from tests.databases import Databases


@pytest.fixture
def cli(databases: Databases, tmp_path: Path) -> Iterator[CommandLine]:
    """The command line on an empty database with its schema."""
    address = databases.make("sqlite")
    yield CommandLine(address, tmp_path)
    databases.drop(address)


@pytest.fixture
def sample(databases: Databases, tmp_path: Path) -> Iterator[CommandLine]:
    """The command line on the sample organisation, on 2014-08-01 at 8:00; no rules are applied."""
    address = databases.make("sqlite", import_sample)
    yield CommandLine(address, tmp_path)
    databases.drop(address)


@pytest.fixture
def campaign(sample: CommandLine) -> CommandLine:
    """The same with 四必谈 and its extended talks applied, as RS1."""
    sample.json("rules", "apply", "cn.four-must-talks-extended")
    return sample


@pytest.fixture
def nowhere(tmp_path: Path) -> CommandLine:
    """The command line where no database was made yet."""
    return CommandLine(f"sqlite:///{tmp_path / 'instance' / 'tanxin.sqlite'}", tmp_path / "instance")
