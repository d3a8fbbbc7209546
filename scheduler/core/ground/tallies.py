"""Counts attempts, each key's by itself: so many in a window of time, which begins with the first of them."""

from threading import Lock


class Tally:
    """What was counted in this process. Time is seconds that only run on."""

    def __init__(self, max_keys: int = 100_000) -> None:
        self._max_keys, self._lock = max_keys, Lock()
        self._windows: dict[str, tuple[float, int]] = {}
        """When the window of a key ends, and how many there were in it."""

    def hit(self, key: str, most: int, seconds: float, now: float) -> float:
        """Count one attempt; 0 if it is within the limit, else the seconds until the window ends."""
        with self._lock:
            ends, count = self._windows.get(key, (0.0, 0))
            if ends <= now:
                self._clear(now)
                ends, count = now + seconds, 0
            self._windows[key] = (ends, count + 1)
            return 0.0 if count < most else ends - now

    def _clear(self, now: float) -> None:
        """Forget windows that are over, when there are too many."""
        if len(self._windows) >= self._max_keys:
            self._windows = {key: window for key, window in self._windows.items() if window[0] > now}
