"""What a man page says of the program's commands, options and settings, for generate.py."""
import itertools
import re
import textwrap

ESCAPES = str.maketrans({"\\": r"\e", "-": r"\-", "~": r"\(ti", "^": r"\(ha", "…": "..."})


def plain(text):
    """Text of a help as running text: `what is typed` becomes bold, and no line begins as an order to the formatter would."""
    text = re.sub(r"`([^`]+)`", r"\\fB\1\\fP", text.translate(ESCAPES))
    return re.sub(r"^(?=[.'])", r"\\&", textwrap.fill(text, 78, break_long_words=False, break_on_hyphens=False), flags=re.MULTILINE)


def entry(head, *lines):
    return "\n".join([".TP", head, *(plain(line) for line in lines if line)])


def bold(text):
    return rf"\fB{text.translate(ESCAPES)}\fP"


def italic(text):
    return rf"\fI{text.translate(ESCAPES)}\fP"


def option(one):
    return entry(", ".join(map(bold, one.names)) + (f" {italic(one.value)}" if one.value else ""), one.text)


def command(one, common):
    """With the options that only it has, or shares with few."""
    own = [each for each in one.options if each.names not in common]
    head = bold(one.words) + (r" [\fIoptions\fP]" if own else "") + (f" {italic(one.arguments)}" if one.arguments else "")
    return "\n".join([entry(head, one.text, one.more), *([".RS", *map(option, own), ".RE"] if own else [])])


def setting(one):
    return entry(bold(one["key"]) + (f" = {italic(one['default'])}" if one["default"] else ""), one["text"])


def parts(program):
    common = [each.names for each in program.options]
    groups = itertools.groupby(program.settings, lambda one: one["key"].split(".")[0])
    return {
        "@COMMANDS@": "\n".join(command(each, common) for each in program.commands),
        "@OPTIONS@": "\n".join(map(option, program.options)),
        "@EXITS@": "\n".join(entry(bold(code), meaning[0].upper() + meaning[1:] + ".") for code, meaning in program.exits),
        "@SETTINGS@": "\n".join(line for name, group in groups for line in (f".SS {name}", *map(setting, group))),
    }
