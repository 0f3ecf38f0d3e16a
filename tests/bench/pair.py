"""One build beside another: the same load on both by turns, so that the machine's noise is theirs in common."""
import statistics

from common import HERE, PASSWORD, account, check, load, me_load, post, warder


def login_load(server, seconds):
    return load(server.url + "/login", seconds, connections=8, script=HERE / "login.lua",
                environment={"EMAIL": "bench@example.com", "PASSWORD": PASSWORD})


def refresh_load(server, seconds):
    tokens = [post(server.url + "/login", {"email": "bench@example.com", "password": PASSWORD})["refresh_token"] for _ in range(4)]
    return load(server.url + "/refresh", seconds, connections=4, threads=4, script=HERE / "refresh.lua", environment={"TOKENS": " ".join(tokens)})


def measured(server, run, what):
    """Requests a second, and microseconds of CPU a request."""
    before = server.cpu()
    seen = run(server)
    check(seen.failures, what)
    return seen.rate, (server.cpu() - before) / seen.requests * 1e6


def bench_pair(build, other, folder, rounds, seconds):
    with warder(build, folder / "this") as this, warder(other, folder / "other") as that:
        tokens = {server: account(server) for server in (this, that)}
        for what, run in (("/me", lambda server: me_load(server, tokens[server], seconds)),
                          ("/login", lambda server: login_load(server, seconds)),
                          ("/refresh", lambda server: refresh_load(server, seconds))):
            rates, costs = [], []
            for turn in range(rounds):
                order = (this, that) if turn % 2 == 0 else (that, this)
                seen = {server: measured(server, run, what) for server in order}
                rates.append(seen[this][0] / seen[that][0])
                costs.append(seen[this][1] / seen[that][1])
                print(f"pair    {what:9} this {seen[this][0]:8.0f}/s {seen[this][1]:8.1f} µs   other {seen[that][0]:8.0f}/s {seen[that][1]:8.1f} µs")
            print(f"pair    {what:9} RATIO to the other, median of {rounds}: rate {statistics.median(rates):.2f}, CPU a request {statistics.median(costs):.2f}")
