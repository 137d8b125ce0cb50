"""Those who act all the time: threads of people and programs, and commands when they are called."""

import queue
import threading
import time
from subprocess import Popen

from tests.faults.deeds import Deed, Doer, Kind, State, do
from tests.faults.gate import Gate
from tests.faults.world import suggest

# How many act at once.
CLIENTS = {Kind.ADDING: 2, Kind.UPLOAD: 1, Kind.REVIEW: 1}
SUGGESTIONS_AT_ONCE = 40
SECONDS_TO_THINK = 0.05


class Crowd:
    """Acts while the gate is open, and keeps all that was done."""

    def __init__(self, doer: Doer) -> None:
        self.doer, self.gate = doer, Gate()
        self.deeds: list[Deed] = []
        self.command: Popen[bytes] | None = None
        self._command_deed: Deed | None = None
        self._suggested: queue.Queue[tuple[int, int]] = queue.Queue()
        for kind, count in CLIENTS.items():
            for _ in range(count):
                threading.Thread(target=self._act, args=[kind], daemon=True).start()

    def begin(self) -> None:
        """Let them act; there is always something to review."""
        missing = SUGGESTIONS_AT_ONCE - self._suggested.qsize()
        numbers = self.doer.numbers[Kind.REVIEW]
        first = next(numbers)
        for _ in range(missing):
            next(numbers)
        for made in suggest(self.doer.world, range(first, first + missing)):
            self._suggested.put(made)
        self.gate.open()

    def end(self) -> list[Deed]:
        """Let all come to an end, and return what was done since the beginning."""
        self.gate.close()
        self.gate.wait_until_empty()
        self.end_command()
        done, self.deeds = self.deeds, []
        return done

    def call(self, kind: Kind) -> Popen[bytes]:
        """Start the command of that kind, unless it runs; return its process."""
        if self.command is not None and self.command.poll() is None:
            return self.command
        self.end_command()
        number = next(self.doer.numbers[kind])
        arguments = ["make_release"]
        if kind == Kind.LOAD:
            arguments = ["load_package", str(self.doer.world.package_number(number))]
        self._command_deed = Deed(kind, number)
        self.command = self.doer.site.command(*arguments)
        return self.command

    def end_command(self) -> None:
        """Wait for the command that runs, if any, and note what came of it."""
        if self.command is None or self._command_deed is None:
            return
        deed, status = self._command_deed, self.command.wait()
        deed.state = State.CUT_OFF if status else State.DONE
        deed.said = f"ended with {status}"
        self.deeds.append(deed)
        self.command = self._command_deed = None

    def _act(self, kind: Kind) -> None:
        while True:
            time.sleep(SECONDS_TO_THINK)
            with self.gate.passed():
                if kind == Kind.REVIEW:
                    try:
                        number, item = self._suggested.get(timeout=0.2)
                    except queue.Empty:
                        continue
                    deed = Deed(kind, number, key=str(item))
                else:
                    deed = Deed(kind, next(self.doer.numbers[kind]))
                do(self.doer, deed)
                self.deeds.append(deed)
