#!/usr/bin/env python3
"""Fills the templates of what is installed: man pages, completions, and what names a folder. Commands, options and settings are those that
the program itself tells of, so that none of them stands here and none can be forgotten.

usage: generate.py WARDERD PREFIX CONFIGDIR DATADIR FOLDER
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import typing
from concurrent.futures import ThreadPoolExecutor

import man
import shells

HERE = pathlib.Path(__file__).parent
HOME = "/home/of-nobody"
ROW = re.compile(r"  (\S.*?)  +(\S.*)")            # of a help text: what can be typed, two blanks or more, what it does
TITLE = re.compile(r"([a-z-]+(?: [a-z-]+)*) ?(.*)")
TEMPLATES = ("linux/man/warderd.1", "linux/man/warder.1", "linux/man/warder.conf.5", "linux/completions/warderd.bash", "linux/completions/_warderd",
             "linux/completions/warderd.fish", "linux/warder.tmpfiles", "systemd/warder.service", "systemd/warder.sysusers")


class Option(typing.NamedTuple):
    names: list                                    # ["-h", "--help"]
    value: str                                     # what stands for its value; empty: it takes none
    text: str


class Command(typing.NamedTuple):
    words: str                                     # "user add"
    arguments: str                                 # "EMAIL"
    text: str
    more: str
    options: list


class Program(typing.NamedTuple):
    version: str
    commands: list
    options: list                                  # of every command
    exits: list                                    # (code, meaning)
    settings: list                                 # as `config show --json` has them


def ask(program, *words):
    """What the program prints, whoever runs it and whatever is set where."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("WARDER_", "XDG_"))}
    done = subprocess.run([program, *words], env={**environment, "HOME": HOME, "LC_ALL": "C.UTF-8"}, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return done.stdout.replace(HOME, "~").strip()


def rows(text, title):
    """The rows below a title of a help text."""
    block = re.search(rf"^{title}:\n((?:  .*(?:\n|\Z))+)", text, re.MULTILINE)[1]
    return [ROW.fullmatch(line).groups() for line in block.splitlines()]


def options(text, title):
    found = []
    for typed, meaning in rows(text, title):
        names, _, value = typed.partition(" ") if "," not in typed else (typed, "", "")
        found.append(Option(names.split(", "), value.strip("<>"), meaning))
    return found


def command(program, row):
    words, arguments = TITLE.fullmatch(row[0]).groups()
    text = ask(program, "help", *words.split())
    told = re.fullmatch(r"Usage: .*\n\n(.*)((?:\n.+)*)\n\nOptions:\n(?:.*\n?)+", text)
    return Command(words, arguments, told[1], told[2].replace("\n", " ").strip(), options(text, "Options"))


def program_of(path):
    overview = ask(path, "help")
    exits = re.search(r"^Exit codes: (.+)\.$", overview, re.MULTILINE)[1]
    listed = [row for row in rows(overview, "Commands") if not row[0].startswith("help ")]
    with ThreadPoolExecutor() as pool:
        commands = list(pool.map(lambda row: command(path, row), listed))
    return Program(version=ask(path, "--version").split()[-1], commands=commands,
                   options=options(overview, "Options of every command that works with a server or its data"),
                   exits=re.findall(r"(\d) (.+?)(?=, \d |$)", exits),
                   settings=json.loads(ask(path, "config", "show", "--json", "--data-dir", "/nonexistent")))


def date_of(version):
    """The day of a release, as the software centres are told it."""
    file = "org.warder.Warder.metainfo.xml"
    release = re.search(rf'<release version="{re.escape(version)}" date="([\d-]+)"', (HERE / file).read_text())
    return release[1] if release else sys.exit(f"{file} has no release {version}")


def state_of(data):
    """How the unit says where it may write: systemd makes folders below /var/lib itself."""
    below = re.fullmatch(r"/var/lib/(.+)", data)
    return f"StateDirectory={below[1]}" if below else f"ReadWritePaths={data}"


def fill(program, prefix, config, data, folder):
    words = {"@VERSION@": program.version, "@DATE@": date_of(program.version), "/usr/bin/": f"{prefix}/bin/", "/etc/warder/": f"{config}/",
             "/var/lib/warder": data, "StateDirectory=warder": state_of(data), **man.parts(program), **shells.parts(program)}
    folder.mkdir(parents=True, exist_ok=True)
    for template in TEMPLATES:
        text = (HERE.parent / template).read_text()
        for word, stands_for in words.items():
            text = text.replace(word, stands_for)
        (folder / pathlib.Path(template).name).write_text(text)


if __name__ == "__main__":
    fill(program_of(sys.argv[1]), *sys.argv[2:5], pathlib.Path(sys.argv[5]))
