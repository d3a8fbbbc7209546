"""Other parameters for one module of the solver."""

from dataclasses import replace
from types import ModuleType

import pytest

from scheduler.solver.parameters import PARAMETERS


def tune(monkeypatch: pytest.MonkeyPatch, module: ModuleType, group: str, **values: float) -> None:
    """Let a module work with other values of a group."""
    changed = replace(getattr(PARAMETERS, group), **values)
    monkeypatch.setattr(module, "PARAMETERS", replace(PARAMETERS, **{group: changed}))
