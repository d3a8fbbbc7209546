"""A limit that is counted in looks at the watch, so that a test does not depend on how fast the machine is."""

from scheduler.solver.watch import Watch


class CountedWatch(Watch):
    """Over after so many looks."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self.looks = looks

    def is_over(self, grace: float = 0.0) -> bool:
        self.looks -= 1
        return self.looks < 0 or super().is_over(grace)
