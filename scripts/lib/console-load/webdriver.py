"""Debian's Chromium, driven by the WebDriver protocol."""
import http.client
import json
import subprocess
import time

PATIENCE = 30

FLAGS = [
    "--headless=new",
    "--no-sandbox",  # it refuses to work for root, and the pages are our own
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--window-size=1280,900",
]


def wait_until(what, is_so, seconds=PATIENCE):
    """Waits for something that is looked at often."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise SystemExit(f"waited in vain: {what}")
        time.sleep(0.05)


class Browser:
    """A browser with one page."""

    def __init__(self, directory, port, nice=0):
        log = directory / f"chromedriver-{port}.log"
        with open(log, "wb") as out:
            self.driver = subprocess.Popen(
                ["nice", "-n", str(nice), "chromedriver", f"--port={port}"], stdout=out, stderr=subprocess.STDOUT
            )
        wait_until("the driver listens", lambda: "started successfully" in log.read_text())
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2 * PATIENCE)
        self.session = ""
        options = {"binary": "/usr/bin/chromium", "args": [*FLAGS, f"--user-data-dir={directory}/profile-{port}"]}
        begun = self.command("POST", "/session", {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}})
        self.session = f"/session/{begun['sessionId']}"

    def command(self, method, path, body=None):
        self.connection.request(method, path, json.dumps(body) if body is not None else None)
        answer = self.connection.getresponse()
        value = json.loads(answer.read())["value"]
        if answer.status != 200:
            raise SystemExit(f"the browser: {path}: {value.get('message')}")
        return value

    def open(self, address):
        self.command("POST", f"{self.session}/url", {"url": address})

    def run(self, script):
        """Returns what the JavaScript returns."""
        return self.command("POST", f"{self.session}/execute/sync", {"script": script, "args": []})

    def wait_for(self, expression, seconds=PATIENCE):
        """Waits until an expression of JavaScript is true, and says what the page shows when it does not become so."""
        try:
            wait_until(expression, lambda: self.run(f"return Boolean({expression})"), seconds)
        except SystemExit as failure:
            raise SystemExit(f"{failure}, on a page that says: {self.run('return document.body.innerText')[:1000]}")

    def dev_tools(self, command, **parameters):
        self.command("POST", f"{self.session}/goog/cdp/execute", {"cmd": command, "params": parameters})

    def close(self):
        self.command("DELETE", self.session)
        self.driver.terminate()
        self.driver.wait(PATIENCE)
