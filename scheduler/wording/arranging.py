"""Why a talk found no place, what keeps a plan from being better, and what would help: by name, and with the numbers."""

from scheduler.core.ground.findings import Finding
from scheduler.wording import findings, plan_reasons
from scheduler.wording.plan_reasons import NameOf, repair_text

__all__ = ["NameOf", "reason_text", "repair_text"]


def reason_text(finding: Finding, name_of: NameOf, lang: str = "zh") -> str:
    """Why something has no place, or what binds a plan. Other findings are said as everywhere."""
    if finding.kind in plan_reasons.SENTENCES:
        return plan_reasons.sentence(finding, name_of, lang)
    return findings.text(finding, lang)
