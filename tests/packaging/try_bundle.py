#!/usr/bin/env python3
"""Runs both programs of the bundle where nothing of Qt is: in bare Debian 11 and 12, whose C libraries are 2.31 and 2.36, with a font, as every
desktop has one. The window runs without a display, and on a real X server, which comes from the build environment. Runs as root.

usage: try_bundle.py DIST FOLDER    The bundle is in DIST. FOLDER is packaging/dev's cache, and takes about 1 GB while it runs.
"""
import contextlib
import os
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
from handed_out import ACCOUNT, PATIENCE, ask, check, child_of, first_answer, free_port, measured, only, say, size_of, started  # noqa: E402

PATH = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"}
DEV = str(pathlib.Path(__file__).parents[2] / "packaging/dev")
DATA = "/root/data"
WIDTH, HEIGHT = 1280, 800
COLOURS = 30                                       # that a window has, and an empty screen has not


def bare_root(suite, folder):
    root = folder / suite
    root.mkdir()
    words = ["mmdebstrap", "--quiet", "--variant=essential", "--include=ca-certificates,fontconfig-config,fonts-dejavu-core", suite, str(root)]
    made = subprocess.run(words, env={**os.environ, **PATH}, capture_output=True, text=True)
    check(made.returncode == 0, f"{suite}: a bare root", made.stderr)
    return root


def inside(root, *words):
    return ["bwrap", "--die-with-parent", "--bind", str(root), "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", "--clearenv",
            *(each for pair in PATH.items() for each in ("--setenv", *pair)), "--setenv", "HOME", "/root", *words]


# ---------------------------------------------------------------- a screen

def field(data):
    return struct.pack(">H", len(data)) + data


def listens(port, process):
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return True
        time.sleep(0.1)
    return False


@contextlib.contextmanager
def display(folder, cache):
    """An X server that asks for a password, which is in the file `authority` of the folder, as the screen is in `Xvfb_screen0`. Its name."""
    folder.mkdir()
    (folder / "authority").write_bytes(b"\xff\xff" + field(b"") + field(b"") + field(b"MIT-MAGIC-COOKIE-1") + field(os.urandom(16)))
    number = free_port() - 6000
    words = ["env", f"WARDER_CACHE={cache}", DEV, "exec", "Xvfb", f":{number}", "-auth", str(folder / "authority"), "-listen", "tcp",
             "-nolisten", "unix", "-nolisten", "local", "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(folder)]
    with started(words, folder / "log") as server:
        check(listens(6000 + number, server), "there is an X server", (folder / "log").read_text())
        yield f"127.0.0.1:{number}"


def shows_something(screen):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        pixels = screen.read_bytes()[-4 * WIDTH * HEIGHT:] if screen.exists() else b""
        if len(set(memoryview(pixels).cast("I"))) > COLOURS:
            return True
        time.sleep(0.2)
    return False


# ---------------------------------------------------------------- the programs

def try_server(suite, root, top):
    warderd, log = f"{top}/bin/warderd", root / "log"
    run = lambda *words: subprocess.run(inside(root, warderd, *words), capture_output=True, text=True)
    check(run("--version").returncode == 0, f"{suite}: warderd says its version", run("--version").stderr)
    port = free_port()
    with started(inside(root, warderd, "serve", "--data-dir", DATA, "--listen", f"127.0.0.1:{port}"), log) as server:
        took = first_answer(port, server)
        check(took, f"{suite}: the server serves", log.read_text())
        check(ask(port, "/register", ACCOUNT)[0] == 201, f"{suite}: an account is made")
        listed = run("user", "list", "--data-dir", DATA)
        check(ACCOUNT["email"] in listed.stdout, f"{suite}: the command line sees it", listed.stderr)
        measured(f"{suite}, warderd of the bundle", size_of(root / top[1:]), took, child_of(server))
    given = run("starter", "/root/app")
    check(given.returncode == 0 and (root / "root/app/package.json").is_file(), f"{suite}: the starter comes out of it", given.stderr)


def lines_of(text, title):
    """What the section of README.txt with this title has one type."""
    section = text.split(f"\n{title}\n---")[1].split("\n---")[0]
    return "".join(line + "\n" for line in section.splitlines() if line.startswith("    "))


def try_menu_entry(suite, root, top):
    bundle = root / top[1:]
    there = all((bundle / each).is_file() for each in ("LICENSE", "README.txt")) and (bundle / "share/doc/warder" / "docs/operating.md").is_file()
    check(there, f"{suite}: licence and documents are there")
    text = (bundle / "README.txt").read_text()
    run = lambda title: subprocess.run(inside(root, "sh", "-euc", f"cd {top}; {lines_of(text, title)}"), capture_output=True, text=True)
    home, entry = root / "root/.local/share", "applications/org.warder.Warder.desktop"
    for _ in range(2):                             # again, as after an update
        made = run("Menu entry")
        check(made.returncode == 0, f"{suite}: the menu entry is made as README.txt says", made.stderr)
    settings = (home / entry).read_text().splitlines()
    check([each for each in settings if "Exec=" in each] == [f'Exec="{top}/bin/warder"', f"TryExec={top}/bin/warder"], f"{suite}: it names the program", f"{settings}")
    check((home / "icons/hicolor/scalable/apps/org.warder.Warder.svg").is_file(), f"{suite}: its icon is there")
    gone = run("Removal")
    left = [str(each) for each in home.rglob("*org.warder*")]
    check(gone.returncode == 0 and not left, f"{suite}: both go as README.txt says", f"{gone.stderr} {left}")


def try_window(suite, root, top, screen, *environment):
    """`screen`: where it is to be seen, if anywhere."""
    port, log = free_port(), root / "log"
    where = f"{suite}: the window {'on an X server' if screen else 'without a display'}"
    words = inside(root, "env", *environment, f"{top}/bin/warder", "--data-dir", DATA, "--listen", f"127.0.0.1:{port}")
    with started(words, log) as window:
        took = first_answer(port, window)
        check(took, f"{where}: its server serves", log.read_text())
        check(ask(port, "/login", ACCOUNT)[0] == 200, f"{where}: the account signs in at it")
        if screen:
            check(shows_something(screen), f"{where}: it is there to be seen", log.read_text())
            measured(f"{suite}, warder of the bundle", size_of(root / top[1:]), took, child_of(window))
        said = log.read_text()
        check("plugin" not in said.lower().replace("this plugin does not support", ""), f"{where}: no plug-in was missed", said)


def main(dist, folder):
    bundle = only(dist, "warder-*.tar.xz")
    say(f"{bundle.name}, {bundle.stat().st_size} bytes")
    top = f"/opt/{bundle.name.removesuffix('.tar.xz')}"
    with tempfile.TemporaryDirectory(dir=folder, prefix="bundle.") as work:
        for suite in ("bullseye", "bookworm"):
            root = bare_root(suite, pathlib.Path(work))
            subprocess.run(["tar", "-xf", str(bundle), "-C", str(root / "opt")], check=True)
            try_menu_entry(suite, root, top)
            try_server(suite, root, top)
            try_window(suite, root, top, None, "QT_QPA_PLATFORM=offscreen")
            with display(root / "srv/screen", folder) as name:
                try_window(suite, root, top, root / "srv/screen/Xvfb_screen0", f"DISPLAY={name}", "XAUTHORITY=/srv/screen/authority")


if __name__ == "__main__":
    main(*sys.argv[1:])
