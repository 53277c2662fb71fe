"""How many connections a second the daemon judges, with a page open and with none, and what they take of the processors."""
import os
import pathlib
import signal
import statistics
import time

from page import Asker, one_time_address
from webdriver import Browser, wait_until

SECONDS = 4
SETTLE = 2

# The turns of a round: there and back again, so that a machine that grows slower or faster meanwhile is no difference.
TURNS = ["stopped", "none", "elsewhere", "here", "here", "elsewhere", "none", "stopped"]


def processor_ms(pid):
    """Returns the milliseconds of processor time that a process has taken."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


class Turns:
    """Measures turn after turn. A turn like the one before goes on with the same page."""

    def __init__(self, options, traffic):
        self.options = options
        self.traffic = traffic
        self.state = "none"
        self.page = None
        self.costs = {}

    def measure(self, state):
        if state != self.state:
            self._leave()
            self._enter(state)
            self.state = state
            time.sleep(SETTLE)
        return self._measured(state)

    def _measured(self, state):
        """Opens connections; keeps what ten thousand of them took of the processors, and returns how many a second there were."""
        pids = self.options.daemon, self.options.server, os.getpid()
        before = [processor_ms(pid) for pid in pids]
        rate = self.traffic.connections(SECONDS)
        took = [(processor_ms(pid) - was) * 10_000 / (rate * SECONDS) for pid, was in zip(pids, before)]
        self.costs.setdefault(state, []).append(took)
        return rate

    def cost(self, state):
        """Returns the milliseconds that the daemon, the server and this program, which plays the page elsewhere, took for 10,000
        connections, each the median of all turns."""
        return [statistics.median(each) for each in zip(*self.costs[state])]

    def _enter(self, state):
        if state == "stopped":
            os.kill(self.options.server, signal.SIGSTOP)
            return
        if state == "none":
            wait_until("nobody follows the flows", lambda: not self.traffic.is_followed(), 60)
            return
        address = one_time_address(self.options.program, self.options.work)
        if state == "elsewhere":
            self.page = Asker(address)
            return
        self.page = Browser(self.options.work, 9516, nice=19)
        self.page.open(address)
        self.page.wait_for("document.querySelector('[data-test=policy-serial]')")
        self.page.run("location.hash = '#/flows'")
        self.page.wait_for("document.querySelector('[data-test=view-flows]')")

    def _leave(self):
        if self.state == "stopped":
            os.kill(self.options.server, signal.SIGCONT)
        if self.page is not None:
            self.page.close()
            self.page = None

    def end(self):
        self._leave()
        self.state = "none"


def measure_rates(options, traffic):
    traffic.connections(SECONDS)  # the first are slower, and are counted nowhere
    turns = Turns(options, traffic)
    rounds = []
    for number in range(options.rounds):
        print(f"connections: round {number + 1} of {options.rounds}", flush=True)
        seen = {state: [] for state in TURNS}
        for state in TURNS:
            seen[state].append(turns.measure(state))
        rounds.append({state: statistics.mean(each) for state, each in seen.items()})
    turns.end()

    def ratio(state, base):
        each = [one[state] / one[base] for one in rounds]
        print(f"{state} to {base}, round by round: {' '.join(f'{one:.2f}' for one in each)}", flush=True)
        return statistics.median(each)

    def costs():
        for state, title in (("none", "without a page"), ("elsewhere", "with a page elsewhere")):
            for name, took in zip(("daemon", "server", "client of the page"), turns.cost(state)):
                yield (f"ms of the {name} for 10,000 connections {title}", "<=", None, took, 1)

    return [
        ("connections/s without a page", ">=", None, statistics.median(one["none"] for one in rounds), 0),
        ("... to those with the control server stopped", ">=", 1.0, ratio("none", "stopped"), 2),
        ("connections/s with a page elsewhere, to those without", ">=", 0.99, ratio("elsewhere", "none"), 2),
        ("... with a browser on the same cores", ">=", None, ratio("here", "none"), 2),
        *costs(),
    ]
