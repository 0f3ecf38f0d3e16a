"""What bash, zsh and fish are told of the program's commands, options and settings, for generate.py.

All three know a place by the words that lead to it: "warderd user add".
"""


def quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"


def next_words(program):
    """Each place that more words lead on from, with these words and what they mean."""
    places = {"warderd": {}}
    for each in program.commands:
        first, _, verb = each.words.partition(" ")
        if verb:
            places.setdefault(f"warderd {first}", {})[verb] = each.text
        places["warderd"][first] = ", ".join(places[f"warderd {first}"]) if verb else each.text
    places["warderd"]["help"] = "All about a command"
    return places


def places(program):
    """Each place with its options: outside of a command those that all have."""
    return {"warderd": program.options, **{f"warderd {each.words}": each.options for each in program.commands}}


def values(program):
    """Each option that takes a value, with what stands for that."""
    return {each.names[-1]: each.value for options in places(program).values() for each in options if each.value}


# ---------------------------------------------------------------- bash

def bash_table(rows):
    return "\n".join(f"        [{quoted(key)}]={quoted(value)}" for key, value in rows.items())


def bash(program):
    paths = {f"warderd {each.words}": each.arguments for each in program.commands if each.arguments in ("FILE", "DIR")}
    return {
        "@BASH_WORDS@": bash_table({place: " ".join(words) for place, words in next_words(program).items()}),
        "@BASH_OPTIONS@": bash_table({place: " ".join(name for each in options for name in each.names) for place, options in places(program).items()}),
        "@BASH_VALUES@": bash_table({**values(program), **paths}),
        "@BASH_SETTINGS@": " ".join(each["key"] for each in program.settings),
    }


# ---------------------------------------------------------------- zsh

ZSH_VALUES = {"directory": "_files -/", "DIR": "_files -/", "FILE": "_files", "PATH": "_files", "key=value": "->setting",
              "PURPOSE": "(access refresh csrf)", "STATE": "(queued sending sent dropped failed open seen done)", "SOURCE": "(file keychain)",
              "KEY": "(address network account address+account session)", "ACTION": "(deny delay alert)"}


def zsh_option(one):
    text = one.text.translate(str.maketrans({"[": r"\[", "]": r"\]", ":": r"\:"}))
    again = "*" if "several times" in one.text else ""
    if one.value:
        return quoted(f"{again}{one.names[-1]}=[{text}]:{one.value}:{ZSH_VALUES.get(one.value, ' ')}")
    others = f"({' '.join(one.names)})" if len(one.names) > 1 else ""
    return " ".join(quoted(f"{others}{name}[{text}]") for name in one.names)


def zsh_pair(word, text):
    return quoted(f"{word}:{text}")


def zsh(program):
    arguments = {f"warderd {each.words}": each.arguments for each in program.commands}
    lines = []
    for place, options in places(program).items():
        action = ZSH_VALUES.get(arguments.get(place), " ")
        rest = f"*:{arguments[place] or ' '}:{action}" if place in arguments else "*: :->word"
        lines.append(f"        {quoted(place)}) specs=({' '.join([*map(zsh_option, options), quoted(rest)])}) ;;")
    return {
        "@ZSH_WORDS@": "\n".join(f"        {quoted(place)}) next=({' '.join(zsh_pair(*word) for word in words.items())}) ;;"
                                 for place, words in next_words(program).items()),
        "@ZSH_OPTIONS@": "\n".join(lines),
        "@ZSH_VALUES@": " ".join(values(program)),
        "@ZSH_SETTINGS@": " ".join(zsh_pair(each["key"], each["text"]) for each in program.settings),
    }


# ---------------------------------------------------------------- fish

FISH_VALUES = {"directory": "(__fish_complete_directories)", "key=value": "(__warderd_settings)", "PURPOSE": "access refresh csrf",
               "SOURCE": "file keychain", "STATE": "queued sending sent dropped failed open seen done", "KEY": "address network account address+account session",
               "ACTION": "deny delay alert"}


def fish_line(condition, place, *words):
    return " ".join(["complete -c warderd -n", quoted(f"__warderd_{condition} {place}"), *words])


def fish_option(one):
    names = " ".join(("-l " if name.startswith("--") else "-s ") + name.lstrip("-") for name in one.names)
    if one.value in ("FILE", "PATH"):
        names += " -r -F"
    elif one.value:
        names += " -x" + (f" -a {quoted(FISH_VALUES[one.value])}" if one.value in FISH_VALUES else "")
    return f"{names} -d {fish_quoted(one.text)}"


def fish_quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def fish(program):
    lines = [fish_line("at", place, "-a", word, "-d", fish_quoted(text)) for place, words in next_words(program).items() for word, text in words.items()]
    lines += [fish_line("in" if " " in place else "at", place, fish_option(each)) for place, options in places(program).items() for each in options]
    lines += [fish_line("in", f"warderd {each.words}", "-F") for each in program.commands if each.arguments in ("FILE", "DIR")]
    return {
        "@FISH_LINES@": "\n".join(lines),
        "@FISH_VALUES@": " ".join(values(program)),
        "@FISH_SETTINGS@": "\n".join(f"    printf '%s=\\t%s\\n' {each['key']} {fish_quoted(each['text'])}" for each in program.settings),
    }


def parts(program):
    return {**bash(program), **zsh(program), **fish(program)}
