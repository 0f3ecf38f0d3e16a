"""What the tests of bundle and image share: one line for each thing that holds, the first that does not ends the test, and what was started ends
with it."""
import contextlib
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

PATIENCE = 60                                      # seconds until something counts as never
ACCOUNT = {"email": "ann@example.com", "password": "four words that differ"}


def say(line):
    print(line, flush=True)


def check(holds, what, why=""):
    if not holds:
        sys.exit(f"FAILED: {what}\n{why}")
    say(what)


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def ask(port, path, body=None):
    """The status and the body."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", json.dumps(body).encode() if body else None,
                                     {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read()


def answers(port, process):
    for _ in range(10 * PATIENCE):
        with contextlib.suppress(OSError):
            if ask(port, "/health/ready")[0] == 200:
                return True
        if process.poll() is not None:
            return False
        time.sleep(0.1)
    return False


@contextlib.contextmanager
def started(words, log):
    """A program that runs for as long as the block does; its output is in the file `log`."""
    with open(log, "wb") as out:
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def ends_well(process, told):
    """SIGTERM to the process number `told`: the seconds until `process` has ended with 0; None if it has not."""
    began = time.monotonic()
    os.kill(told, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        if process.wait(PATIENCE) == 0:
            return time.monotonic() - began
    return None


def only(dist, pattern):
    found = sorted(pathlib.Path(dist).glob(pattern))
    check(len(found) == 1, f"one {pattern}", f"{found}")
    return found[0]
