"""What the tests of bundle and image share: one line for each thing that holds, the first that does not ends the test, and what was started ends
with it."""
import contextlib
import json
import os
import pathlib
import re
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


def first_answer(port, process):
    """The seconds until a program that has just been started answers; None if it ends before, or never does."""
    began = time.monotonic()
    while process.poll() is None and time.monotonic() < began + PATIENCE:
        with contextlib.suppress(OSError):
            if ask(port, "/health/ready")[0] == 200:
                return time.monotonic() - began
        time.sleep(0.01)
    return None


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


def child_of(process):
    """The number of the one process that a wrapper started and waits for."""
    return int(pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text())


def measured(what, size, took, pid):
    """For the table in README.md: bytes on disk, seconds until the first answer, what the process holds once it has nothing to do."""
    time.sleep(3)
    memory = dict(re.findall(r"^(Rss|Pss): +(\d+) kB", pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE))
    say(f"measured: {what}: {size / 1e6:.0f} MB on disk, first answer after {took:.2f} s, idle "
        f"{int(memory['Pss']) / 1024:.0f} MiB PSS, {int(memory['Rss']) / 1024:.0f} MiB RSS")


def size_of(folder):
    return sum(each.lstat().st_size for each in folder.rglob("*") if not each.is_dir())


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
