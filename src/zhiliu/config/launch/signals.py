"""Ctrl-C and termination: the first signal stops in good order, a second one hurries.

After the first signal nothing is interrupted any more, so that what clears up (stopping the
database, ending children) always runs to its end.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_received = 0
_interrupts = True


def install() -> None:
    """Take the signals over; those that our parent made us ignore (nohup) stay ignored."""
    for number in _SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _on_signal)


def _on_signal(_number: int, _frame: FrameType | None) -> None:
    global _received
    _received += 1
    if _received == 1 and _interrupts:
        raise KeyboardInterrupt


def received() -> bool:
    """Say whether we were asked to stop."""
    return _received > 0


def hurried() -> bool:
    """Say whether we were asked more than once."""
    return _received > 1


@contextmanager
def watched() -> Iterator[None]:
    """Only count signals in this block: the supervisor's loop looks at `received` itself."""
    global _interrupts
    _interrupts = False
    try:
        yield
    finally:
        _interrupts = True
