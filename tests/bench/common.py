"""What the benchmarks share: servers as children, load from wrk, CPU time from /proc."""
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
PASSWORD = "correct horse battery staple"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_open(port, process):
    for _ in range(600):
        if process.poll() is not None:
            sys.exit(f"bench: a server ended at start with code {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    sys.exit(f"bench: nothing listens on port {port} after 30 s")


class Server:
    """A child process that listens on a port and is stopped with the block. `descriptors`: how many files it may open."""

    def __init__(self, command, port, environment=None, descriptors=None):
        self.port = port
        allow = None if descriptors is None else lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, preexec_fn=allow)

    def __enter__(self):
        wait_until_open(self.port, self.process)
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def rss_mib(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def threads(self):
        """The /proc folder of each living thread, by its name and id."""
        folders = pathlib.Path(f"/proc/{self.process.pid}/task").iterdir()
        return {((folder / "comm").read_text().strip(), folder.name): folder for folder in folders}

    def cpu_by_thread(self):
        """Seconds each has run."""
        return {thread: int((folder / "schedstat").read_text().split()[0]) / 1e9 for thread, folder in self.threads().items()}

    def bytes_by_thread(self):
        """Bytes each has read; as the server's user only root may know."""
        return {thread: int(re.match(r"rchar: (\d+)", (folder / "io").read_text())[1]) for thread, folder in self.threads().items()}

    def cpu(self):
        return sum(self.cpu_by_thread().values())


def nginx(folder):
    port = free_port()
    body = json.dumps({"id": "0" * 36, "email": "someone@example.com", "name": "", "roles": [], "email_verified": False,
                       "created_at": "2026-01-01T00:00:00.000Z", "session_id": "0" * 36})
    config = folder / "nginx.conf"
    config.write_text(f"""
daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log stderr crit;
events {{ worker_connections 1024; }}
http {{
    access_log off; keepalive_requests 100000000; default_type application/json;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; location / {{ return 200 '{body}'; }} }}
}}""")
    return Server([shutil.which("nginx") or "/usr/sbin/nginx", "-p", str(folder), "-c", str(config)], port)


def arguments(data, port, threads, settings, address="127.0.0.1"):
    chosen = {"http.threads": threads, "rate_limit.enabled": "false", "log.level": "warning",
              "tokens.issuer": "http://bench.example", **settings}
    return ["--data-dir", str(data), "--listen", f"{address}:{port}"] + [word for key, value in chosen.items() for word in ("--set", f"{key}={value}")]


def warder(build, data, threads=2, settings=None, address="127.0.0.1", descriptors=None):
    port = free_port()
    return Server([str(build / "app/warderd"), "serve"] + arguments(data, port, threads, settings or {}, address), port, descriptors=descriptors)


def bare(build, data):
    """The pipeline behind QHttpServer alone, one HTTP thread."""
    port = free_port()
    return Server([str(build / "tests/bench/bare-server")] + arguments(data, port, 1, {}), port)


def post(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


class Load:
    """What one run of wrk saw."""

    def __init__(self, out):
        value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", out).groups()
        self.p99 = float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
        self.rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])
        self.requests = int(re.search(r"(\d+) requests in", out)[1])
        failures = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
        broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", out)
        self.failures = int(failures[1]) if failures else 0
        self.broken = sum(int(number) for number in broken.groups()) if broken else 0


def load(url, seconds, connections=64, threads=2, script=None, environment=None):
    command = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "20s"]
    command += (["-s", str(script)] if script else []) + [url]
    out = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **(environment or {})}).stdout
    return Load(out)


def wrk(url, seconds, **options):
    """Requests a second, p99 in milliseconds, failures."""
    seen = load(url, seconds, **options)
    return seen.rate, seen.p99, seen.failures


def me_load(server, token, seconds, **options):
    return load(server.url + "/me", seconds, script=HERE / "me.lua", environment={"TOKEN": token}, **options)


def me(server, token, seconds, **options):
    return wrk(server.url + "/me", seconds, script=HERE / "me.lua", environment={"TOKEN": token}, **options)


def logins(server, seconds, connections):
    return wrk(server.url + "/login", seconds, connections=connections, threads=1, script=HERE / "login.lua",
               environment={"EMAIL": "bench@example.com", "PASSWORD": PASSWORD})


def hash_milliseconds(build, threads, seconds):
    return float(subprocess.run([str(build / "tests/bench/hash-cost"), str(threads), str(seconds)], capture_output=True, text=True, check=True).stdout)


def account(server):
    return post(server.url + "/register", {"email": "bench@example.com", "password": PASSWORD})["access_token"]


def check(failures, what):
    if failures:
        sys.exit(f"bench: {failures} answers of {what} were not 2xx")
