#!/usr/bin/env python3
"""Takes the container image apart, as its format says, and runs it as the first process of a namespace: user 10001, a root that is read-only, one
volume. Runs as root, without a container engine.

usage: try_image.py DIST FOLDER    The image is in DIST. FOLDER takes about 200 MB while it runs.
"""
import gzip
import hashlib
import io
import json
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile

sys.dont_write_bytecode = True
from handed_out import ACCOUNT, ask, check, child_of, ends_well, first_answer, free_port, measured, only, size_of, started  # noqa: E402

MOST = 45_000_000


class Image:
    """An archive in the OCI layout; every blob is what its name says."""

    def __init__(self, archive):
        with tarfile.open(archive) as tar:
            self.files = {each.name: tar.extractfile(each).read() for each in tar if each.isfile()}
        check(json.loads(self.files["oci-layout"]) == {"imageLayoutVersion": "1.0.0"}, "the archive is an OCI layout")
        self.manifest = json.loads(self.blob(json.loads(self.files["index.json"])["manifests"][0]))
        self.config = json.loads(self.blob(self.manifest["config"]))
        layer, = self.manifest["layers"]
        self.layer = gzip.decompress(self.blob(layer))
        check(layer["size"] <= MOST, f"its layer has {layer['size']} bytes, {MOST} at most")
        check(self.config["rootfs"]["diff_ids"] == [digest(self.layer)], "the layer is the one that the configuration names")
        named = [{"Config": place(self.manifest["config"]), "Layers": [place(layer)],
                  "RepoTags": ["warder:" + self.config["config"]["Labels"]["org.opencontainers.image.version"]]}]
        check(json.loads(self.files["manifest.json"]) == named, "it is what `docker load` reads as well")

    def blob(self, descriptor):
        data = self.files[place(descriptor)]
        check(len(data) == descriptor["size"] and digest(data) == descriptor["digest"], f"{descriptor['mediaType']} is what its digest says")
        return data


def place(descriptor):
    return "blobs/" + descriptor["digest"].replace(":", "/")


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


# Ends as its first argument's user: root, read-only but for its volume, which is the second.
CONTAIN = """
user=$1 root=$2 volume=$3
shift 3
mount --bind "$root" "$root"
mount --bind "$volume" "$root/data"
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
mount -o remount,bind,ro "$root"
exec chroot --userspec="$user" "$root" "$@"
"""


def contained(root, volume, config, *words, listen=None):
    """The command as an engine runs it: as the first process of a namespace."""
    given = [*config["Env"], "PATH=/usr/sbin:/usr/bin:/sbin:/bin", *([f"WARDER_HTTP_LISTEN={listen}"] if listen else [])]
    return ["env", "--ignore-environment", *given,
            "unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private",
            "sh", "-euc", CONTAIN, "sh", config["User"], str(root), str(volume), *words]


class Container:
    """The image unpacked, with a volume of its user's; run as an engine would, at a port of its own."""

    def __init__(self, image, work):
        self.config = image.config["config"]
        self.root, self.volume, self.log = (work / each for each in ("root", "volume", "log"))
        with tarfile.open(fileobj=io.BytesIO(image.layer)) as tar:
            tar.extractall(self.root, filter="fully_trusted")
        self.volume.mkdir()
        os.chown(self.volume, *self.owner)
        self.port = free_port()

    @property
    def owner(self):
        return [int(each) for each in self.config["User"].split(":")]

    def words(self, *command):
        return contained(self.root, self.volume, self.config, *command, listen=f"0.0.0.0:{self.port}")

    def status(self):
        """The exit code of the health check."""
        return subprocess.run(self.words("/usr/bin/warderd", "server", "status"), capture_output=True).returncode


def try_files(container):
    root = container.root
    programs = sorted(each.name for each in (root / "usr/bin").iterdir())
    check(programs == ["warderd"] and not (root / "bin").exists(), "no shell and no other program is in it", f"{programs}")
    data = (root / "data").stat()
    check([data.st_uid, data.st_gid] == container.owner and 0 not in container.owner, "the volume is its user's, who is not root")


def try_serving(container, turn, route):
    """Returns the seconds that it took to stop."""
    log = container.log
    with started(container.words(*container.config["Entrypoint"], *container.config["Cmd"]), log) as server:
        took = first_answer(container.port, server)
        check(took, f"{turn} start: it serves", log.read_text())
        check(ask(container.port, route, ACCOUNT)[0] in (200, 201), f"{turn} start: {route}")
        check(container.status() == 0, f"{turn} start: `server status` says by its exit code that it serves")
        complaints = [line for line in log.read_text().splitlines() if " warning " in line and "http.listen" not in line]
        check(not complaints, f"{turn} start: it complains of nothing but the open port", f"{complaints}")
        measured("the image", size_of(container.root), took, child_of(server))
        stopped = ends_well(server, child_of(server))
        check(stopped is not None, f"{turn} start: SIGTERM ends it with 0, after {stopped or 0:.1f} s", log.read_text())
        return stopped


def main(dist, folder):
    image = Image(only(dist, "warder-*.oci.tar"))
    with tempfile.TemporaryDirectory(dir=folder, prefix="image.") as work:
        container = Container(image, pathlib.Path(work))
        try_files(container)
        check(container.status() != 0, "`server status` says by its exit code that nothing runs")
        stops = [try_serving(container, "first", "/register"), try_serving(container, "second", "/login")]
        check(min(stops) < 1, "SIGTERM ends it within a second")     # of two, since the machine may be busy


if __name__ == "__main__":
    main(*sys.argv[1:])
