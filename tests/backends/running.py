"""A real Warder in a folder of its own, other programs beside it, and how to ask them."""
import base64
import json
import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

PASSWORD = "nine quiet tugboats"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def ask(url, body=None, **headers):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"} | headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.loads(answer.read() or "null"), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or "null"), error.headers


def until(ready, what):
    for _ in range(600):
        try:
            if ready():
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"{what} is not ready")


def encoded(value):
    return base64.urlsafe_b64encode(value if isinstance(value, bytes) else json.dumps(value).encode()).rstrip(b"=").decode()


def decoded(part):
    return json.loads(base64.urlsafe_b64decode(part + "=="))


def kid(token):
    return decoded(token.split(".")[0])["kid"]


class Program:
    def __init__(self, command, folder, env):
        self.process = subprocess.Popen(command, cwd=folder, env=os.environ | env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


class Warder:
    """With one account, ann@example.com."""

    def __init__(self, program, *settings):
        self.path = program
        self.folder = tempfile.TemporaryDirectory()
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.start(*settings)
        self.command("user", "add", "ann@example.com", "--role", "admin", "--password-stdin", say=PASSWORD)

    def start(self, *settings):
        options = [word for each in ("passwords.argon2_memory_kib=128", "passwords.argon2_iterations=1", *settings) for word in ("--set", each)]
        self.program = Program([self.path, "serve", "--data-dir", self.folder.name, "--listen", f"127.0.0.1:{self.port}", *options], "/", {})
        until(lambda: ask(self.url + "/health/ready")[0] == 200, "Warder")

    def stop(self):
        self.program.stop()

    def command(self, *args, say=""):
        done = subprocess.run([self.path, *args, "--data-dir", self.folder.name], input=say, text=True, capture_output=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def sign_in(self):
        status, body, _ = ask(self.url + "/login", {"email": "ann@example.com", "password": PASSWORD})
        assert status == 200, body
        return body

    def token(self):
        return self.sign_in()["access_token"]

    def jwks(self):
        return ask(self.url + "/.well-known/jwks.json")[1]["keys"]


def algorithms(program):
    """All that the setting tokens.algorithm takes, as its refusal says, so that a new one is under test at once."""
    refusal = subprocess.run([program, "config", "check", "--set", "tokens.algorithm=?"], text=True, capture_output=True)
    return refusal.stderr.rpartition("one of ")[2].replace(",", " ").split()
