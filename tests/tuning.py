"""Other parameters for one module of the solver."""

from dataclasses import replace
from types import ModuleType

import pytest

from scheduler.solver.parameters import Parameters


def tune(monkeypatch: pytest.MonkeyPatch, module: ModuleType, group: str, **values: float) -> None:
    """Let a module work with other values of a group, beside those it was given before."""
    before: Parameters = module.PARAMETERS
    changed = replace(getattr(before, group), **values)
    monkeypatch.setattr(module, "PARAMETERS", replace(before, **{group: changed}))
