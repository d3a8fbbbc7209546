"""The planner's own language: problem, plan, check. It knows nothing of the rest."""
