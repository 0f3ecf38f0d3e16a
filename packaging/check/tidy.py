"""clang-tidy over every .cpp and .h by itself, without precompiled headers. What was found clean is remembered by content."""
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import time
import typing

import yaml

import includes
import sources
from sources import Fault

TIDY = "clang-tidy-19"
TREE = pathlib.Path("build/check")
UNUSED = re.compile(r"included header .* is not used directly")
MISSING = re.compile(r'no header providing "(?P<name>.*)" is directly included')
KEPT_DAYS = 60


class Finding(typing.NamedTuple):
    """What clang-tidy says, and the include line that it would add, if it would."""
    fault: Fault
    added: str | None

    @property
    def is_unused_include(self):
        return UNUSED.fullmatch(self.fault.words) is not None


def faults(cache, paths):
    meant = [each for each in paths if is_judged(each)]
    if not meant:
        return
    memory, commands = Memory(cache / "tidy"), Commands()
    new = {each: key for each in meant if not memory.holds(key := memory.key(each, commands.of(each)))}
    if new:
        sources.say(f"{len(new)} of {len(meant)} files are new to clang-tidy")
    for path, found in findings(commands, new):
        wrong = [each.fault for each in found if counts(each)]
        yield from wrong
        if not wrong:
            memory.add(new[path])
    memory.prune()


def put_right(paths):
    """Includes what each file uses of ours, and no longer what it does not use. The faults of those that do not compile are returned:
    what clang-tidy says of their includes is guessed, they stay as they are."""
    found = dict(findings(Commands(), [each for each in paths if is_judged(each)]))
    broken = {path: faults for path, all_of in found.items()
              if (faults := [each.fault for each in all_of if each.fault.tool in ("clang-diagnostic-error", TIDY)])}
    changes = [includes.Change(path,
                               added={each.added for each in all_of if each.added and counts(each)},
                               unused={each.fault.line for each in all_of if each.is_unused_include},
                               leant={each.added for each in all_of if each.added and not counts(each)})
               for path, all_of in found.items() if path not in broken]
    includes.carry_out(changes)
    return [each for faults in broken.values() for each in faults]


def is_judged(path):
    """A precompiled header uses nothing of what it includes."""
    return sources.is_cpp(path) and os.path.basename(path) != "Precompiled.h"


def findings(commands, paths):
    """Each path with all that clang-tidy says of it, as they come."""
    if not paths:
        return
    sources.say(f"clang-tidy: {len(paths)} files, up to {len(paths) * 4 // len(os.sched_getaffinity(0)) + 5} s")
    commands.write(paths)
    yield from sources.side_by_side(look_at, paths)


def look_at(path):
    file = TREE / "tidy" / f"{path.replace('/', '+')}.yaml"
    file.unlink(missing_ok=True)
    # What bodies do wrong is found in a header, too, by whatever source includes it; those checks take half of the time.
    checks = ["--checks=-bugprone-*,-performance-*"] if path.endswith(".h") else []
    result = sources.run(TIDY, "--quiet", "-p", str(TREE / "tidy"), "--header-filter=.*", *checks, f"--export-fixes={file}", os.path.abspath(path))
    if file.exists():
        return path, [finding(each) for each in yaml.load(file.read_text(), yaml.CSafeLoader)["Diagnostics"]]
    why = (result.stderr.strip().splitlines() or ["ended with an error"])[-1]
    return path, [Finding(Fault(path, 1, why, TIDY), None)] if result.returncode else []


def finding(diagnostic):
    said = diagnostic["DiagnosticMessage"]
    path = os.path.relpath(said["FilePath"]) if said["FilePath"] else "."
    line = pathlib.Path(path).read_bytes().count(b"\n", 0, said["FileOffset"]) + 1 if os.path.isfile(path) else 1
    added = next((each["ReplacementText"].strip() for each in said["Replacements"] if each["ReplacementText"].startswith("#include ")), None)
    return Finding(Fault(path, line, said["Message"], diagnostic["DiagnosticName"]), added)


def counts(found):
    """Of includes that are missing only ours in our headers: what Qt and the standard library include is theirs to say, a source may
    have more from the headers that it includes, and core/base comes with everything."""
    if not (missing := MISSING.fullmatch(found.fault.words)):
        return True
    header = includes.OURS.match(found.added or "")
    return (found.fault.path.endswith(".h") and missing["name"].startswith("warder::")
            and header is not None and not header[1].startswith("core/base/"))


class Commands:
    """How each file is compiled: as the preset `check` says, a fuzz target as `fuzz` does; a header like the source that is nearest to it."""

    def __init__(self):
        self.flags = {}
        for preset in ("fuzz", "check"): # what both compile is as the latter has it
            configured = sources.run("cmake", "--preset", preset)
            if configured.returncode:
                raise sources.Trouble(f"configuring preset {preset} failed:\n{configured.stdout}{configured.stderr}")
            entries = json.loads((TREE.parent / preset / "compile_commands.json").read_text())
            self.flags |= {os.path.relpath(each["file"]): plain_flags(each["command"]) for each in entries if "autogen" not in each["file"]}

    def of(self, path):
        return self.flags[max(sorted(self.flags), key=lambda each: nearness(each, path))]

    def write(self, paths):
        (TREE / "tidy").mkdir(parents=True, exist_ok=True)
        entries = [{"directory": os.getcwd(), "file": os.path.abspath(each),
                    "arguments": ["clang++", *self.of(each), *self.own_flags(each), os.path.abspath(each)]} for each in paths]
        (TREE / "tidy/compile_commands.json").write_text(json.dumps(entries))

    def own_flags(self, path):
        if path.endswith(".h"):
            return ["-x", "c++-header"]
        return [f"-I{folder}"] if (folder := self.moc(path)) else []

    def moc(self, path):
        """The folder with what moc makes of a source that includes it."""
        name = next((each for each in includes.OURS.findall(pathlib.Path(path).read_text()) if each.endswith(".moc")), None)
        if name is None:
            return None
        folder = TREE / "moc" / os.path.dirname(path)
        folder.mkdir(parents=True, exist_ok=True)
        flags = [each.replace("-isystem", "-I") for each in self.of(path) if each.startswith(("-I", "-D", "-isystem"))]
        made = sources.run(moc_program(), *flags, path, "-o", str(folder / name))
        if made.returncode:
            raise sources.Trouble(f"moc failed for {path}:\n{made.stderr}")
        return folder


def plain_flags(command):
    """Without the compiler, the file and the output."""
    words = iter(shlex.split(command)[1:])
    return [f"{word}{next(words)}" if word == "-isystem" else word for word in words if word not in ("-o", "-c") or not next(words)]


def nearness(source, path):
    same = 0
    for one, other in zip(source.split("/"), path.split("/")):
        if one != other:
            break
        same += 1
    return source == path, os.path.splitext(source)[0] == os.path.splitext(path)[0], same


def moc_program():
    return sources.run("qtpaths6", "--query", "QT_HOST_LIBEXECS").stdout.strip() + "/moc"


class Memory:
    """The hashes of what clang-tidy found clean: file, headers of ours that it reads, flags, .clang-tidy and the tools."""

    def __init__(self, folder):
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        packages = re.sub(r"#.*", "", pathlib.Path("packaging/packages.txt").read_text()).split()
        versions = subprocess.run(["dpkg-query", "-W", *packages], capture_output=True).stdout
        self.common = hashlib.sha256(pathlib.Path(".clang-tidy").read_bytes() + versions).digest()
        self.texts = includes.Texts()

    def key(self, path, flags):
        total = hashlib.sha256(self.common)
        total.update("\0".join(flags).replace(os.getcwd(), "").encode())
        for each in sorted(self.texts.read_by(path)) + [path]:
            total.update(each.encode() + self.texts.hash_of(each))
        return total.hexdigest()

    def holds(self, key):
        try:
            os.utime(self.folder / key)
            return True
        except FileNotFoundError:
            return False

    def add(self, key):
        (self.folder / key).touch()

    def prune(self):
        oldest = time.time() - KEPT_DAYS * 24 * 3600
        for each in self.folder.iterdir():
            if each.stat().st_mtime < oldest:
                each.unlink(missing_ok=True)
