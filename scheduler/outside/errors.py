"""The one way in which fetching fails."""


class Unfetchable(Exception):
    """It could not be fetched, or may not be; `kind` is for tests and counts. Whoever asked is told no more than that."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind
