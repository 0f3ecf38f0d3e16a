"""Holds the sources below the current folder to .clang-format, .clang-tidy, .editorconfig and .biome.json.

usage: python3 packaging/check [--quick] [--format] [--includes] CACHE [PATH...]

packaging/dev calls it, in the build environment. Prints one line a fault and ends with 1 where there is any. --quick leaves
clang-tidy out, --format puts right what can be put right, --includes with it has clang-tidy name the headers that are used.
"""
import argparse
import pathlib
import sys

import quick
import sources
import tidy
import web


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--format", action="store_true")
    parser.add_argument("--includes", action="store_true")
    parser.add_argument("cache", type=pathlib.Path)
    parser.add_argument("paths", nargs="*")
    return parser.parse_args()


def put_right(given, paths):
    left = tidy.put_right(paths) if given.includes else []
    quick.put_right(paths)
    web.put_right(given.cache, paths)
    for fault in left:
        print(fault)
    return 1 if left else 0


def report(given, paths):
    checks = [quick.faults, lambda paths: web.faults(given.cache, paths)]
    if not given.quick:
        checks.append(lambda paths: tidy.faults(given.cache, paths))
    found, failed = set(), False
    for check in checks:
        try:
            for fault in check(paths):
                if fault not in found:
                    print(fault, flush=True)
                found.add(fault)
        except sources.Trouble as trouble:
            sources.say(trouble)
            failed = True
    of = {each.path for each in found}
    sources.say(f"{counted(found, 'fault')} in {counted(of, 'file')}" if found else f"{counted(paths, 'file')} as they should be")
    return 1 if found or failed else 0


def counted(things, name):
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"


def main():
    given = arguments()
    try:
        paths = sources.chosen(given.paths)
        return put_right(given, paths) if given.format or given.includes else report(given, paths)
    except sources.Trouble as trouble:
        sources.say(trouble)
        return 1


if __name__ == "__main__":
    sys.exit(main())
