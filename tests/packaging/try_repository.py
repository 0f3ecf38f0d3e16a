#!/usr/bin/env python3
"""Makes the apt repository with a key of its own, hands it out over HTTP, and installs from it in a bare Debian 13; changed bytes, another key and
missing signatures are refused there. Runs as root.

usage: try_repository.py DIST FOLDER    The packages are in DIST. FOLDER takes about 700 MB while it runs.
"""
import contextlib
import functools
import gzip
import http.server
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading

sys.dont_write_bytecode = True
from handed_out import check, only  # noqa: E402

MAKE = pathlib.Path(__file__).parents[2] / "packaging/package/repository"
PATH = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
KEYRING = "warder-archive-keyring.asc"
SOURCES = "etc/apt/sources.list.d/warder.sources"
OURS_ALONE = ["-o", f"Dir::Etc::SourceList=/{SOURCES}", "-o", "Dir::Etc::SourceParts=/dev/null", "-o", "Dir::State::Lists=/tmp/lists",
              "-o", "APT::Update::Error-Mode=any"]


def said(*words, **more):
    """Whether a program succeeds, and what it says."""
    done = subprocess.run(list(map(str, words)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
    return done.returncode == 0, done.stdout


class Keys:
    """A home of gpg's that ends with the test."""

    def __init__(self, folder):
        self.environment = {**os.environ, "GNUPGHOME": str(folder)}

    def make(self, name):
        """The fingerprint of a key without a passphrase."""
        words = ("gpg", "--batch", "--status-fd=1", "--passphrase", "", "--quick-generate-key", f"{name} <{name}@example.com>", "ed25519", "sign", "never")
        made, text = said(*words, env=self.environment)
        check(made, f"a key for {name}", text)
        return text.split("KEY_CREATED P ")[1].split()[0]

    def sign(self, dist, folder, key):
        """What the product's own command does with this key."""
        return said(MAKE, dist, folder, env={**self.environment, "WARDER_SIGNING_KEY": key})

    def forget(self):
        said("gpgconf", "--kill", "all", env=self.environment)


class Handed(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@contextlib.contextmanager
def handed_out(folder):
    """The address of a web server for this folder."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handed, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def bare_root(folder):
    made, text = said("mmdebstrap", "--quiet", "--variant=apt", "trixie", folder, env={**os.environ, **PATH})
    check(made, "a bare Debian 13", text)
    return folder


def inside(root, *words):
    resolv = os.path.realpath("/etc/resolv.conf")
    return said("bwrap", "--die-with-parent", "--bind", root, "/", "--dev", "/dev", "--proc", "/proc", "--perms", "1777", "--tmpfs", "/tmp",
                "--ro-bind", resolv, "/etc/resolv.conf", "--clearenv", *(each for pair in PATH.items() for each in ("--setenv", *pair)), *words)


def use(root, uri, keyring):
    """What an administrator does once."""
    shutil.copy(keyring, root / "etc/apt/keyrings" / KEYRING)
    (root / SOURCES).write_text(f"Types: deb\nURIs: {uri}\nSuites: ./\nSigned-By: /etc/apt/keyrings/{KEYRING}\n")


def fetched(root):
    """Whether apt takes the lists of the repository and a package of it, anew."""
    script = 'mkdir -p /tmp/lists/partial && apt-get update "$@" && cd /tmp && apt-get download "$@" warder-server'
    return inside(root, "sh", "-c", script, "sh", *OURS_ALONE)


def change(file, at=-100):
    """One byte becomes another."""
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)


def change_packages(folder):
    change(folder / "Packages")
    (folder / "Packages.gz").write_bytes(gzip.compress((folder / "Packages").read_bytes(), mtime=0))


def change_the_date(name, folder):
    text = (folder / name).read_text()
    (folder / name).write_text(text.replace("Date: ", "Date:  ", 1))


def without(*names):
    return lambda folder: [(folder / each).unlink() for each in names]


SPOILT = {                                         # what is done to the repository, and how apt then refuses
    "a byte of Packages": (change_packages, "hash sum mismatch|unexpected size"),
    "a byte of Packages.gz": (lambda folder: change(folder / "Packages.gz"), "hash sum mismatch"),
    "a byte of a package": (lambda folder: change(next(folder.glob("warder-server_*.deb"))), "hash sum mismatch"),
    "InRelease": (functools.partial(change_the_date, "InRelease"), "bad signature|not signed|invalid signature|signature verification failed"),
    "Release, where there is no InRelease": (lambda folder: (without("InRelease")(folder), change_the_date("Release", folder)),
                                             "bad signature|not signed|invalid signature|signature verification failed"),
    "no signature": (without("InRelease", "Release.gpg"), "not signed"),
}


def refusals_of_the_command(keys, dist, work):
    own = work / "own"
    own.mkdir()
    (own / "notes.txt").write_text("mine")
    key = keys.make("somebody")
    for what, given, folder, word in (("without a key", "", "new", "gpg --quick-generate-key"), ("an id that is short", key[-16:], "new", "whole fingerprint"),
                                      ("a key that gpg has not", "0" * 40, "new", "no secret key"), ("a folder with other things", key, "own", "notes.txt")):
        done, text = keys.sign(dist, work / folder, given)
        check(not done and word in text, f"{what}: it refuses, and says why", text)
    check([each.name for each in own.iterdir()] == ["notes.txt"] and not (work / "new").exists(), "nothing was made then")


def is_the_same_twice(keys, dist, work, key):
    first, second = work / "first", work / "second"
    for folder in (first, second, second):         # a second time, where there is one already
        done, text = keys.sign(dist, folder, key)
        check(done and "Signed-By: /etc/apt/keyrings/" in text, "the repository is made", text)
    expected = sorted(each.name for each in dist.glob("*.deb")) + ["InRelease", "Packages", "Packages.gz", "Release", "Release.gpg", KEYRING]
    check(sorted(each.name for each in second.iterdir()) == sorted(expected), "it holds the packages, the lists, the signatures and the key, no more")
    check(all(each.stat().st_mode & 0o777 == 0o644 for each in first.iterdir()), "everybody may read it")
    check("PRIVATE" not in (first / KEYRING).read_text(), "the key in it is the public half")
    differing = [each for each in ("Packages", "Packages.gz", "Release", KEYRING) if (first / each).read_bytes() != (second / each).read_bytes()]
    check(not differing, "made twice it is the same bytes, but for the signatures", f"{differing}")
    return first


def is_judged_by_apt(keys, dist, root, repository, served, key):
    def refused(what, words, spoil):
        shutil.rmtree(served)
        shutil.copytree(repository, served)
        spoil(served)
        done, text = fetched(root)
        check(not done and any(word in text.lower() for word in words.split("|")), f"{what}: apt refuses", text)

    for what, (spoil, words) in SPOILT.items():
        refused(what if what.startswith("no ") else f"changed: {what}", words, spoil)
    refused("signed by another key", "missing key|no_pubkey|not signed|no public key", lambda folder: keys.sign(dist, folder, keys.make("another")))
    shutil.rmtree(served)
    shutil.copytree(repository, served)
    (served / "InRelease").unlink()
    done, text = fetched(root)
    check(done, "with Release and Release.gpg alone: apt accepts", text)
    keys.sign(dist, served, key)


def is_installed(root, version):
    done, text = inside(root, "sh", "-c", "apt-get update -o APT::Update::Error-Mode=any && apt-get install -y warder-server")
    check(done, "apt update && apt install warder-server", text)
    done, text = inside(root, "warderd", "--version")
    check(done and version in text, f"warderd {version} is there", text)
    done, text = inside(root, "apt-cache", "policy", "warder-server")
    check(done and "127.0.0.1" in text, "apt knows where it came from", text)
    check((root / "usr/share/doc/warder-server/README.Debian").is_file(), "what to do next is there")
    check((root / "usr/share/warder/starter/package.json").is_file(), "the starter came with it, out of the same repository")


def main(dist, folder):
    dist = pathlib.Path(dist).resolve()
    version = only(dist, "warder-server_*.deb").name.split("_")[1]
    with tempfile.TemporaryDirectory(prefix="repository.", dir=folder) as place, tempfile.TemporaryDirectory() as home:
        work, keys = pathlib.Path(place), Keys(home)
        try:
            refusals_of_the_command(keys, dist, work)
            key = keys.make("warder")
            repository = is_the_same_twice(keys, dist, work, key)
            root = bare_root(work / "root")
            served = pathlib.Path(shutil.copytree(repository, work / "served"))
            with handed_out(served) as uri:
                use(root, uri, repository / KEYRING)
                done, text = fetched(root)
                check(done, "over HTTP: apt accepts", text)
                is_judged_by_apt(keys, dist, root, repository, served, key)
                is_installed(root, version)
        finally:
            keys.forget()


if __name__ == "__main__":
    main(*sys.argv[1:])
