"""The ways to say no. Raise where you know it, catch only at the door; anything else is a bug and loud."""

from collections.abc import Sequence

from scheduler.core.ground.findings import Finding


class NotFound(LookupError):
    """There is no such thing, or the asker may not know that there is."""

    def __init__(self, noun: str, name: str) -> None:
        super().__init__(f"{noun} {name}")
        self.noun, self.name = noun, name


class NotAllowed(PermissionError):
    """The asker may not do or see this."""

    def __init__(self, action: str = "") -> None:
        super().__init__(action)
        self.action = action


class Refused(Exception):
    """The facts do not allow it; the blocking findings say why, the others are told along."""

    def __init__(self, blocking: Sequence[Finding], warnings: Sequence[Finding] = (), hints: Sequence[Finding] = ()):
        super().__init__(", ".join(f"{f.kind} {f.subject}" for f in blocking))
        self.blocking, self.warnings, self.hints = tuple(blocking), tuple(warnings), tuple(hints)


class Outdated(Exception):
    """Somebody was faster: the thing has changed since the asker looked."""

    def __init__(self, noun: str, name: str) -> None:
        super().__init__(f"{noun} {name}")
        self.noun, self.name = noun, name


class Malformed(ValueError):
    """The words cannot be understood: `field` names where, `kind` what is wrong (a key of `wording`)."""

    def __init__(self, kind: str, field: str, **details: object) -> None:
        super().__init__(f"{field}: {kind} {details}")
        self.kind, self.field, self.details = kind, field, details


class Busy(Exception):
    """Too many are writing at once, or the database is away for a moment: nothing was changed, try again soon."""

    def __init__(self, retry_after: int = 2) -> None:
        super().__init__(f"busy, try again in {retry_after} s")
        self.retry_after = retry_after
        """Seconds after which trying again makes sense."""


class NotReady(Exception):
    """The database cannot be used: `kind` is `no_schema`, `old_schema`, `no_guards` (`why` names those missing) or `unreachable` (`why`: what the driver said)."""

    def __init__(self, kind: str, why: str = "") -> None:
        super().__init__(f"{kind} {why}".strip())
        self.kind, self.why = kind, why
