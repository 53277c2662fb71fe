"""The console: entered by a one-time address, as a page in a browser or as the requests of one."""
import gzip
import http.client
import json
import re
import subprocess
import threading

ADDRESS = "http://127.0.0.1:9471/console/"

# A frame that begins after the one with the first node is the earliest moment at which that one has been shown.
WATCH_MAP = """
    const look = () => requestAnimationFrame(() => {
      if (document.querySelector('#map-svg [data-test=node]')) requestAnimationFrame((now) => { window.drawnAt = now; });
      else look();
    });
    look();
"""

COUNT_FRAMES = """
    window.framesDrawn = 0;
    const count = () => { window.framesDrawn++; requestAnimationFrame(count); };
    requestAnimationFrame(count);
"""


def one_time_address(program, work):
    """Returns what `secgroupd console` prints."""
    command = [program, "console", "--control", f"{work}/control.yaml"]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


class Asker:
    """A page on another computer: the requests that it makes while it shows the flows, and nothing that draws them."""

    def __init__(self, address):
        self.connection = http.client.HTTPConnection("127.0.0.1", 9471, timeout=60)
        headers = {"Origin": "http://127.0.0.1:9471", "Content-Type": "application/json"}
        self.connection.request("POST", "/console/api/enter", json.dumps({"code": address.split("#")[1]}), headers)
        answer = self.connection.getresponse()
        if answer.status != 200:
            raise SystemExit(f"the server lets no page in: {answer.read().decode()}")
        answer.read()
        self.cookie = answer.getheader("Set-Cookie").split(";")[0]
        self.ended = threading.Event()
        self.answers = 0
        self.failure = None
        self.thread = threading.Thread(target=self._ask, daemon=True)
        self.thread.start()

    def _ask(self):
        following = "0"
        while not self.ended.is_set():
            headers = {"Cookie": self.cookie, "Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"}
            self.connection.request("GET", f"/console/api/flows?after={following}", headers=headers)
            answer = self.connection.getresponse()
            body = answer.read()
            if answer.getheader("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            if answer.status != 200:
                self.failure = body.decode()
                return
            following = re.search(rb'"next":([0-9]+)', body).group(1).decode()
            self.answers += 1

    def close(self):
        self.ended.set()
        self.thread.join(30)
        self.connection.close()
        if self.failure or self.answers == 0:
            raise SystemExit(f"the server tells no flows: {self.failure or 'it does not answer'}")
