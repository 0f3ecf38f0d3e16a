#!/usr/bin/env python3
"""Runs both programs of the bundle where nothing of Qt is: in bare Debian 11 and 12, whose C libraries are 2.31 and 2.36. Runs as root.

usage: try_bundle.py DIST FOLDER    The bundle is in DIST. FOLDER takes about 500 MB while it runs.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from handed_out import ACCOUNT, answers, ask, check, free_port, only, say, started  # noqa: E402

PATH = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"}


def bare_root(suite, folder):
    root = folder / suite
    root.mkdir()
    words = ["mmdebstrap", "--quiet", "--variant=essential", "--include=ca-certificates", suite, str(root)]
    made = subprocess.run(words, env={**os.environ, **PATH}, capture_output=True, text=True)
    check(made.returncode == 0, f"{suite}: a bare root", made.stderr)
    return root


def inside(root, *words):
    return ["bwrap", "--die-with-parent", "--bind", str(root), "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", "--clearenv",
            *(each for pair in PATH.items() for each in ("--setenv", *pair)), "--setenv", "HOME", "/root", *words]


def try_in(suite, root, bundle):
    top = bundle.name.removesuffix(".tar.xz")
    subprocess.run(["tar", "-xf", str(bundle), "-C", str(root / "opt")], check=True)
    warderd, warder, data = f"/opt/{top}/bin/warderd", f"/opt/{top}/bin/warder", "/root/data"
    run = lambda *words: subprocess.run(inside(root, *words), capture_output=True, text=True)
    check(run(warderd, "--version").returncode == 0, f"{suite}: warderd says its version", run(warderd, "--version").stderr)
    port, log = free_port(), root / "log"
    with started(inside(root, warderd, "serve", "--data-dir", data, "--listen", f"127.0.0.1:{port}"), log) as server:
        check(answers(port, server), f"{suite}: the server serves", log.read_text())
        check(ask(port, "/register", ACCOUNT)[0] == 201, f"{suite}: an account is made")
        listed = run(warderd, "user", "list", "--data-dir", data)
        check(ACCOUNT["email"] in listed.stdout, f"{suite}: the command line sees it", listed.stderr)
    given = run(warderd, "starter", "/root/app")
    check(given.returncode == 0 and (root / "root/app/package.json").is_file(), f"{suite}: the starter comes out of it", given.stderr)
    port = free_port()
    words = inside(root, "env", "QT_QPA_PLATFORM=offscreen", warder, "--data-dir", data, "--listen", f"127.0.0.1:{port}")
    with started(words, log) as window:
        check(answers(port, window), f"{suite}: the window's server serves", log.read_text())
        check(ask(port, "/login", ACCOUNT)[0] == 200, f"{suite}: the account signs in at it")
        check("plugin" not in log.read_text().lower().replace("this plugin does not support", ""), f"{suite}: no plug-in was missed",
              log.read_text())


def main(dist, folder):
    bundle = only(dist, "warder-*.tar.xz")
    say(f"{bundle.name}, {bundle.stat().st_size} bytes")
    with tempfile.TemporaryDirectory(dir=folder, prefix="bundle.") as work:
        for suite in ("bullseye", "bookworm"):
            try_in(suite, bare_root(suite, pathlib.Path(work)), bundle)


if __name__ == "__main__":
    main(*sys.argv[1:])
