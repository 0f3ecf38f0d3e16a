"""The server under torture: a child with a temporary data directory, or one that runs already."""
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time

from client import PATIENCE, Target

PLACE = re.compile(r"serves (?:https?://[^:/]+:(\d+)|unix:(\S+))")
SETTINGS = ("passwords.argon2_memory_kib=128", "passwords.argon2_iterations=1", "rate_limit.enabled=false", "log.level=warning",
            "http.first_byte_timeout=2s", "http.head_timeout=2s", "http.body_timeout=3s", "http.idle_timeout=3s", "http.max_unsent_bytes=16777216",
            "http.threads=2")


class Server:
    """Listens on a free port (`over` "tcp" or "tls", the latter with a certificate of its own making) or on a unix socket ("unix")."""

    def __init__(self, program, arguments, over):
        self._folder = tempfile.TemporaryDirectory(prefix="warder-torture-")
        folder = pathlib.Path(self._folder.name)
        self._said, self._complained = folder / "out", folder / "err"
        data = ["--data-dir", str(folder / "data")]
        self.authority = folder / "data/tls/local-ca.crt"
        self._over = over
        settings = [*SETTINGS, *(_certificate(program, data) if over == "tls" else ())]
        if over == "unix":
            settings += ["tokens.issuer=https://auth.example.com"]
        command = [program, "serve", *data, "--listen", f"unix:{folder}/socket" if over == "unix" else "127.0.0.1:0"]
        for setting in settings:
            command += ["--set", setting]
        with self._said.open("wb") as out, self._complained.open("wb") as err:
            self._process = subprocess.Popen(command + arguments, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        self.pid = self._process.pid
        port, path = self._wait_for_place()
        self.target = Target(port=int(port or 0), unix=path or "", tls=over == "tls")

    def _wait_for_place(self):
        end = time.monotonic() + 3 * PATIENCE
        while time.monotonic() < end and self.is_running():
            if place := PLACE.search(self._said.read_text(errors="replace")):
                return place.groups()
            time.sleep(0.05)
        raise SystemExit(f"torture: the server did not start:\n{self.complaints()}")

    def is_running(self):
        return self._process.poll() is None

    def complaints(self):
        """What it wrote to stderr: nothing but a sanitizer or a fault writes there, and who asks by a unix socket for nobody."""
        lines = self._complained.read_text(errors="replace").splitlines(keepends=True)
        return "".join(line for line in lines if not (self._over == "unix" and " warning proxy_hides_clients " in line))

    def stop(self):
        """What is wrong with how it ended, if anything."""
        if self.is_running():
            self._process.send_signal(signal.SIGTERM)
        try:
            code = self._process.wait(2 * PATIENCE)
        except subprocess.TimeoutExpired:
            return "it did not end when told to"
        return "" if code == 0 else f"it ended with code {code}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        self._folder.cleanup()


def _certificate(program, data):
    """A new one of the server's own local authority, as settings."""
    made = subprocess.run([program, "tls", "make-local", *data, "--json"], check=True, capture_output=True).stdout
    return [f"{key}={file}" for key, file in json.loads(made)["settings"].items()]


class OtherServer:
    """One that somebody else started, and looks after."""

    def __init__(self, pid, target):
        self.pid, self.target = pid, target

    def is_running(self):
        return not self.pid or os.path.exists(f"/proc/{self.pid}")

    def complaints(self):
        return ""

    def stop(self):
        return ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


def resident_megabytes(pid):
    """0 when nobody knows."""
    try:
        for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) >> 10
    except OSError:
        pass
    return 0


def open_files(pid):
    """How many; 0 when nobody knows."""
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return 0
