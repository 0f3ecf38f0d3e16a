#!/usr/bin/env python3
"""Runs packaging/dev as strangers do: in odd places, as odd users, and ends it in the middle. The user land is this system's own.

usage: test_dev.py PROJECT
"""
import hashlib
import os
import pathlib
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PROJECT = pathlib.Path(sys.argv[1])
SERVER = """#!/bin/sh
# Stands for the server: says with what it was started, and ends when it is told to.
data=$(printf %s "$*" | sed -n 's/.*--data-dir[ =]//p')
[ -z "$data" ] || echo account > "$data/accounts"
echo "$*" > "$0.started"
trap 'echo well > "$0.ended"; exit 7' TERM
while :; do sleep 0.1; done
"""
UNPACKER = """#!/bin/sh
# Stands for mmdebstrap where it takes its time.
sleep 300 &
echo $! > "$(dirname "$0")/pid"
wait
"""


def userland_name(project):
    """As packaging/dev says it: by the machine and the list of packages."""
    lines = (project / "packaging/packages.txt").read_text().splitlines()
    packages = [word for line in lines if (word := line.split("#")[0].rstrip())]
    text = "".join(f"{word}\n" for word in [platform.machine(), *packages])
    return "debian13-" + hashlib.sha256(text.encode()).hexdigest()[:16]


def is_alive(pid, command=None):
    """Whether a process runs and, where asked, is this command. It may end between any two looks at it."""
    process = pathlib.Path(f"/proc/{pid}")
    try:
        return ((command is None or (process / "cmdline").read_bytes() == command)
                and (process / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z")
    except (FileNotFoundError, ProcessLookupError):
        return False


def until(happened):
    """Waits for what must come; the limit only ends a test that would hang."""
    deadline = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)


class Checkout:
    """A checkout with the real script, a server that is built already, and a cache with a user land."""

    def __init__(self, folder, userland=True):
        self.project = folder / "project"
        for name in ("packaging/dev", "packaging/packages.txt"):
            target = self.project / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PROJECT / name, target)
        (self.project / "CMakePresets.json").write_text("{}")
        tree = self.project / "build/release"
        (tree / "app").mkdir(parents=True)
        (tree / "CMakeCache.txt").write_text(f"CMAKE_GENERATOR:INTERNAL=Ninja\nCMAKE_HOME_DIRECTORY:INTERNAL={self.project}\nCMAKE_PROJECT_NAME:STATIC=warder\nCMAKE_MAKE_PROGRAM:FILEPATH={shutil.which("ninja")}\nCMAKE_CACHE_MAJOR_VERSION:INTERNAL=3\n")
        (tree / "build.ninja").write_text("build warder: phony\nbuild warderd: phony\n")
        self.server = tree / "app/warderd"
        self.server.write_text(SERVER)
        self.server.chmod(0o755)
        self.cache = folder / "cache"
        self.cache.mkdir()
        if userland:
            self.userland = self.cache / userland_name(PROJECT)
            self.userland.mkdir()
            for each in ("usr", "etc", "var", "bin", "sbin", "lib", "lib64"):
                if pathlib.Path("/", each).exists():
                    (self.userland / each).symlink_to(f"/{each}")

    def environment(self, **changes):
        values = {"PATH": os.environ["PATH"], "WARDER_NATIVE": "no", "WARDER_CACHE": str(self.cache), **changes}
        return {name: value for name, value in values.items() if value is not None}

    def start(self, *words, **changes):
        return subprocess.Popen([self.project / "packaging/dev", *words], env=self.environment(**changes), stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)

    def run(self, *words, **changes):
        process = self.start(*words, **changes)
        return process.communicate()[0], process.returncode


class TestDev(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="dev "))   # below /tmp, and with a blank in it
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def test_checkout_below_tmp_and_with_other_letters(self):
        for name in ("plain", "with blank", "ünder 東京", "quote's \"and\" $dollar"):
            with self.subTest(name):
                checkout = Checkout(self.folder / name)
                self.assertEqual(checkout.run("exec", "pwd", HOME=str(self.folder)), (f"{checkout.project}\n", 0))

    def test_what_is_written_below_a_home_in_tmp_stays(self):
        for home in (self.folder / "home", self.folder / "not made yet"):
            with self.subTest(home.name):
                checkout = Checkout(self.folder / f"of {home.name}")
                said, status = checkout.run("exec", "sh", "-c", 'mkdir -p ~/.local/share/warder && echo account > ~/.local/share/warder/accounts', HOME=str(home))
                self.assertEqual((said, status), ("", 0))
                self.assertEqual((home / ".local/share/warder/accounts").read_text(), "account\n")

    def test_data_directory_is_where_the_caller_means_it(self):
        for words in (("--data-dir", "{}"), ("--data-dir={}",)):
            with self.subTest(words):
                folder = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
                checkout = Checkout(folder)
                process = checkout.start("run", *(word.format(folder / "data") for word in words), HOME=str(self.folder))
                until((folder / "data/accounts").exists)
                process.terminate()
                process.communicate()
                self.assertEqual((folder / "data/accounts").read_text(), "account\n")

    def test_what_would_vanish_with_the_box_is_refused(self):
        checkout = Checkout(self.folder)
        for place in ("/srv-of-nobody", "/usr/local/x", "/etc/x", "/var/lib/warder"):
            with self.subTest(place):
                said, status = checkout.run("exec", "mkdir", "-p", place, HOME=str(self.folder))
                self.assertNotEqual(status, 0)
                self.assertIn("Read-only file system", said)

    def test_tests_meet_nobodys_home(self):
        checkout = Checkout(self.folder)
        (self.folder / "home/.local/share/warder").mkdir(parents=True)
        (self.folder / "home/.local/share/warder/accounts").write_text("mine")
        (checkout.project / "build/dev").mkdir()
        shutil.copy(checkout.project / "build/release/CMakeCache.txt", checkout.project / "build/dev/CMakeCache.txt")
        (checkout.project / "build/dev/build.ninja").write_text("rule look\n  command = ls -A $$HOME/.local/share || echo empty\nbuild seen: look\n")
        said, status = checkout.run("build", "dev", "seen", HOME=str(self.folder / "home"))
        self.assertEqual(status, 0, said)
        self.assertIn("empty", said)

    def test_told_to_end_the_server_ends_as_it_wants_to(self):
        for told in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            with self.subTest(told.name):
                checkout = Checkout(self.folder / told.name)
                process = checkout.start("run", HOME=str(self.folder))
                until(pathlib.Path(f"{checkout.server}.started").exists)
                process.send_signal(told)
                process.communicate()
                self.assertEqual(process.returncode, 7)
                self.assertEqual(pathlib.Path(f"{checkout.server}.ended").read_text(), "well\n")

    def test_killed_it_leaves_nothing_behind(self):
        for told, words in ((signal.SIGTERM, ("exec",)), (signal.SIGKILL, ("exec",)), (signal.SIGKILL, ("run",))):
            with self.subTest((told.name, words)):
                checkout = Checkout(self.folder / f"{told.name} {words[0]}")
                mark = f"{3600 + len(words[0])}.{int(told)}"
                checkout.server.write_text(f"#!/bin/sh\nsleep {mark} & sleep {mark}\n")
                process = checkout.start(*words, *([] if words == ("run",) else [str(checkout.server)]), HOME=str(self.folder))
                sleeping = lambda: [pid for pid in os.listdir("/proc")
                                    if pid.isdigit() and is_alive(pid, f"sleep\0{mark}\0".encode())]
                until(lambda: len(sleeping()) == 2)
                process.send_signal(told)
                process.wait()
                until(lambda: not sleeping())

    def test_interrupted_unpacking_leaves_nothing_behind(self):
        for told in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            with self.subTest(told.name):
                checkout = Checkout(self.folder / told.name, userland=False)
                tools = self.folder / told.name / "tools"
                tools.mkdir()
                (tools / "mmdebstrap").write_text(UNPACKER)
                (tools / "mmdebstrap").chmod(0o755)
                process = checkout.start("exec", "true", PATH=f"{tools}:{os.environ['PATH']}", HOME=str(self.folder))
                until(lambda: (tools / "pid").exists() and (tools / "pid").read_text().strip())
                unpacker = (tools / "pid").read_text().strip()
                process.send_signal(told)
                said = process.communicate()[0]
                self.assertEqual(process.returncode, 130, said)
                self.assertIn("interrupted, nothing was left behind", said)
                until(lambda: not is_alive(unpacker))
                self.assertEqual(os.listdir(checkout.cache), [".lock"])

    def test_without_home(self):
        checkout = Checkout(self.folder)
        self.assertEqual(checkout.run("exec", "true", HOME=None), ("", 0))
        self.assertIn("run [ARGS]", checkout.run("help", HOME=None, WARDER_CACHE=None)[0])
        said, status = checkout.run("exec", "true", HOME="/", WARDER_CACHE=None)
        self.assertEqual((said.count("\n"), status), (1, 1), said)
        self.assertIn("Set HOME, or WARDER_CACHE to an absolute path", said)

    def test_read_only_project(self):
        checkout = Checkout(self.folder)
        read_only = ["bwrap", "--dev-bind", "/", "/", "--ro-bind", checkout.project, checkout.project, checkout.project / "packaging/dev"]
        run = lambda *words: subprocess.run([*read_only, *words], env=checkout.environment(HOME=str(self.folder)), capture_output=True, text=True)
        self.assertEqual(run("exec", "true").returncode, 0)
        built = run("build", "release")
        self.assertEqual(built.returncode, 1)
        self.assertEqual(built.stderr, f"dev: cannot write to {checkout.project}, where builds go (folder build): use a copy that is yours\n")

    def test_words_that_cannot_be_meant(self):
        checkout = Checkout(self.folder)
        full = self.folder / "full"
        full.mkdir()
        (full / "file").touch()
        for words, expected in ((["exec"], "exec what?"), (["starter"], "starter needs the folder to write to"), (["starter", str(full)], f"{full} is not empty"),
                                (["package"], "package what? deb, bundle, image, all, repository or test"), (["package", str(full)], "package what? deb, bundle, image, all, repository or test"),
                                (["nonsense"], "no such command: nonsense")):
            with self.subTest(words):
                said, status = checkout.run(*words, HOME=str(self.folder))
                self.assertEqual(status, 1)
                self.assertEqual(said.splitlines()[-1], f"dev: {expected}")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
