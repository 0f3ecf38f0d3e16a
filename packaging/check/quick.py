"""What takes seconds: clang-format, .editorconfig, shellcheck, pyflakes."""
import itertools
import os
import pathlib
import re

import editorconfig

import sources
from sources import Fault

FORMAT = "clang-format-19"


def faults(paths):
    cpp = [each for each in paths if sources.is_cpp(each)]
    return itertools.chain(
        itertools.chain.from_iterable(sources.side_by_side(shapes, sources.in_portions(cpp))),
        itertools.chain.from_iterable(map(plain_texts, paths)),
        linted(paths, sources.is_shell, "shellcheck", "-f", "gcc"),
        linted(paths, sources.is_python, "pyflakes3"))


def put_right(paths):
    cpp = [each for each in paths if sources.is_cpp(each)]
    for _ in sources.side_by_side(lambda portion: sources.run(FORMAT, "-i", *portion), sources.in_portions(cpp)):
        pass
    for path in paths:
        file = pathlib.Path(path)
        old = file.read_bytes()
        new = mended(old, rules_of(path))
        if new != old:
            file.write_bytes(new)


def shapes(paths):
    """One fault for each file that clang-format would change."""
    said = sources.run(FORMAT, "--dry-run", *paths).stderr
    first = {}
    for fault in sources.complaints(said, FORMAT):
        first.setdefault(fault.path, fault)
    return [fault._replace(words=sources.NOT_FORMATTED) for fault in first.values()]


def linted(paths, is_its, tool, *options):
    meant = [each for each in paths if is_its(each)]
    if not meant:
        return []
    result = sources.run(tool, *options, *meant)
    return sources.complaints(result.stdout + result.stderr, tool)


def rules_of(path):
    return editorconfig.get_properties(os.path.abspath(path))


def plain_texts(path):
    rules = rules_of(path)
    data = pathlib.Path(path).read_bytes()
    fault = lambda line, words: Fault(path, line, words, ".editorconfig")
    if rules.get("charset") == "utf-8":
        try:
            data.decode()
        except UnicodeDecodeError as error:
            yield fault(data.count(b"\n", 0, error.start) + 1, "not UTF-8")
            return
    for number, line in enumerate(data.split(b"\n"), 1):
        for words in faults_of_line(line, rules):
            yield fault(number, words)
    if rules.get("insert_final_newline") == "true" and data and not data.endswith(b"\n"):
        yield fault(data.count(b"\n") + 1, "no newline at the end")


def faults_of_line(line, rules):
    if rules.get("end_of_line") == "lf" and line.endswith(b"\r"):
        yield "ends with CR"
    elif rules.get("trim_trailing_whitespace") == "true" and line[-1:] in (b" ", b"\t"):
        yield "blank at the end of the line"
    if rules.get("indent_style") == "space" and re.match(rb" *\t", line):
        yield "indented by a tab"
    most = rules.get("max_line_length", "")
    holds_text = b'"' in line.split(b"//", 1)[0]  # which is not broken for its width
    if most.isdigit() and len(line.decode(errors="replace")) > int(most) and not holds_text:
        yield f"longer than {most} columns"


def mended(data, rules):
    if rules.get("end_of_line") == "lf":
        data = data.replace(b"\r\n", b"\n")
    if rules.get("trim_trailing_whitespace") == "true":
        data = re.sub(rb"[ \t]+$", b"", data, flags=re.MULTILINE)
    if rules.get("insert_final_newline") == "true" and data and not data.endswith(b"\n"):
        data += b"\n"
    return data
