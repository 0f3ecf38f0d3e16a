"""Who includes whom, and include lines added and taken away where this project has them: the own header, ours, Qt's, then the others."""
import dataclasses
import functools
import hashlib
import os
import pathlib
import re

OURS = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
ANY = re.compile(r'\s*#\s*include\s+["<]([^">]+)[">]')


@dataclasses.dataclass
class Change:
    """Of one file: whole lines to add, numbers of lines to take away, and lines that it could have but leans on others for."""
    path: str
    added: set
    unused: set
    leant: set

    @functools.cached_property
    def lines(self):
        return pathlib.Path(self.path).read_text().split("\n")

    @property
    def lost(self):
        return {self.lines[number - 1] for number in self.unused}


class Texts:
    """The files of ours, read once."""

    def __init__(self):
        self.known = {}

    def hash_of(self, path):
        return self.text(path)[0]

    def included_by(self, path):
        return self.text(path)[1]

    def read_by(self, path, without=frozenset()):
        """The files of ours that come with a file, but for those by the (path, included) in `without`."""
        seen, waiting = set(), [path]
        while waiting:
            at = waiting.pop()
            new = {each for each in self.included_by(at) if (at, each) not in without} - seen
            seen |= new
            waiting += new
        return seen

    def text(self, path):
        if path not in self.known:
            data = pathlib.Path(path).read_bytes()
            near = lambda name: next((each for each in (os.path.join(os.path.dirname(path), name), name) if os.path.isfile(each)), None)
            included = filter(None, map(near, OURS.findall(data.decode(errors="replace"))))
            self.known[path] = hashlib.sha256(data).digest(), {os.path.normpath(each) for each in included}
        return self.known[path]


def carry_out(changes):
    """All of them; and who leant on a line that goes gets it."""
    texts = Texts()
    gone = {(each.path, named[1]) for each in changes for line in each.lost if (named := OURS.match(line))}
    lost = {each.path: {plain(line): line for line in each.lost if not OURS.match(line)} for each in changes}
    for each in changes:
        old, new = texts.read_by(each.path), texts.read_by(each.path, gone)
        for line in each.leant:
            if named := OURS.match(line):
                each.added |= {line} if named[1] in old - new else set()
            else:
                each.added |= {lost[header][plain(line)] for header in old if plain(line) in lost.get(header, {})}
    for each in changes:
        write(each)


def plain(line):
    """<QString> and <qstring.h> are one."""
    return os.path.basename(ANY.match(line)[1]).lower().removesuffix(".h")


def write(change):
    lines = [each for number, each in enumerate(change.lines, 1) if number not in change.unused]
    new = change.added - set(lines)
    own = own_of(change.path)
    blocks = (lambda line: OURS.match(line) and line != own,
              lambda line: line.startswith("#include <Q"),
              lambda line: line.startswith("#include <") and not line.startswith("#include <Q"))
    for number, is_alike in enumerate(blocks):
        is_before = lambda line: line == own or any(each(line) for each in blocks[:number])
        insert(lines, sorted(filter(is_alike, new)), is_alike, is_before)
    if lines != change.lines:
        pathlib.Path(change.path).write_text("\n".join(lines))


def own_of(path):
    return f'#include "{os.path.splitext(path)[0]}.h"'


def insert(lines, new, is_alike, is_before):
    """After the last line alike; or in a block of their own after the last that comes before them, or above the first line of code."""
    end = lambda those: max((number for number, each in enumerate(lines) if those(each) and not each.endswith('.moc"')), default=-1) + 1
    if not new:
        return
    if at := end(is_alike):
        lines[at:at] = new
    elif at := end(is_before):
        lines[at:at] = ["", *new]
    else:
        at = next(number for number, each in enumerate(lines) if each and not each.startswith(("#pragma", "//")))
        lines[at:at] = [*new, ""]
