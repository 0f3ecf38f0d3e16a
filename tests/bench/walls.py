"""What the gate costs, how fairly its threads share, and how it stands attacks that take their time."""
import contextlib
import random
import resource
import select
import shutil
import socket
import statistics
import subprocess
import sys
import time

from common import account, bare, check, me_load, warder

ATTACKERS = 2000
IDLE = 5000
WIDE = {"http.max_connections": 8192, "http.max_connections_per_address": 8192}
ATTACKS = {                                        # of slowhttptest, and what each asks for
    "headers": (["-H", "-i", "5", "-x", "24"], "/me"),
    "body": (["-B", "-i", "5", "-x", "24", "-s", "8192", "-f", "application/json"], "/login"),
    "read": (["-X", "-w", "16", "-y", "32", "-n", "5", "-z", "8", "-k", "3"], "/openapi.json"),
}


# ---------------------------------------------------------------- gate

def cpu_a_request(server, token, seconds):
    before = server.cpu()
    seen = me_load(server, token, seconds, connections=64, threads=1)
    check(seen.failures, "/me")
    return (server.cpu() - before) / seen.requests * 1e6


def bench_gate(build, folder, rounds, seconds):
    data = folder / "gate"
    with warder(build, data, threads=1) as server:
        token = account(server)
    shutil.copytree(data, folder / "bare")         # the same keys, account and session
    with bare(build, folder / "bare") as without, warder(build, data, threads=1) as server:
        ratios = []
        for turn in range(rounds):
            order = (without, server) if turn % 2 == 0 else (server, without)
            cost = {each: cpu_a_request(each, token, seconds) for each in order}
            ratios.append(cost[server] / cost[without])
            print(f"gate    bare {cost[without]:6.2f} us a request   with the gate {cost[server]:6.2f} us   ratio {ratios[-1]:.3f}")
        print(f"gate    RATIO of CPU to bare, median of {rounds}: {statistics.median(ratios):.3f}   rss {server.rss_mib():.0f} MiB, "
              f"bare {without.rss_mib():.0f} MiB")


# ---------------------------------------------------------------- share

class Visitors:
    """Kept connections that ask for /me in turn, well below what the server can do."""

    def __init__(self, server, token, count):
        self.address = ("127.0.0.1", server.port)
        self.request = f"GET /me HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
        self.sockets = [socket.create_connection(self.address) for _ in range(count)]
        self.round()

    def round(self):
        for visitor in self.sockets:
            visitor.sendall(self.request)
        for visitor in self.sockets:
            if not visitor.recv(8192).startswith(b"HTTP/1.1 200"):
                sys.exit("bench: /me was not answered 200")

    @staticmethod
    def crowd(server, token, count):
        """As many connections, each with a request under way."""
        visitors = Visitors(server, token, 0)
        visitors.sockets = [socket.create_connection(visitors.address) for _ in range(count)]
        for visitor in visitors.sockets:
            visitor.sendall(visitors.request)
        return visitors.sockets

    def rate(self, rounds=1000):
        began = time.monotonic()
        for _ in range(rounds):
            self.round()
        return rounds * len(self.sockets) / (time.monotonic() - began)

    def change(self):
        """A random third leaves, and as many come anew."""
        leaving = random.sample(range(len(self.sockets)), len(self.sockets) // 3)
        for i in leaving:
            self.sockets[i].close()
        time.sleep(0.1)                            # until the server has noticed
        for i in leaving:
            self.sockets[i] = socket.create_connection(self.address)

    def close(self):
        for visitor in self.sockets:
            visitor.close()


def busiest(measure, work):
    """What the busiest HTTP thread did during the work over the mean of all."""
    before = measure()
    work()
    done = [now - before[thread] for thread, now in measure().items() if thread[0].startswith("http-")]
    return max(done) / statistics.mean(done)


def bench_share(build, folder, rounds):
    for threads in (2, 4):
        with warder(build, folder / f"share-{threads}", threads=threads) as server:
            token = account(server)
            for count in (8, 32, 128):
                requests, cpu = [], []
                for _ in range(rounds):
                    visitors = Visitors(server, token, count)
                    visitors.change()
                    visitors.round()
                    for measure, seen in ((server.bytes_by_thread, requests), (server.cpu_by_thread, cpu)):
                        seen.append(busiest(measure, lambda: [visitors.round() for _ in range(8_000 // count)]))
                    visitors.close()
                print(f"share   {threads} threads, {count:4d} connections, a third of them new: RATIO of the busiest to its fair share, median of {rounds}: "
                      f"requests {statistics.median(requests):.3f} (worst {max(requests):.3f})   CPU {statistics.median(cpu):.3f}")


# ---------------------------------------------------------------- slow

def own_address():
    """One of this machine's addresses that is not 127.0.0.1: attackers come from there, the client that is measured does not."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))        # sends nothing
        except OSError:
            return "127.0.0.1"
        return probe.getsockname()[0]


@contextlib.contextmanager
def attack(server, kind, outside):
    """slowhttptest until the block ends; the block begins when its connections stand or were turned away. It has a machine of its
    own elsewhere; here it gets the CPU that nobody else wants, so that the rate shows what it costs the server."""
    words, path = ATTACKS[kind]
    process = subprocess.Popen(["chrt", "--idle", "0", "slowhttptest", *words, "-c", str(ATTACKERS), "-r", "1000", "-l", "600", "-u", f"http://{outside}:{server.port}{path}"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(ATTACKERS / 1000 + 3)
    if process.poll() is not None:
        sys.exit(f"bench: slowhttptest ended with {process.returncode}")
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def idlers(server, address, count):
    """Connections that asked once and then keep quiet; those that were turned away do not count."""
    held = []
    for _ in range(count):
        connection = socket.create_connection((address, server.port))
        connection.sendall(b"GET /health/live HTTP/1.1\r\nHost: bench\r\n\r\n")
        held.append(connection)
    for connection in held:
        connection.settimeout(20)
        if not connection.recv(4096).startswith(b"HTTP/1.1 200"):
            sys.exit("bench: an idle connection was not served first")
    try:
        yield
    finally:
        for connection in held:
            connection.close()


class Victim:
    """The client that is measured: a few kept connections. Under attack beside the calm before and after: its rate (`factors`) and
    what the server's CPU spends a request (`costs`). The attacker shares this machine, which costs rate and CPU too: `fair` is the
    rate beside that under the same attack on another server."""

    def __init__(self, server, token, seconds):
        self.server, self.token, self.seconds = server, token, seconds
        self.factors, self.costs, self.fair, self.p99 = [], [], [], []
        self.look()                                # warms up
        self.calm_rss = server.rss_mib()

    def look(self):
        before = self.server.cpu()
        seen = me_load(self.server, self.token, self.seconds, connections=4, threads=1)
        check(seen.failures + seen.broken, "/me")
        return seen.rate, (self.server.cpu() - before) / seen.requests, seen.p99

    def compare(self, siege, elsewhere=None):
        before = self.look()
        with siege():
            besieged, growth = self.look(), self.server.rss_mib() - self.calm_rss
        if elsewhere:
            with elsewhere():
                self.fair.append(besieged[0] / self.look()[0])
        after = self.look()
        self.factors.append(besieged[0] / statistics.mean((before[0], after[0])))
        self.costs.append(besieged[1] / statistics.mean((before[1], after[1])))
        self.p99.append(besieged[2])
        return growth

    def tell(self, name, growth, connections):
        print(f"slow    {name:42s} RATIO to calm, median of {len(self.factors)}: rate {statistics.median(self.factors):.2f} (worst {min(self.factors):.2f})   "
              f"CPU a request {statistics.median(self.costs):.2f}   "
              + (f"RATIO to the attack elsewhere: rate {statistics.median(self.fair):.2f} (worst {min(self.fair):.2f})   " if self.fair else "") +
              f"p99 {max(self.p99):6.2f} ms   memory {growth:+4.0f} MiB, {growth * 1024 / connections:.0f} KiB a connection")


def bench_slow(build, folder, rounds, seconds):
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    outside = own_address()
    for most_each, settings in ((256, {}), (8192, WIDE)):
        for kind in ATTACKS:
            place = folder / f"slow-{kind}-{most_each}"
            with warder(build, place, threads=2, settings=settings, address="0.0.0.0") as server, \
                    warder(build, place.with_suffix(".other"), threads=2, settings=settings, address="0.0.0.0") as other:
                victim = Victim(server, account(server), seconds)
                growth = max(victim.compare(lambda: attack(server, kind, outside), lambda: attack(other, kind, outside)) for _ in range(rounds))
                victim.tell(f"{kind}, {ATTACKERS} attackers, {most_each} an address", growth, min(ATTACKERS, most_each))
    with warder(build, folder / "slow-idle", threads=2, settings=WIDE | {"http.idle_timeout": "10m"}) as server:
        victim = Victim(server, account(server), seconds)
        growth = max(victim.compare(lambda: idlers(server, "127.0.0.1", IDLE)) for _ in range(rounds))
        victim.tell(f"{IDLE} idle connections", growth, IDLE)
    bench_descriptors(build, folder, rounds)


def bench_descriptors(build, folder, rounds):
    """A server that may open 256 files, and more clients than that: it serves those inside, does not spin, and recovers."""
    factors, spent, answered = [], [], []
    with warder(build, folder / "slow-descriptors", threads=2, settings=WIDE, descriptors=256) as server:
        token = account(server)
        for _ in range(rounds):
            inside = Visitors(server, token, 4)
            calm = inside.rate()
            crowd = Visitors.crowd(server, token, 400)
            factors.append(inside.rate() / calm)
            before = server.cpu()
            time.sleep(1)
            spent.append(server.cpu() - before)
            answered.append(sum(visitor in select.select(crowd, [], [], 0)[0] for visitor in crowd))
            for visitor in [*crowd, *inside.sockets]:
                visitor.close()
            seen = me_load(server, token, 1, connections=64, threads=1)
            check(seen.failures + seen.broken, "/me after the crowd had gone")
    print(f"slow    256 descriptors, 400 clients                 RATIO to calm for those inside, median of {rounds}: {statistics.median(factors):.2f}   "
          f"worst {min(factors):.2f}   of the crowd {min(answered)} served at once   CPU while full {max(spent):.2f} s a second   afterwards all served")
