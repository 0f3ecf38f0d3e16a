#!/usr/bin/env python3
"""Runs packaging/dev check, format and hook in a scratch project, with this project's own rules. The user land is this system's own.

usage: test_check.py PROJECT
"""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from test_dev import PROJECT, Checkout

RULES = (".clang-format", ".clang-tidy", ".editorconfig", ".gitignore", ".biome.json", "CMakePresets.json", "packaging/check")
BUILD = """cmake_minimum_required(VERSION 3.25)
project(scratch LANGUAGES CXX)
set(CMAKE_CXX_STANDARD 23)
include_directories(${CMAKE_SOURCE_DIR})
add_library(scratch core/Forgotten.cpp)
"""
STORE = """#pragma once

#include <expected>

std::expected<void, int> store();
"""
FORGOTTEN = """#include "Store.h"

void forget() { store(); }
"""
BIOME = """#!/bin/sh
# Stands for Biome, as it says two faults.
echo '× web/a.ts: format: Formatter would have printed the following content:'
echo '! web/a.ts:3:7: lint/suspicious/noDebugger: This is an unexpected use of the debugger statement.'
exit 1
"""


class Scratch(Checkout):
    """A project of a few files that the real script checks."""

    def __init__(self, folder):
        super().__init__(folder)
        shutil.rmtree(self.project / "build")
        for each in RULES:
            (shutil.copytree if (PROJECT / each).is_dir() else shutil.copy)(PROJECT / each, self.project / each)
        self.home = folder

    def write(self, path, text):
        file = self.project / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def run(self, *words, folder="."):
        result = subprocess.run([self.project / "packaging/dev", *words], cwd=self.project / folder, env=self.environment(HOME=str(self.home)),
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return result.stdout, result.returncode

    def check(self, *words):
        """What it says of faults, and its status."""
        said, status = self.run(*words)
        return [line for line in said.splitlines() if not line.startswith(("check: ", "dev: "))], status

    def git(self, *words):
        names = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")
        result = subprocess.run(["git", *names, *words], cwd=self.project, env=self.environment(HOME=str(self.home)), capture_output=True, text=True)
        return result.stdout + result.stderr, result.returncode


class TestCheck(unittest.TestCase):
    def setUp(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="check "))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        self.scratch = Scratch(folder)

    def test_names_the_file_and_line_of_each_fault(self):
        for path, text, fault in (
            ("core/Bad.cpp", "int good();\nint  bad( );\n", "core/Bad.cpp:2: not formatted; packaging/dev format puts it right [clang-format-19]"),
            ("core/Wide.h", f"// {'x' * 140}\n", "core/Wide.h:1: longer than 140 columns [.editorconfig]"),
            ("core/Wide.h", f"/// \"{'x' * 140}\"\n", "core/Wide.h:1: longer than 140 columns [.editorconfig]"),
            ("notes/a.txt", "one\ntwo \n", "notes/a.txt:2: blank at the end of the line [.editorconfig]"),
            ("notes/a.txt", "one\n\ttwo\n", "notes/a.txt:2: indented by a tab [.editorconfig]"),
            ("notes/a.txt", "one\r\n", "notes/a.txt:1: ends with CR [.editorconfig]"),
            ("notes/a.txt", "one\ntwo", "notes/a.txt:2: no newline at the end [.editorconfig]"),
            ("notes/a.txt", b"one\n\xff\n", "notes/a.txt:2: not UTF-8 [.editorconfig]"),
            ("tests/a.py", "import os\n", "tests/a.py:1: 'os' imported but unused [pyflakes3]"),
            ("tests/a", "#!/usr/bin/env python3\nprint(\n", "tests/a:2: '(' was never closed [pyflakes3]"),
            ("tests/b", "#!/bin/sh\nrm $1\n",
             "tests/b:2: note: Double quote to prevent globbing and word splitting. [SC2086] [shellcheck]"),
        ):
            with self.subTest(fault):
                self.scratch.write(path, text)
                self.assertEqual(self.scratch.check("check", "--quick", path), ([fault], 1))
                (self.scratch.project / path).unlink()

    def test_passes_what_biome_says_on(self):
        lock = (PROJECT / "packaging/check/package-lock.json").read_bytes()
        program = self.scratch.cache / f"check/biome-{hashlib.sha256(lock).hexdigest()[:16]}/node_modules/.bin/biome"
        program.parent.mkdir(parents=True)
        program.write_text(BIOME)
        program.chmod(0o755)
        self.scratch.write("web/a.ts", "debugger\n")
        self.assertEqual(self.scratch.check("check", "--quick", "web"), ([
            "web/a.ts:1: not formatted; packaging/dev format puts it right [biome]",
            "web/a.ts:3: lint/suspicious/noDebugger: This is an unexpected use of the debugger statement. [biome]"], 1))

    def test_format_puts_right_what_can_be(self):
        self.scratch.write("core/Bad.cpp", "int  bad( );\r\n\n\n\n\nint other();")
        self.scratch.write("notes/a.txt", "one \r\ntwo")
        self.assertEqual(self.scratch.check("format", "core", "notes"), ([], 0))
        self.assertEqual((self.scratch.project / "notes/a.txt").read_bytes(), b"one\ntwo\n")
        self.assertEqual((self.scratch.project / "core/Bad.cpp").read_bytes(), b"int bad();\n\nint other();\n")
        self.assertEqual(self.scratch.check("check", "--quick", "core", "notes"), ([], 0))

    def test_a_forgotten_result_is_a_fault_until_it_is_used(self):
        self.scratch.write("CMakeLists.txt", BUILD)
        self.scratch.write("core/Store.h", STORE)
        self.scratch.write("core/Forgotten.cpp", FORGOTTEN)
        found, status = self.scratch.check("check", "core")
        self.assertEqual((len(found), status), (1, 1), found)
        self.assertRegex(found[0], r"^core/Forgotten\.cpp:3: .* \[bugprone-unused-return-value\]$")
        self.scratch.write("core/Forgotten.cpp", FORGOTTEN.replace("void forget() { store();", "bool keep() { return store().has_value();"))
        self.assertEqual(self.scratch.check("check", "core"), ([], 0))

    def test_what_was_clean_is_read_again_only_when_it_or_a_header_of_it_changes(self):
        self.scratch.write("CMakeLists.txt", BUILD)
        self.scratch.write("core/Store.h", STORE)
        self.scratch.write("core/Forgotten.cpp", '#include "Store.h"\n\nbool keep() { return store().has_value(); }\n')
        read = lambda: [line for line in self.scratch.run("check", "core")[0].splitlines() if "new to clang-tidy" in line]
        self.assertIn("2 of 2 files", read()[0])
        self.assertEqual(read(), [])
        self.scratch.write("core/Forgotten.cpp", '#include "Store.h"\n\nbool keep() { return !store().has_value(); }\n')
        self.assertIn("1 of 2 files", read()[0])
        self.scratch.write("core/Store.h", STORE.replace("store();", "store(int = 1);"))
        self.assertIn("2 of 2 files", read()[0])

    def test_format_with_includes_takes_away_what_is_unused_and_gives_it_to_who_leant_on_it(self):
        self.scratch.write("CMakeLists.txt", BUILD)
        self.scratch.write("core/Forgotten.cpp", "int broken( ) { return none; }\n")
        self.scratch.write("core/Store.h", STORE)
        self.scratch.write("core/Kept.h", '#pragma once\n\n#include "core/Store.h"\n\n#include <vector>\n\nint kept();\n')
        self.scratch.write("core/User.cpp",
                           '#include "core/Kept.h"\n\nbool use(std::vector<int> x) { return x.size() > kept() && store().has_value(); }\n')
        self.scratch.write("core/Thing.h", "#pragma once\n\nnamespace warder {\nstruct Thing\n{};\n} // namespace warder\n")
        self.scratch.write("core/Near.h", '#pragma once\n\n#include "core/Thing.h"\n\nstruct Near : warder::Thing\n{};\n')
        self.scratch.write("core/Far.h", '#pragma once\n\n#include "core/Near.h"\n\nstruct Far : Near\n{\n    warder::Thing thing;\n};\n')
        found, status = self.scratch.check("format", "--includes", "core")
        self.assertEqual((found, status), (["core/Forgotten.cpp:1: use of undeclared identifier 'none' [clang-diagnostic-error]"], 1))
        includes = lambda path: [each for each in (self.scratch.project / path).read_text().splitlines() if "#include" in each]
        self.assertEqual(includes("core/Kept.h"), [])
        self.assertEqual(includes("core/User.cpp"), ['#include "core/Kept.h"', '#include "core/Store.h"', "#include <vector>"])
        self.assertEqual(includes("core/Near.h"), ['#include "core/Thing.h"'])
        self.assertEqual(includes("core/Far.h"), ['#include "core/Near.h"', '#include "core/Thing.h"'])

    def test_paths_are_as_the_caller_means_them(self):
        self.scratch.write("notes/a.txt", "one \n")
        self.scratch.write("notes/b.txt", "two \n")
        run = lambda path: self.scratch.run("check", "--quick", path, folder="notes")[0]
        self.assertEqual(run("a.txt"), "notes/a.txt:1: blank at the end of the line [.editorconfig]\ncheck: 1 fault in 1 file\n")
        self.assertIn("2 faults in 2 files", run("../notes"))
        self.assertEqual(run("none.txt"), "check: there is no notes/none.txt\n")
        self.assertEqual(run("../.."), f"dev: ../.. is not in {self.scratch.project}\n")


class TestHook(unittest.TestCase):
    def setUp(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="hook "))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        self.scratch = Scratch(folder)
        self.assertEqual(self.scratch.git("init")[1], 0)
        self.hook = self.scratch.project / ".git/hooks/pre-commit"

    def install(self):
        return self.scratch.run("hook")

    def test_stops_a_commit_with_a_fault_in_what_is_staged(self):
        self.assertEqual(self.install()[1], 0)
        self.scratch.write("core/Bad.cpp", "int  bad( );\n")
        self.scratch.git("add", "core")
        self.scratch.write("core/Bad.cpp", "int bad();\n")   # mended, but not in what is committed
        said, status = self.scratch.git("commit", "-m", "bad")
        self.assertNotEqual(status, 0)
        self.assertIn("core/Bad.cpp:1: not formatted", said)
        self.scratch.git("add", "core")
        said, status = self.scratch.git("commit", "-m", "good")
        self.assertEqual(status, 0, said)
        self.assertFalse((self.scratch.project / "build/staged").exists())

    def test_does_not_mind_what_is_not_staged(self):
        self.install()
        self.scratch.write("notes/a.txt", "one\n")
        self.scratch.git("add", "notes")
        self.scratch.write("notes/a.txt", "one \n")
        self.scratch.write("notes/b.txt", "two \n")
        said, status = self.scratch.git("commit", "-m", "good")
        self.assertEqual(status, 0, said)

    def test_is_put_there_once(self):
        first, status = self.install()
        self.assertEqual((first.count("\n"), status), (1, 0), first)
        self.assertTrue(os.access(self.hook, os.X_OK))
        self.assertEqual(self.install(), (f"dev: {self.hook} is there already\n", 0))

    def test_keeps_a_foreign_one(self):
        self.hook.parent.mkdir(exist_ok=True)
        self.hook.write_text("#!/bin/sh\necho mine\n")
        said, status = self.install()
        self.assertEqual(status, 1)
        self.assertIn("add this line to it: packaging/dev check --staged", said)
        self.assertEqual(self.hook.read_text(), "#!/bin/sh\necho mine\n")

    def test_without_a_repository(self):
        shutil.rmtree(self.scratch.project / ".git")
        said, status = self.install()
        self.assertEqual(status, 1)
        self.assertIn("hook needs git, and a clone of the repository", said)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
