#!/usr/bin/env python3
"""Prints debian/changelog: the newest section of CHANGELOG.md, under the version of CMakeLists.txt, at SOURCE_DATE_EPOCH.

usage: changelog.py PROJECT
"""
import datetime
import email.utils
import os
import pathlib
import re
import sys
import textwrap


def newest(text):
    """The title of the first section, and its bullets as one line each."""
    title, section = re.search(r"^## (.+)\n((?:(?!## ).*\n)*)", text, re.MULTILINE).groups()
    bullets = re.findall(r"^- (.+\n(?:  .+\n)*)", section, re.MULTILINE)
    return title, [" ".join(bullet.split()) for bullet in bullets]


def changelog(project):
    version = re.search(r"^project\(warder VERSION (\S+)", (project / "CMakeLists.txt").read_text(), re.MULTILINE)[1]
    maintainer = re.search(r"^Maintainer: (.+)$", (project / "packaging/debian/control").read_text(), re.MULTILINE)[1]
    title, bullets = newest((project / "CHANGELOG.md").read_text())
    if title != "Unreleased" and title.split()[0] != version:
        sys.exit(f"CHANGELOG.md begins with {title}, but CMakeLists.txt has version {version}")
    lines = [textwrap.fill(each, 78, initial_indent="  * ", subsequent_indent="    ", break_long_words=False) for each in bullets]
    day = email.utils.format_datetime(datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc))
    return "\n".join([f"warder ({version}) unstable; urgency=medium", "", *lines, "", f" -- {maintainer}  {day}"])


if __name__ == "__main__":
    print(changelog(pathlib.Path(sys.argv[1])))
