"""The client's flows to the measured host, and who reads their log."""
import pathlib
import re
import subprocess

SOURCES = "250"
IN_FLIGHT = "64"


class Traffic:
    """What the programs of scripts/lib/load send."""

    def __init__(self, options):
        self.options = options
        self.client = ["ip", "netns", "exec", options.client]
        self.unfollowed = self._connections()

    def flood(self, rate, seconds):
        """Begins to send so many SYNs a second, each of a flow of its own that is accepted; returns the process."""
        mac = pathlib.Path("/sys/class/net/eth0/address").read_text().strip()
        there = [self.options.address, self.options.sink, self.options.source, SOURCES]
        command = [*self.client, f"{self.options.work}/blast", "eth0", mac, *there, str(seconds), str(rate)]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def connections(self, seconds):
        """Opens connections as fast as they are accepted; returns how many a second there were."""
        there = [self.options.address, self.options.service, IN_FLIGHT, str(seconds), self.options.source, SOURCES]
        command = [*self.client, f"{self.options.work}/cps", *there]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        return float(re.search(r"per_second=([0-9.]+)", told).group(1))

    def is_followed(self):
        """Whether the server still reads the log, which it does for half a minute after the last page has asked."""
        return self._connections() > self.unfollowed

    def _connections(self):
        """Returns how many sockets the daemon has at its socket for control servers; one of them listens."""
        return pathlib.Path("/proc/net/unix").read_text().count(f"{self.options.work}/control.sock\n")
