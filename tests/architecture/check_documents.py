#!/usr/bin/env python3
"""Holds what the documents and the code's comments name against the files of the repository.

usage: check_documents.py REPOSITORY
"""
import os
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(sys.argv[1]).resolve()
NOT_OURS = {"build", "node_modules", "dist", "swagger-ui", "__pycache__", "corpus"}
FOLDERS = ("app", "core", "docs", "frontend", "packaging", "resources", "tests", "ui")
SOURCES = {".cpp", ".h", ".py", ".ts", ".tsx", ".js", ".mjs", ".sql", ".txt", ".cmake", ".service", ".socket", ".lua", ""}

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
PATH = re.compile(rf"(?<![\w./:~$}}-])((?:{'|'.join(FOLDERS)})/[\w./*{{}},-]*\w[*}}]?/?|\.ci/run|[\w./-]*\w\.md\b)")
NAME = re.compile(r"(?<![\w/.])([A-Z]\w+\.(?:h|cpp))\b")
ROOM = re.compile(r"^\| `(core/\w+)` \|", re.MULTILINE)
SECTION = re.compile(r"\b(?!RFC|UAX|UTS)[A-Z]{3,}(?:\.md)?,? §")
FENCE = re.compile(r"^( *)(```|~~~).*?^\1\2", re.MULTILINE | re.DOTALL)


def files(suffixes):
    """Ours with these endings, as paths from the root."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if name not in NOT_OURS and not name.startswith("."))
        found += [pathlib.Path(folder, name).relative_to(ROOT) for name in sorted(names) if pathlib.Path(name).suffix in suffixes]
    return found


def spellings(path):
    """`core/base/Id.{h,cpp}` names two files."""
    braces = re.search(r"\{([^}]*)\}", path)
    return [path[:braces.start()] + word + path[braces.end():] for word in braces[1].split(",")] if braces else [path]


def is_there(path, near):
    """Whether `path` names something of ours: from the root, or from the folder of the file that names it."""
    return all(any(next(folder.glob(one.rstrip("/")), None) for folder in (ROOT, ROOT / near)) for one in spellings(path))


def lines_of(text):
    return list(enumerate(text.splitlines(), 1))


def comments(text):
    """What C++ says to people, line by line."""
    return [(number, line.partition("//")[2]) for number, line in lines_of(text)]


def prose(text):
    """A document's lines without its examples, which may name files of other projects."""
    return lines_of(FENCE.sub(lambda block: "\n" * block[0].count("\n"), text))


def words(text):
    """The same without links: those have a check of their own."""
    return [(number, LINK.sub("", line)) for number, line in prose(text)]


def anchors(text):
    """The names GitHub gives to a document's headings."""
    titles = re.findall(r"^#+ +(.*)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.replace("`", "").lower()).strip().replace(" ", "-") for title in titles}


def wrong_links(file, text):
    wrong = []
    for number, line in prose(text):
        for target in LINK.findall(line):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            found = ROOT / file.parent / path if path else ROOT / file
            if not found.exists():
                wrong.append(f"{file}:{number} links to {target}, which is not there")
            elif anchor and anchor not in anchors(found.read_text()):
                wrong.append(f"{file}:{number} links to {target}: no such heading")
    return wrong


def wrong_paths(file, lines):
    return [f"{file}:{number} names {path}, which is not there" for number, line in lines for path in PATH.findall(line)
            if not is_there(path, file.parent)]


def wrong_names(file, lines):
    """A file's name without its folder, as a document gives it where the folder has been named before."""
    known = {known.name for known in files({".h", ".cpp"})}
    return [f"{file}:{number} names {name}, which no folder has" for number, line in lines for name in NAME.findall(line) if name not in known]


def wrong_sections(file, lines):
    return [f"{file}:{number} cites a section of a document that is not here: {line.strip()}" for number, line in lines if SECTION.search(line)]


class Documents(unittest.TestCase):
    maxDiff = None

    def test_every_link_leads_somewhere(self):
        documents = files({".md"})
        self.assertGreater(len(documents), 10)
        self.assertEqual([fault for file in documents for fault in wrong_links(file, (ROOT / file).read_text())], [])

    def test_documents_name_only_what_is_there(self):
        wrong = []
        for file in files({".md"}):
            lines = words((ROOT / file).read_text())
            wrong += wrong_names(file, lines) + (wrong_paths(file, lines) if file.parts[0] != "frontend" else [])
        self.assertEqual(wrong, [])

    def test_the_rooms_stand_in_their_order(self):
        rooms = re.search(r"^set\(WARDER_ROOMS ([\w ]+) CACHE", (ROOT / "core/CMakeLists.txt").read_text(), re.MULTILINE)[1].split()
        self.assertEqual(ROOM.findall((ROOT / "docs/architecture.md").read_text()), [f"core/{room}" for room in rooms])

    def test_every_document_is_in_the_index(self):
        documents = [file for file in files({".md"}) if file.parts[0] == "docs" and file.name != "README.md"]
        self.assertEqual([str(file) for file in documents if f"({file.name})" not in (ROOT / file.parent / "README.md").read_text()], [])

    def test_sources_cite_only_what_is_there(self):
        wrong, seen = [], 0
        for file in files(SOURCES):
            text = (ROOT / file).read_text(errors="ignore")
            if file.name == pathlib.Path(__file__).name:
                continue                           # its samples are wrong on purpose
            seen += 1
            wrong += wrong_sections(file, lines_of(text))
            if file.suffix in (".cpp", ".h"):
                wrong += wrong_paths(file, comments(text))
            else:
                wrong += wrong_paths(file, [(number, path) for number, line in lines_of(text) for path in PATH.findall(line) if path.endswith(".md")])
        self.assertGreater(seen, 500)
        self.assertEqual(wrong, [])

    def test_the_check_sees_faults(self):
        here = pathlib.Path("docs/README.md")
        for line in ("[x](gone.md)", "[x](README.md#no-such-heading)"):
            self.assertEqual(len(wrong_links(here, line)), 1, line)
        for line in ("`core/base/Gone.h`", "see docs/gone.md", "the whole of CONTRACT.md", "`core/base/Id.{h,mm}`", "core/base/Ids"):
            self.assertEqual(len(wrong_paths(here, [(1, line)])), 1, line)
        self.assertEqual(len(wrong_names(here, [(1, "`Gone.cpp` beside `Id.h`")])), 1)
        for line in ("the lanes of DESIGN §3", "as HOUSE.md § 2 has it"):
            self.assertEqual(len(wrong_sections(here, [(1, line)])), 1, line)
        for line in ("`core/base/Id.{h,cpp}`", "`resources/sql/0001*`", "core/base/, ui/", "docs/http.md.", "http://example.com/docs/x", "/docs/{id}", "(RFC 9562 §5.7)"):
            self.assertEqual(wrong_paths(here, [(1, line)]) + wrong_sections(here, [(1, line)]), [], line)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
