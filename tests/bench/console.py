"""The console at scale: how long lists, searches and counts take, what the window's thread does, and what memory comes back."""
import json
import math
import os
import re
import subprocess

MOST_SESSIONS = 100_000


def output(command, **options):
    return json.loads(subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE, **options).stdout)


def flat(measured, before=""):
    """{"users, busy": {"longest turn, ms": 3}} as {"users, busy, longest turn, ms": 3}."""
    found = {}
    for name, value in measured.items():
        found |= flat(value, f"{before}{name}, ") if isinstance(value, dict) else {before + name: value}
    return found


def window(build, data, seconds):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_NO_GLIB": "1"}
    return {f"window, {name}": value for name, value in flat(output([build / "tests/bench/console-window", data, seconds], env=environment)).items()}


def at_size(build, data, size, seconds):
    sessions = min(size // 10, MOST_SESSIONS)
    subprocess.run([str(build / "tests/bench/seed-users"), str(data), str(size), str(sessions), str(size)], check=True)
    measured = window(build, data, seconds) if size > 0 else {name: value for name, value in window(build, data, 1).items() if "first paint" in name}
    return measured | (output([build / "tests/bench/console-lists", data, "revoke"]) if size > 0 else {})


def table(sizes, seen):
    """A line a number; the ratio is that of the largest size to the smallest that is not empty."""
    first, last = next(size for size in sizes if size > 0), sizes[-1]
    names = list(dict.fromkeys(name for size in sizes for name in seen[size]))
    print(f"console {'':58s}" + "".join(f"{size:>12,}" for size in sizes) + "       ratio")
    for name in names:
        numbers = [seen[size].get(name) for size in sizes]
        cells = "".join(f"{'':>12s}" if number is None else f"{number:12.2f}" for number in numbers)
        both = seen[first].get(name), seen[last].get(name)
        print(f"console {name:58s}{cells}" + (f"{both[1] / both[0]:12.2f}" if all(both) else ""))


def verdicts(empty, large):
    """What was promised, of the data directory without users and of the largest: whether it is so here."""
    def worst(seen, pattern):
        return max((value for name, value in seen.items() if re.search(pattern, name)), default=math.inf)

    kept = True
    for what, number, most in (
            ("first rows of any search, ms", worst(large, r"^(users|deleted users|sessions|activity)(?!.*(count|first search))"), 100),
            ("longest turn while a list is scrolled, ms", worst(large, r"scrolling, longest turn"), 16),
            ("longest turn while a filter is typed, ms", worst(large, r"typing, longest turn"), 16),
            ("longest turn while changes come, ms", worst(large, r"busy, longest turn"), 16),
            ("GUI thread while changes come, share of a core", worst(large, r"busy, GUI thread"), 0.5),
            ("process while nothing happens, share of a core", worst(large, r"idle, process"), 0.01),
            ("first paint without users, ms", worst(empty, r"first paint"), 500),
            ("first paint, ms", worst(large, r"first paint"), 1000)):
        print(f"console {what:58s}{number:12.2f}   of at most {most}: {'yes' if number <= most else 'NO'}")
        kept = kept and number <= most
    return kept


def bench_console(build, folder, sizes, seconds, file):
    """Whether all that was promised is so here. `file`: where all numbers go, as one JSON; none: to standard output."""
    sizes = [0, *sizes]
    seen = {}
    for size in sizes:
        seen[size] = at_size(build, folder / f"console-{size}", size, seconds)
    table(sizes, seen)
    kept = verdicts(seen[0], seen[sizes[-1]])
    text = json.dumps({"sizes": seen}, ensure_ascii=False, indent=1)
    if file:
        file.write_text(text + "\n")
    else:
        print(text)
    return kept
