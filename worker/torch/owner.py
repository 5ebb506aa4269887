"""What the owner wants: lines "pause" and "resume" on stdin, the end of stdin or SIGTERM = leave. Obeyed between two steps."""

import os
import signal
import threading


class Owner:
    """Listens from its making on. `may_go_on()` waits while paused; False = leave now, after a checkpoint."""

    LOOK_SECONDS = 0.1

    def __init__(self, hears_stdin):
        self._paused = self._gone = False
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._leave)
        if hears_stdin:
            threading.Thread(target=self._listen, daemon=True).start()

    def may_go_on(self):
        look = threading.Event()
        while self._paused and not self._gone:
            look.wait(self.LOOK_SECONDS)  # never set: a signal handler may not take its lock
        return not self._gone

    def _leave(self, *_):
        self._gone = True

    def _listen(self):
        # os.read, not sys.stdin: a thread inside of a buffered reader makes the interpreter abort at its end.
        rest = b""
        while piece := self._read():
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                if line in (b"pause", b"resume"):
                    self._paused = line == b"pause"
        self._gone = True

    def _read(self):
        try:
            return os.read(0, 4096)
        except OSError:
            return b""
