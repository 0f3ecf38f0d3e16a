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


def contained(root, volume, config, *words, listen=None):
    """The command as an engine runs it."""
    settings = [each for pair in config["Env"] for each in ("--setenv", *pair.split("=", 1))]
    if listen:
        settings += ["--setenv", "WARDER_HTTP_LISTEN", listen]
    uid, gid = config["User"].split(":")
    return ["bwrap", "--die-with-parent", "--unshare-user", "--uid", uid, "--gid", gid, "--unshare-pid", "--as-pid-1", "--cap-drop", "ALL",
            "--clearenv", *settings, "--ro-bind", str(root), "/", "--bind", str(volume), "/data", "--proc", "/proc", "--dev", "/dev", *words]


def main(dist, folder):
    image = Image(only(dist, "warder-*.oci.tar"))
    config = image.config["config"]
    with tempfile.TemporaryDirectory(dir=folder, prefix="image.") as work:
        root, volume, log = (pathlib.Path(work) / each for each in ("root", "volume", "log"))
        with tarfile.open(fileobj=io.BytesIO(image.layer)) as tar:
            tar.extractall(root, filter="fully_trusted")
        programs = sorted(each.name for each in (root / "usr/bin").iterdir())
        check(programs == ["warderd"] and not (root / "bin").exists(), "no shell and no other program is in it", f"{programs}")
        check((root / "data").stat().st_uid == int(config["User"].split(":")[0]), "the volume is its user's")
        volume.mkdir()
        os.chown(volume, *map(int, config["User"].split(":")))
        port = free_port()
        serve = contained(root, volume, config, *config["Entrypoint"], *config["Cmd"], listen=f"0.0.0.0:{port}")
        status = lambda: subprocess.run(contained(root, volume, config, "/usr/bin/warderd", "server", "status"), capture_output=True).returncode
        check(status() == 1, "`server status` says by its exit code that nothing runs")
        for turn in ("first", "second"):
            with started(serve, log) as server:
                check(answers(port, server), f"{turn} start: it serves", log.read_text())
                route = "/register" if turn == "first" else "/login"
                check(ask(port, route, ACCOUNT)[0] in (200, 201), f"{turn} start: {route}")
                check(status() == 0, f"{turn} start: `server status` says by its exit code that it serves")
                check("warning" not in log.read_text().replace("plain HTTP", ""), f"{turn} start: no complaint", log.read_text())
                took = ends_well(server)
                check(took is not None and took < 5, f"{turn} start: SIGTERM ends it with 0, after {took or 0:.1f} s", log.read_text())


if __name__ == "__main__":
    main(*sys.argv[1:])
