#!/usr/bin/env python3
"""Walks through the real nginx and the real Caddy, with the files in packaging/proxies, to a real Warder behind them.

usage: test_proxies.py PACKAGING/PROXIES WARDERD [TEST…]
"""
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest

SHIPPED, WARDERD = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
PASSWORD = "correct horse battery"
PATIENCE = 60


def tool(name):
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def with_changes(text, changes):
    """The shipped file with exactly these places changed; each must be there once."""
    for old, new in changes.items():
        if text.count(old) != 1:
            raise AssertionError(f"{old!r} is in the file {text.count(old)} times")
        text = text.replace(old, new)
    return text


class Child:
    """A server of ours: started, waited for, ended with SIGTERM. What it says goes to a file."""

    def __init__(self, command, log, place, environment=None):
        self.log, self.place = pathlib.Path(log), place
        with open(log, "wb") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=out, env=environment)

    def waits_for_connections(self):
        """False when it ended instead."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            family = socket.AF_UNIX if isinstance(self.place, str) else socket.AF_INET
            with socket.socket(family) as probe:
                if probe.connect_ex(self.place) == 0:
                    return True
            time.sleep(0.05)
        return False

    def text(self):
        return self.log.read_text(errors="replace")

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


class Outsider(http.client.HTTPSConnection):
    """A client of the proxy with an address of its own (127.0.0.2 and its like), which checks the certificate."""

    def __init__(self, port, certificate, address):
        super().__init__("localhost", port, timeout=PATIENCE, context=ssl.create_default_context(cafile=certificate))
        self.address = address

    def connect(self):
        plain = socket.create_connection(("127.0.0.1", self.port), PATIENCE, (self.address, 0))
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host)


class Walk:
    """What must be true behind every proxy. setUpClass() of each kind starts the servers."""

    upstream = "tcp"

    @classmethod
    def setUpClass(cls):
        for name in (cls.program, "openssl"):
            if not tool(name):
                raise AssertionError(f"{name} is not installed")
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="proxy-")))
        cls.started = []
        cls.addClassCleanup(cls.stop_all)          # before the folder goes
        cls.certificate, cls.key = cls.folder / "cert.pem", cls.folder / "key.pem"
        subprocess.run([tool("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", cls.key, "-out", cls.certificate],
                       check=True, capture_output=True)
        cls.start_warder()
        cls.port, cls.plain_port = free_port(), free_port()
        cls.proxy = cls.start(cls.proxy_command(), "proxy.log", ("127.0.0.1", cls.port))

    @classmethod
    def start(cls, command, log, place):
        clean = {name: value for name, value in os.environ.items() if not name.startswith("WARDER_") and name != "NOTIFY_SOCKET"}
        clean |= {"XDG_DATA_HOME": str(cls.folder), "XDG_CONFIG_HOME": str(cls.folder)}
        child = Child([str(word) for word in command], cls.folder / log, place, clean)
        cls.started.append(child)
        if not child.waits_for_connections():
            raise AssertionError(f"{command[0]} did not start:\n{child.text()}")
        return child

    @classmethod
    def stop_all(cls):
        for child in reversed(cls.started):        # the proxy first
            code = child.stop()
            if code != 0:
                raise AssertionError(f"{child.log.name} ended with {code}:\n{child.text()}")

    @classmethod
    def start_warder(cls):
        cls.socket_path = str(cls.folder / "warder.sock")
        cls.warder_port = free_port()
        unix = cls.upstream == "unix"
        settings = {"http.listen": f"unix:{cls.socket_path}" if unix else f"127.0.0.1:{cls.warder_port}", "http.threads": 2,
                    "http.trusted_proxies": "" if unix else "127.0.0.1", "passwords.argon2_memory_kib": 128, "passwords.argon2_iterations": 1}
        command = [WARDERD, "serve", "--data-dir", cls.folder / "data"]
        for key, value in settings.items():
            command += ["--set", f"{key}={value}"]
        cls.warder = cls.start(command, "warder.log", cls.socket_path if unix else ("127.0.0.1", cls.warder_port))

    def ask(self, method, path, body=None, headers=None, address="127.0.0.2"):
        """One request on a connection of its own: status, headers, JSON."""
        connection = Outsider(self.port, self.certificate, address)
        payload = None if body is None else json.dumps(body)
        connection.request(method, path, payload, {"Content-Type": "application/json"} | (headers or {}) if payload else headers or {})
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        is_json = "json" in (answer.getheader("Content-Type") or "")
        return answer.status, answer.headers, json.loads(text) if is_json else {}

    def register(self, email, **options):
        return self.ask("POST", "/register", {"email": email, "password": PASSWORD, **options})

    def test_register_login_me(self):
        status, _, _ = self.register("ann@example.com")
        self.assertEqual(status, 201)
        status, headers, answer = self.ask("POST", "/login", {"email": "ann@example.com", "password": PASSWORD})
        self.assertEqual(status, 200)
        self.assertIn("max-age", headers["Strict-Transport-Security"])
        status, _, me = self.ask("GET", "/me", headers={"Authorization": "Bearer " + answer["access_token"]})
        self.assertEqual((status, me["email"]), (200, "ann@example.com"))

    def test_client_is_who_is_outside(self):
        status, headers, _ = self.ask("GET", "/health/ready", headers={"X-Request-Id": "outside"}, address="127.0.0.7")
        self.assertEqual(status, 200)
        line = next(line for line in self.warder.text().splitlines() if "id=outside" in line)
        self.assertIn("client=127.0.0.7", line)

    def test_spoofed_addresses_dodge_no_limit(self):
        seen = []
        for i in range(60):
            spoofed = f"203.0.113.{i}"
            status, _, _ = self.ask("POST", "/login", {"email": f"nobody{i}@example.com", "password": PASSWORD}, address="127.0.0.4",
                                    headers={"X-Forwarded-For": spoofed, "Forwarded": f"for={spoofed}", "X-Real-IP": spoofed})
            seen.append(status)
            if status == 429:
                break
        self.assertEqual(seen, [401] * (len(seen) - 1) + [429])
        self.assertNotIn("203.0.113.", self.warder.text())
        status, _, _ = self.ask("POST", "/login", {"email": "nobody@example.com", "password": PASSWORD}, address="127.0.1.5")
        self.assertEqual(status, 401)              # others are not held back with it, outside of the network that tried 30 accounts

    def test_cookies_are_secure_and_work(self):
        status, headers, _ = self.register("cookie@example.com", token_delivery="cookie")
        self.assertEqual(status, 201)
        lines = headers.get_all("Set-Cookie")
        self.assertEqual(len(lines), 4)            # access, refresh, CSRF, and that the browser is known
        for line in lines:
            self.assertRegex(line, r"^__Host-warder_.*; Secure")
        jar = dict(line.split(";")[0].split("=", 1) for line in lines)
        cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in jar.items())}
        status, _, me = self.ask("GET", "/me", headers=cookies)
        self.assertEqual((status, me["email"]), (200, "cookie@example.com"))
        # A page of the same origin: https and the host with its port, as only X-Forwarded-Proto and Host can tell Warder.
        own = {"Origin": f"https://localhost:{self.port}", "X-CSRF-Token": jar["__Host-warder_csrf"]}
        for origin, expected in ((f"http://localhost:{self.port}", 403), ("https://localhost", 403), (own["Origin"], 200)):
            status, _, answer = self.ask("POST", "/refresh", {}, cookies | own | {"Origin": origin, "X-Forwarded-Proto": origin.split(":")[0]})
            self.assertEqual(status, expected, f"{origin}: {answer}")

    def test_plain_http_is_sent_on_only_to_pages(self):
        for method, path, expected in (("GET", "/", (301, 302)), ("GET", "/docs", (301, 302)), ("GET", "/me", (403,)), ("POST", "/login", (403,)), ("GET", "/docs/start.js", (403,))):
            connection = http.client.HTTPConnection("localhost", self.plain_port, timeout=PATIENCE)
            connection.request(method, path)
            answer = connection.getresponse()
            text = answer.read()
            connection.close()
            self.assertIn(answer.status, expected, path)
            if answer.status == 403:
                self.assertEqual(json.loads(text)["code"], "https_required")
            else:
                self.assertRegex(answer.getheader("Location"), f"^https://[a-z.]+{path}$")

    def test_numbers_are_not_public(self):
        for path in ("/metrics", "/%6detrics", "/metrics?x=1"):
            self.assertEqual(self.ask("GET", path)[0], 404)

    def test_large_bodies_are_refused(self):
        status, _, _ = self.ask("POST", "/login", {"email": "ann@example.com", "password": "x" * 70_000})
        self.assertEqual(status, 413)

    def test_upstream_connections_are_reused(self):
        if self.upstream == "unix":
            self.skipTest("a Unix socket has no ports to count")
        for _ in range(40):
            self.assertEqual(self.ask("GET", "/health/ready")[0], 200)
        self.assertLessEqual(len(self.upstream_ports()), 4)

    def upstream_ports(self):
        """Ports that were connected to Warder; the kernel remembers closed ones for a minute."""
        ports = set()
        for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]:
            near, far = (int(place.split(":")[1], 16) for place in line.split()[1:3])
            if self.warder_port in (near, far):
                ports.add(far if near == self.warder_port else near)
        return ports - {0, self.warder_port}


class Nginx(Walk, unittest.TestCase):
    program = "nginx"

    @classmethod
    def proxy_command(cls):
        certificates = "/etc/letsencrypt/live/auth.example.com"
        changes = {
            "    listen 443 ssl;\n    listen [::]:443 ssl;\n": f"    listen 127.0.0.1:{cls.port} ssl;\n",
            "    listen 80;\n    listen [::]:80;\n": f"    listen 127.0.0.1:{cls.plain_port};\n",
            f"{certificates}/fullchain.pem": str(cls.certificate),
            f"{certificates}/privkey.pem": str(cls.key),
        }
        if cls.upstream == "unix":
            changes |= {"    server 127.0.0.1:8000;\n": "", "    #server unix:/run/warder/warder.sock;": f"    server unix:{cls.socket_path};"}
        else:
            changes |= {"server 127.0.0.1:8000;": f"server 127.0.0.1:{cls.warder_port};"}
        (cls.folder / "warder.conf").write_text(with_changes((SHIPPED / "nginx.conf").read_text(), changes))
        places = "".join(f"{kind}_temp_path {cls.folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        user = "user root;" if os.geteuid() == 0 else ""
        (cls.folder / "nginx.conf").write_text(f"""
            daemon off; worker_processes 1; pid {cls.folder}/nginx.pid; error_log stderr; {user}
            events {{}}
            http {{ access_log off; {places} include {cls.folder}/warder.conf; }}""")
        return [tool("nginx"), "-p", cls.folder, "-e", "stderr", "-c", cls.folder / "nginx.conf"]


class NginxOverUnixSocket(Nginx):
    upstream = "unix"


class Caddy(Walk, unittest.TestCase):
    program = "caddy"

    @classmethod
    def proxy_command(cls):
        changes = {
            "\tservers {": "\tadmin off\n\tauto_https disable_redirects\n\tservers {",
            "\nhttp://auth.example.com {": f"\nhttp://localhost:{cls.plain_port} {{\n\tbind 127.0.0.1",
            "\nauth.example.com {": f"\nhttps://localhost:{cls.port} {{\n\tbind 127.0.0.1",
            "\t#tls /etc/ssl/auth.example.com.pem /etc/ssl/private/auth.example.com.key": f"\ttls {cls.certificate} {cls.key}",
        }
        if cls.upstream == "unix":
            changes |= {"reverse_proxy 127.0.0.1:8000 {": "reverse_proxy {", "\t\t#to unix//run/warder/warder.sock": f"\t\tto unix/{cls.socket_path}"}
        else:
            changes |= {"reverse_proxy 127.0.0.1:8000 {": f"reverse_proxy 127.0.0.1:{cls.warder_port} {{"}
        (cls.folder / "Caddyfile").write_text(with_changes((SHIPPED / "Caddyfile").read_text(), changes))
        return [tool("caddy"), "run", "--adapter", "caddyfile", "--config", cls.folder / "Caddyfile"]

    def test_shipped_file_is_valid(self):
        environment = os.environ | {"XDG_DATA_HOME": str(self.folder), "XDG_CONFIG_HOME": str(self.folder)}
        done = subprocess.run([tool("caddy"), "validate", "--adapter", "caddyfile", "--config", SHIPPED / "Caddyfile"],
                              capture_output=True, text=True, check=False, env=environment)
        self.assertEqual(done.returncode, 0, done.stderr)
        warnings = [json.loads(line)["msg"] for line in done.stderr.splitlines() if '"warn"' in line]
        self.assertEqual([text for text in warnings if "listening only on the HTTP port" not in text], [])     # that one is meant so
        self.assertIn("Valid configuration", done.stdout + done.stderr)


class CaddyOverUnixSocket(Caddy):
    upstream = "unix"


unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
