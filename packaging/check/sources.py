"""The project's own texts, what is a fault in one, and how a tool is run over them."""
import concurrent.futures
import os
import re
import subprocess
import sys
import typing

NOT_OURS = {"build", "corpus", "dist", "node_modules", "swagger-ui", "test-results", "__pycache__"}
NOT_FORMATTED = "not formatted; packaging/dev format puts it right"
COMPLAINT = re.compile(r"(?P<path>[^:\s][^:]*):(?P<line>\d+):(?:\d+:)? (?P<words>.*)")


class Trouble(Exception):
    """Why nothing could be checked."""


class Fault(typing.NamedTuple):
    path: str
    line: int
    words: str
    tool: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.words} [{self.tool}]"


def say(words):
    print(f"check: {words}", file=sys.stderr, flush=True)


def everything():
    for folder, folders, names in os.walk("."):
        folders[:] = sorted(each for each in folders if each not in NOT_OURS and (each[0] != "." or each == ".ci"))
        yield from (os.path.normpath(os.path.join(folder, each)) for each in sorted(names))


def chosen(given):
    """All texts, or those that are named or lie below what is named."""
    for each in given:
        if not os.path.exists(each):
            raise Trouble(f"there is no {each}")
    is_meant = lambda path: not given or any(each in (".", path) or path.startswith(f"{each}/") for each in given)
    return [path for path in everything() if is_meant(path) and is_text(path)]


def head(path):
    with open(path, "rb") as file:
        return file.read(8000)


def is_text(path):
    return os.path.isfile(path) and b"\0" not in head(path)


def is_cpp(path):
    return path.endswith((".cpp", ".h"))


def is_python(path):
    return path.endswith(".py") or re.match(rb"#!.*\bpython3", head(path)) is not None


def is_shell(path):
    return path.endswith(".sh") or re.match(rb"#!.*\b(ba)?sh\b", head(path)) is not None


def complaints(text, tool):
    """From lines as compilers print them: PATH:LINE:COLUMN: WORDS."""
    for line in text.splitlines():
        if match := COMPLAINT.match(line):
            yield Fault(os.path.relpath(match["path"]), int(match["line"]), match["words"], tool)


def run(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise Trouble(f"{error.filename} is missing: packaging/packages.txt names its package") from None


def side_by_side(function, items):
    """The function's results, as they come; as many at once as there are processors."""
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        waiting = [pool.submit(function, each) for each in items]
        try:
            for each in concurrent.futures.as_completed(waiting):
                yield each.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def in_portions(paths, size=40):
    return [paths[start : start + size] for start in range(0, len(paths), size)]
