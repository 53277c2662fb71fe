"""Loads a control server: api-load.py PORT KEY-FILE RULES-FILE. It prints a line for each measurement."""
import http.client
import os
import re
import statistics
import sys
import threading
import time
import urllib.parse

import awscli.botocore.session  # noqa: F401  Its parts import each other, and only in this order.
from awscli.botocore.auth import SigV4Auth
from awscli.botocore.awsrequest import AWSRequest
from awscli.botocore.credentials import Credentials

port, key_file, rules = int(sys.argv[1]), sys.argv[2], sys.argv[3]
with open(key_file) as lines:
    key = dict(line.strip().split(" = ") for line in lines)
credentials = Credentials(key["aws_access_key_id"], key["aws_secret_access_key"])


class Client:
    def __init__(self):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def call(self, action, **parameters):
        """Returns the milliseconds from the request to the whole answer, which must be a success."""
        body = urllib.parse.urlencode({"Action": action, "Version": "2016-11-15", **parameters}).encode()
        request = AWSRequest(
            "POST",
            f"http://127.0.0.1:{port}/",
            data=body,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        SigV4Auth(credentials, "ec2", "us-east-1").add_auth(request)
        began = time.monotonic()
        self.connection.request("POST", "/", body, dict(request.headers))
        answer = self.connection.getresponse()
        content = answer.read()
        took = (time.monotonic() - began) * 1000
        if answer.status != 200:
            raise SystemExit(f"{action}: {content.decode()}")
        return took

    def authorize(self, group, number):
        return self.call(
            "AuthorizeSecurityGroupIngress",
            GroupId=group,
            IpProtocol="tcp",
            FromPort=number,
            ToPort=number,
            CidrIp="192.0.2.0/24",
        )


def row(what, goal, times):
    """Prints a figure of which the caller makes a line of its table."""
    print(f"ms for {what};{goal};{statistics.median(times):.0f};{min(times):.0f}-{max(times):.0f}", flush=True)


def edit_by_hand(stop, edits):
    """Adds a comment each second, as an editor does: read, write beside, rename."""
    while not stop.wait(1):
        with open(rules) as old:
            text = old.read()
        edit = f"# edit {len(edits)} by hand\n"
        with open(rules + ".new", "w") as new:
            new.write(text + edit)
        with open(rules) as old:
            if old.read() == text:  # an editor that asks before it overwrites
                os.rename(rules + ".new", rules)
                edits.append(edit)


def many_writers():
    stop, edits = threading.Event(), []
    hand = threading.Thread(target=edit_by_hand, args=(stop, edits))
    hand.start()

    def write(client):
        one = Client()
        for number in range(50):
            one.authorize(f"sg-{client:04d}", 20000 + number)

    began = time.monotonic()
    writers = [threading.Thread(target=write, args=(client,)) for client in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    took = time.monotonic() - began
    stop.set()
    hand.join()
    with open(rules) as file:
        text = file.read()
    there = len(re.findall(r"ports: 20[0-9]{3}, source: 192\.0\.2\.0/24", text))
    kept = sum(edit in text for edit in edits)
    print(f"8 clients with 50 writes each: {there} of 400 there, {kept} of {len(edits)} edits by hand kept, {took:.0f} s")


client = Client()
row("the first answer", "", [client.call("DescribeSecurityGroups")])
for _ in range(15):
    client.call("DescribeSecurityGroups")
row("all groups", 300, [client.call("DescribeSecurityGroups") for _ in range(15)])
one = {"Filter.1.Name": "group-name", "Filter.1.Value.1": "group-77"}
row("one group by its name", 20, [client.call("DescribeSecurityGroups", **one) for _ in range(30)])
row("a rule added", 1000, [client.authorize("sg-0500", 5000 + number) for number in range(15)])
many_writers()
