"""Kinds of calendar program, told by what they say of themselves; no more of that is kept."""

from functools import lru_cache

FAMILIES = (
    ("google", ("google-calendar", "googlebot", "feedfetcher")),
    ("outlook", ("microsoft", "outlook", "office", "exchange")),
    ("thunderbird", ("thunderbird", "lightning")),
    ("icsx5", ("icsx5", "icsdroid", "davx5")),
    ("apple", ("dataaccessd", "calendaragent", "remindd", "calendar/", "ios/", "macos/", "mac os x/", "darwin")),
    ("browser", ("mozilla/", "opera/")),
)
"""The first family one of whose words stands in what a program says; browsers say so many things that they come last."""
OTHER = "other"


@lru_cache(maxsize=1000)
def family(user_agent: str) -> str:
    """What kind of program this is."""
    said = user_agent.casefold()
    return next((name for name, words in FAMILIES if any(word in said for word in words)), OTHER)
