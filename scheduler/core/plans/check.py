"""Whether a plan is sound: every hard rule looked at from its definition alone, and whether what the plan says is true.

Shares nothing with the solver and does not use `grid`, so that a mistake made there is seen here. Talks and sessions
take whole grid steps, rounded up; touching ends do not clash. The parts: when things are (`times`), who and what
they take (`occupancy`), how many there are (`maxima`), what the plan claims (`claims`), how good it is (`values`).
"""

from scheduler.core.ground.findings import Finding
from scheduler.core.plans import claims, maxima, occupancy, times
from scheduler.core.plans.case import Case
from scheduler.core.plans.differences import Difference, Moved, difference
from scheduler.core.plans.placements import Plan
from scheduler.core.plans.problems import PlanProblem
from scheduler.core.plans.values import values

__all__ = ["Difference", "Moved", "check", "difference", "values"]

RULES = (*times.RULES, *occupancy.RULES, *maxima.RULES, *claims.RULES)


def check(problem: PlanProblem, plan: Plan) -> list[Finding]:
    """Everything that is wrong with a plan; nothing if it is sound and what it says of itself is true."""
    case = Case.of(problem, plan)
    return [finding for rule in RULES for finding in rule(case)]
