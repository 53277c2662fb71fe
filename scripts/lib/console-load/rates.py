"""How many connections a second the daemon judges, with a page open and with none, and what they take of the processors."""
import math
import os
import pathlib
import signal
import statistics
import time

from page import Asker, one_time_address
from webdriver import Browser, wait_until

# Many short turns tell hundredths apart, as what else a machine does lasts longer than a turn and so meets both sides of most rounds.
SECONDS = 1
SETTLE = 0.5

# What is compared with what: in how many times the rounds that were asked for, and by how many turns of the one before and after two
# times as many of the other. A server reads the log for half a minute more when a page has gone.
COMPARED = [("none", "stopped", 5, 1), ("elsewhere", "none", 2, 5), ("here", "none", 1, 5)]


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


def compare(turns, state, base, rounds, long):
    """Returns the ratio of the rates in one state to those in another: there and back again in each round, so that a machine that
    grows slower or faster meanwhile is no difference."""
    ratios = []
    for _ in range(rounds):
        before, between, after = ([turns.measure(one) for _ in range(count)] for one, count in
                                  ((base, long), (state, 2 * long), (base, long)))
        ratios.append(statistics.median(between) / statistics.median(before + after))
    middle = statistics.median(ratios)
    least, greatest = median_lies_between(ratios)
    print(f"{state} to {base}: {middle:.3f} in {rounds} rounds, with 95 % certainty {least:.3f} to {greatest:.3f}", flush=True)
    return middle


def median_lies_between(values):
    """Returns between which two of the values the median of all that could be measured lies with a certainty of 95 %, by the
    binomial distribution; the least and the greatest where they are too few for that."""
    ordered = sorted(values)
    count = len(ordered)
    left_out, chance = 0, 0.5**count
    while chance <= 0.025:
        left_out += 1
        chance += math.comb(count, left_out) * 0.5**count
    left_out = max(left_out - 1, 0)
    return ordered[left_out], ordered[-1 - left_out]


def measure_rates(options, traffic):
    for _ in range(4):
        traffic.connections(SECONDS)  # the first are slower, and are counted nowhere
    turns = Turns(options, traffic)
    ratio = {}
    for state, base, times, long in COMPARED:
        print(f"connections: {state} and {base} in turns", flush=True)
        ratio[state] = compare(turns, state, base, options.rounds * times, long)
    turns.end()

    def costs():
        for state, title in (("none", "without a page"), ("elsewhere", "with a page elsewhere")):
            for name, took in zip(("daemon", "server", "client of the page"), turns.cost(state)):
                yield (f"ms of the {name} for 10,000 connections {title}", "<=", None, took, 1)

    return [
        ("connections/s without a page, to those with the control server stopped", ">=", 1.0, ratio["none"], 2),
        ("connections/s with a page elsewhere, to those without", ">=", 0.99, ratio["elsewhere"], 2),
        ("... with a browser on the same cores", ">=", None, ratio["here"], 2),
        *costs(),
    ]
