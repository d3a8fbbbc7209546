"""Rates: the one way in which a part of a whole becomes percent, on pages, in papers and in JSON."""


def percent(part: int, whole: int) -> float | None:
    """So many of so many in percent with one decimal, half up (15 of 48 is 31.3); None: of nothing.

    It is never 100.0 while anything is missing: 1999 of 2000 is 99.9.
    """
    if not whole:
        return None
    tenths = (2000 * part + whole) // (2 * whole)
    return (tenths if part >= whole else min(tenths, 999)) / 10
