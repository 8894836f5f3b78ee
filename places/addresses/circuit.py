"""A circuit breaker: a service that fails is left alone for a while, then tried once."""

from collections.abc import Callable
from threading import Lock
from time import monotonic


class Circuit:
    """Closed while all is well; open, for `pause_s`, after `most_failures` in a row.

    After the pause one call goes through; its outcome closes the circuit or opens it for another pause.
    """

    def __init__(self, most_failures: int = 3, pause_s: float = 60, clock: Callable[[], float] = monotonic):
        self.most_failures, self.pause_s, self.clock = most_failures, pause_s, clock
        self._failures = 0
        self._tried_again_at = 0.0
        self._lock = Lock()

    def lets_through(self) -> bool:
        """Whether a call may be made now. Whoever makes one tells how it went."""
        with self._lock:
            if self._failures < self.most_failures:
                return True
            if self.clock() < self._tried_again_at:
                return False
            # This one goes; the others wait for its outcome, or, should it be lost, for another pause.
            self._tried_again_at = self.clock() + self.pause_s
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self) -> bool:
        """Note a failure; True when it is the one that opens the circuit."""
        with self._lock:
            self._failures += 1
            if self._failures < self.most_failures:
                return False
            self._tried_again_at = self.clock() + self.pause_s
            return self._failures == self.most_failures
