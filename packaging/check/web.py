"""Biome over TypeScript, JavaScript, JSON and CSS, as .biome.json says. It comes from npm, in the version of the lock file here."""
import hashlib
import os
import pathlib
import re
import shutil
import tempfile

import sources
from sources import Fault

SUFFIXES = (".cjs", ".css", ".js", ".json", ".jsx", ".mjs", ".svg", ".ts", ".tsx")
HERE = pathlib.Path(__file__).parent
COMPLAINT = re.compile(r"[×!i] (?P<path>[^:]+?)(?::(?P<line>\d+):\d+)?: (?P<words>.*)")


def faults(cache, paths):
    said = biome(cache, "check", paths, "--reporter=concise", "--max-diagnostics=none")
    for line in said.splitlines():
        if match := COMPLAINT.match(line):
            words = sources.NOT_FORMATTED if match["words"].startswith("format:") else match["words"]
            yield Fault(match["path"], int(match["line"] or 1), words, "biome")


def put_right(cache, paths):
    biome(cache, "format", paths, "--write")


def biome(cache, command, paths, *options):
    meant = [each for each in paths if each.endswith(SUFFIXES)]
    if not meant:
        return ""
    result = sources.run(str(installed(cache)), command, "--colors=off", "--no-errors-on-unmatched", *options, *meant)
    if result.returncode and not COMPLAINT.search(result.stdout + result.stderr):
        raise sources.Trouble(f"Biome failed: {result.stderr.strip()}")
    return result.stdout + result.stderr


def installed(cache):
    """The program, in the cache under the hash of the lock file. It appears whole or not at all."""
    lock = HERE / "package-lock.json"
    place = cache / f"biome-{hashlib.sha256(lock.read_bytes()).hexdigest()[:16]}"
    if not place.exists():
        sources.say("fetching Biome from npm, once")
        cache.mkdir(parents=True, exist_ok=True)
        partial = pathlib.Path(tempfile.mkdtemp(dir=cache, suffix=".partial"))
        for name in (".npmrc", "package.json", "package-lock.json"):
            shutil.copy(HERE / name, partial)
        result = sources.run("npm", "--prefix", str(partial), "ci")
        if result.returncode:
            shutil.rmtree(partial)
            raise sources.Trouble(f"Biome could not be fetched from npm:\n{result.stderr.strip()}")
        try:
            os.rename(partial, place)
        except OSError:  # another one was quicker
            shutil.rmtree(partial)
    return place / "node_modules/.bin/biome"
