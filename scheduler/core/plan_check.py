"""Whether a plan is sound: every hard rule looked at from its definition alone, and whether what the plan says is true.

Shares nothing with the solver and does not use `plan_grid`, so that a mistake made there is seen here. Talks and sessions
take whole grid steps, rounded up; touching ends do not clash. The parts: when things are (`plan_times`), who and what
they take (`plan_occupancy`), what the plan claims (`plan_claims`), how good it is (`plan_values`).
"""

from scheduler.core import plan_claims, plan_occupancy, plan_times
from scheduler.core.findings import Finding
from scheduler.core.plan_case import Case
from scheduler.core.plan_differences import Difference, Moved, difference
from scheduler.core.plan_values import values
from scheduler.core.plans import Plan
from scheduler.core.problems import PlanProblem

__all__ = ["Difference", "Moved", "check", "difference", "values"]

RULES = (*plan_times.RULES, *plan_occupancy.RULES, *plan_claims.RULES)


def check(problem: PlanProblem, plan: Plan) -> list[Finding]:
    """Everything that is wrong with a plan; nothing if it is sound and what it says of itself is true."""
    case = Case.of(problem, plan)
    return [finding for rule in RULES for finding in rule(case)]
