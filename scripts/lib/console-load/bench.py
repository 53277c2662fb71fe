"""Measures the console of a host on which this runs; scripts/lib/bench-console starts it, and says what it does."""
import argparse
import pathlib
import statistics
import time

from page import ADDRESS, COUNT_FRAMES, WATCH_MAP, one_time_address
from rates import measure_rates
from traffic import Traffic
from webdriver import Browser, wait_until

LOADS = 5
FLOWS = 5000
FRAME_SECONDS = 10
OPEN_SECONDS = 60


def table(rows):
    """Prints each figure beside its goal, which is absent for those that only explain another."""
    print(f"{'':64}{'goal':>11}{'measured':>11}")
    for title, relation, goal, measured, digits in rows:
        shown = round(measured, digits)
        wanted = held = ""
        if goal is not None:
            wanted = f"{relation} {goal}"
            held = "held" if (shown <= goal if relation == "<=" else shown >= goal) else "missed"
        print(f"{title:64}{wanted:>11}{shown:>11.{digits}f}{held:>25}".rstrip(), flush=True)


def resident(pid):
    """Returns the resident MiB of a process."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")) / 1024


def load(browser):
    """Opens the page with an empty cache; returns the seconds until the first text and until the map is drawn."""
    browser.open("about:blank")
    browser.dev_tools("Network.clearBrowserCache")
    browser.open(f"{ADDRESS}#/map")
    browser.wait_for("window.drawnAt")
    paint = browser.run("return performance.getEntriesByName('first-contentful-paint')[0].startTime")
    return paint / 1000, browser.run("return window.drawnAt") / 1000


def frames(browser, seconds):
    """Returns how many frames a second are drawn; COUNT_FRAMES has begun to count them."""
    now = "return [window.framesDrawn, performance.now()]"
    before = browser.run(now)
    time.sleep(seconds)
    after = browser.run(now)
    return (after[0] - before[0]) * 1000 / (after[1] - before[1])


def measure_loads(browser):
    browser.dev_tools("Page.addScriptToEvaluateOnNewDocument", source=WATCH_MAP)
    loads = [load(browser) for _ in range(LOADS)]
    nodes, of = browser.run(
        "return import('/console/app/state.js').then(({state}) =>"
        " [document.querySelectorAll('#map-svg [data-test=node]').length, state.map.nodes.length])"
    )
    return [
        ("seconds to the first text", "<=", 0.5, statistics.median(text for text, _ in loads), 2),
        (f"seconds to the map drawn ({nodes} busiest of {of} nodes)", "<=", 1, statistics.median(drawn for _, drawn in loads), 2),
    ]


def measure_frames(browser, traffic):
    browser.run("location.hash = '#/flows'")
    browser.wait_for("document.querySelector('[data-test=view-flows]')")
    browser.run(COUNT_FRAMES)
    still = frames(browser, 3)
    flood = traffic.flood(FLOWS, FRAME_SECONDS + 6)
    browser.wait_for("document.querySelector('[data-test=flow]')")
    time.sleep(3)
    rate = frames(browser, FRAME_SECONDS)
    told, left_out = browser.run(
        "return ['.timeline figcaption', '[data-test=flows-left-out]'].map((one) => document.querySelector(one)?.innerText)"
    )
    flood.wait(30)
    print(f"the page says: {' '.join((told or '').split())}; {left_out or 'no flow is left out'}", flush=True)
    return [
        ("frames/s of the page without flows", ">=", None, still, 0),
        (f"frames/s with {FLOWS} flows/s", ">=", 30, rate, 0),
    ]


def measure_page(options, traffic):
    """Measures all that needs the browser alone."""
    time.sleep(15)  # the server gives memory back when the policy has rested
    at_rest = resident(options.server), resident(options.daemon)
    browser = Browser(options.work, 9515)
    browser.open(one_time_address(options.program, options.work))
    browser.wait_for("document.querySelector('[data-test=policy-serial]')")
    opened = time.monotonic()
    rows = measure_loads(browser) + measure_frames(browser, traffic)
    left = max(1, OPEN_SECONDS - (time.monotonic() - opened))
    traffic.flood(FLOWS, left).wait(OPEN_SECONDS)
    now = resident(options.server), resident(options.daemon)
    browser.close()
    wait_until("nobody follows the flows", lambda: not traffic.is_followed(), 60)
    time.sleep(15)
    return rows + [
        ("resident MiB of the server before a page was open", "<=", None, at_rest[0], 0),
        ("... more when one has been open for a minute", "<=", 15, now[0] - at_rest[0], 1),
        ("... more a while after it was closed", "<=", None, resident(options.server) - at_rest[0], 1),
        ("resident MiB more of the daemon, which logs the flows", "<=", None, now[1] - at_rest[1], 1),
    ]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=pathlib.Path)
    for name in ("rounds", "server", "daemon"):
        parser.add_argument(f"--{name}", type=int)
    for name in ("program", "client", "address", "service", "sink", "source"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--rates-only", action="store_true")
    options = parser.parse_args()
    traffic = Traffic(options)
    rows = []
    if not options.rates_only:
        print("measuring the page", flush=True)
        rows = measure_page(options, traffic)
    rows += measure_rates(options, traffic)
    table(rows)


if __name__ == "__main__":
    main()
