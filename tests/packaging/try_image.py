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
from handed_out import ACCOUNT, answers, ask, check, ends_well, free_port, only, started  # noqa: E402

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

    def blob(self, descriptor):
        data = self.files["blobs/" + descriptor["digest"].replace(":", "/")]
        check(len(data) == descriptor["size"] and digest(data) == descriptor["digest"], f"{descriptor['mediaType']} is what its digest says")
        return data


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


def first_process(process):
    """That unshare waits for, and ends as."""
    return int(pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text())


def main(dist, folder):
    image = Image(only(dist, "warder-*.oci.tar"))
    config = image.config["config"]
    with tempfile.TemporaryDirectory(dir=folder, prefix="image.") as work:
        root, volume, log = (pathlib.Path(work) / each for each in ("root", "volume", "log"))
        with tarfile.open(fileobj=io.BytesIO(image.layer)) as tar:
            tar.extractall(root, filter="fully_trusted")
        programs = sorted(each.name for each in (root / "usr/bin").iterdir())
        check(programs == ["warderd"] and not (root / "bin").exists(), "no shell and no other program is in it", f"{programs}")
        owner = [int(each) for each in config["User"].split(":")]
        check([(root / "data").stat().st_uid, (root / "data").stat().st_gid] == owner, "the volume is its user's")
        volume.mkdir()
        os.chown(volume, *owner)
        port = free_port()
        serve = contained(root, volume, config, *config["Entrypoint"], *config["Cmd"], listen=f"0.0.0.0:{port}")
        status = lambda: subprocess.run(contained(root, volume, config, "/usr/bin/warderd", "server", "status"), capture_output=True).returncode
        check(status() != 0, "`server status` says by its exit code that nothing runs")
        for turn in ("first", "second"):
            with started(serve, log) as server:
                check(answers(port, server), f"{turn} start: it serves", log.read_text())
                route = "/register" if turn == "first" else "/login"
                check(ask(port, route, ACCOUNT)[0] in (200, 201), f"{turn} start: {route}")
                check(status() == 0, f"{turn} start: `server status` says by its exit code that it serves")
                complaints = [line for line in log.read_text().splitlines() if " warning " in line and "http.listen" not in line]
                check(not complaints, f"{turn} start: it complains of nothing but the open port", f"{complaints}")
                took = ends_well(server, first_process(server))
                check(took is not None and took < 5, f"{turn} start: SIGTERM ends it with 0, after {took or 0:.1f} s", log.read_text())


if __name__ == "__main__":
    main(*sys.argv[1:])
