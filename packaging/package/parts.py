"""What bundle, image and bills of materials are made of: the programs out of the Debian packages, and every file that they load here."""
import os
import pathlib
import re
import shutil
import subprocess
import tarfile

# What is opened by name while it runs, so that no program names it to the loader; below LIBRARIES.
SERVER_PLUGINS = ("qt6/plugins/sqldrivers/libqsqlite.so", "qt6/plugins/tls/libqopensslbackend.so", "qca-qt6/crypto/libqca-ossl.so")
WINDOW_PLUGINS = tuple(f"qt6/plugins/{each}.so" for each in (
    "platforms/libqxcb", "platforms/libqwayland-generic", "platforms/libqoffscreen",
    "wayland-shell-integration/libxdg-shell", "wayland-decoration-client/libbradient", "platformthemes/libqxdgdesktopportal",
    "platforminputcontexts/libcomposeplatforminputcontextplugin", "platforminputcontexts/libibusplatforminputcontextplugin",
    "iconengines/libqsvgicon", "imageformats/libqsvg"))


def said(*words):
    """What a program prints; that it fails ends this one, with its own words."""
    return subprocess.run(list(map(str, words)), check=True, stdout=subprocess.PIPE, text=True).stdout

OPENED_LIBRARIES = ("libsecret-1.so.0",)           # the same, by the loader: the keychain


LIBRARIES = pathlib.Path("/usr/lib") / said("dpkg-architecture", "--query", "DEB_HOST_MULTIARCH").strip()
EPOCH = int(os.environ["SOURCE_DATE_EPOCH"])       # of everything that is made, so that it is the same bytes each time


class Package:
    """A .deb of ours, unpacked."""

    def __init__(self, dist, name, folder):
        self.name = name
        self.file, = dist.glob(f"{name}_*.deb")
        self.root = folder / name
        said("dpkg-deb", "--extract", self.file, self.root)

    def field(self, name):
        return said("dpkg-deb", "--field", self.file, name).strip()

    @property
    def version(self):
        return self.field("Version")

    @property
    def architecture(self):
        return self.field("Architecture")

    @property
    def dependencies(self):
        """The names of what it depends on; of alternatives the one that is here, or the first."""
        for words in filter(None, self.field("Depends").split(",")):
            names = re.findall(r"([a-z0-9][a-z0-9.+-]+)(?:\s*\([^)]*\))?\s*(?:\||$)", words)
            yield next(filter(installed, names), names[0])


def installed(name):
    """Version and architecture of a package of this system's; None where it is not there."""
    form = "${db:Status-Status}\t${Version}\t${Architecture}\n"
    found = subprocess.run(["dpkg-query", "--show", f"--showformat={form}", name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    state, _, words = found.stdout.partition("\n")[0].partition("\t")
    return tuple(words.split("\t")) if state == "installed" else None


def libraries(files):
    """What the loader looks for on behalf of these files, by its name there, and where this system has it."""
    found = re.findall(r"^\t(\S+) => (/\S+) \(", said("ldd", *files), re.MULTILINE)
    return {name: pathlib.Path(os.path.realpath(path)) for name, path in found}


def loader(program):
    return pathlib.Path(said("patchelf", "--print-interpreter", program).strip())


def copy(source, target, mode=0o644):
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(mode)


def origins(files):
    """The Debian packages that these files of the system's come from."""
    names = {str(each) for each in files} | {str(each).removeprefix("/usr") for each in files}    # dpkg may know either
    found = subprocess.run(["dpkg-query", "--search", *sorted(names)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    return sorted({line.split(":")[0] for line in found.splitlines()})


def add_licences(packages, folder):
    """Who hands out a library hands out its licence."""
    for each in packages:
        copy(pathlib.Path("/usr/share/doc") / each / "copyright", folder / each)


def remove_former(dist, kind):
    """What another version left in DIST: files whose names end so, with their bills of materials."""
    for each in [*dist.glob(f"warder-*.{kind}"), *dist.glob(f"warder-*.{kind}.cdx.json")]:
        each.unlink()


def pack(folder, out, owner_of=lambda name: 0):
    """A tar of all below the folder into the open file `out`: sorted, of one time, of root or whom owner_of says."""
    def plain(info):
        info.mtime, info.uname, info.gname = EPOCH, "", ""
        info.uid = info.gid = owner_of(info.name)
        return info

    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for each in sorted(folder.iterdir()):
            tar.add(each, arcname=each.name, filter=plain)       # sorts what is below
