"""Too much and too slow: what must cost the server neither memory nor its other clients."""
import threading
import time

from cases import CHUNKED, PATH, Case, check_refusal, check_statuses, exchange, get, login, post, wait_until_served
from client import PATIENCE, Failure, split_answers
from server import open_files

BLOCK = b"a" * 65536

# The server's deadlines while it is tortured, in seconds: the runner sets them.
FIRST_BYTE, HEAD, BODY, IDLE = 2, 2, 3, 3
# What one flood may cost, in MB: far less than it sends, with room for what else goes on in the server.
GROWTH = 32
# A deadline is looked at every half second, and clocks round.
EARLY = 0.3


# ---------------------------------------------------------------- too much

def flood(name, head, block, megabytes, *statuses):
    """The server must cut it off long before the end. Its refusal may be lost to a reset, but be no other."""
    def run(target):
        with target.connect() as wire:
            going = wire.send(head)
            sent, total = 0, megabytes << 20
            while going and sent < total:
                going = wire.send(block)
                sent += len(block)
            if going:
                raise Failure(f"took all of {megabytes} MB")
            answers, _ = split_answers(wire.read_to_end())
        if answers:
            check_refusal(answers, *statuses)
    return Case(name, run, growth=GROWTH)


def floods():
    line = b"GET " + PATH + b" HTTP/1.1\r\nHost: x\r\n"
    yield flood("a target of 10 MB", b"GET /", BLOCK, 10, 414)
    yield flood("a field of 10 MB", line + b"X: ", BLOCK, 10, 431)
    yield flood("fields of 10 MB", line, b"X: a\r\n" * 10000, 10, 431)
    yield flood("a body of 1 GB", post(b"Content-Length: 1073741824"), BLOCK, 256, 413)
    yield flood("a body of 10^18", post(b"Content-Length: 999999999999999999"), BLOCK, 256, 413)
    yield flood("chunks of 256 MB", post(CHUNKED), b"8000\r\n" + BLOCK[:0x8000] + b"\r\n", 256, 413)
    yield flood("chunks of one byte", post(CHUNKED), b"1\r\na\r\n" * 8000, 48, 413)
    yield flood("an extension of 10 MB", post(CHUNKED, body=b"3;"), BLOCK, 10, 400)
    yield flood("empty lines of 16 MB", b"", b"\r\n" * 32768, 16, 400)
    yield flood("a trailer of 10 MB", post(CHUNKED, body=b"0\r\nX: "), BLOCK, 10, 431)
    yield flood("trailers of 10 MB", post(CHUNKED, body=b"0\r\n"), b"X: a\r\n" * 10000, 10, 431)


def answers_never_read(target):
    """The server stops reading; and when the client reads after all, nothing is missing."""
    request = get(path=b"/openapi.json")
    with target.connect(4096) as wire:
        sent = 0
        try:
            while sent < 64 << 20:
                wire.send(request * 50, patience=1)
                sent += 50 * len(request)
        except TimeoutError:
            pass
        else:
            raise Failure(f"{sent >> 20} MB of requests taken, though no answer is read")
        size = len(exchange(target, get(b"Connection: close", path=b"/openapi.json"))[0].body)
        wanted = 20 * size                 # what is certain to have been sent whole
        while len(wire.received) < wanted:
            if not wire.receive():
                raise Failure(f"the connection ended ({wire.end}) after {len(wire.received)} bytes")
        answers, _ = split_answers(wire.received)
        if not answers or any(answer.status != 200 or len(answer.body) != size for answer in answers):
            raise Failure("an answer is damaged")


def many_long_answers_never_read(target):
    """Together they may owe 16 MB here; beyond that a long answer is refused, and short ones are given all the same."""
    page = get(path=b"/docs/swagger-ui-bundle.js")
    crowd = [target.connect(4096) for _ in range(60)]
    try:
        for wire in crowd:
            wire.send(page * 5)            # more than the kernel takes
        check_statuses(exchange(target, *[get()] * 20, get(b"Connection: close")), [200] * 21)
        refused = 0
        for wire in crowd:
            wire.receive()
            refused += wire.received.startswith(b"HTTP/1.1 503")
        if not refused:
            raise Failure("60 clients were all given long answers")
    finally:
        for wire in crowd:
            wire.socket.close()


def many_small_answers_never_read(target):
    with target.connect(4096) as wire:
        end = time.monotonic() + 6
        try:
            while time.monotonic() < end and wire.send(get() * 200, patience=1):
                pass
        except TimeoutError:
            pass


# ---------------------------------------------------------------- too slow

def stall(name, data, at_least, *statuses, drip=b"", every=0.25, first=b""):
    """The connection must end by itself: not before its deadline, and with this refusal or without a word."""
    def run(target):
        began = time.monotonic()           # before the server could begin to count, however late we are told
        with target.connect() as wire:
            if first:
                wire.send(first)
                wire.read_answers(1)
                wire.received = b""
            wire.send(data)
            while not wire.end:
                if time.monotonic() - began > PATIENCE:
                    raise Failure("HANG: still open")
                try:
                    wire.receive(every)
                except TimeoutError:
                    wire.send(drip)
            took = time.monotonic() - began
            answers, _ = split_answers(wire.received)
        if statuses:
            check_refusal(answers, *statuses)
        else:
            check_statuses(answers, [])
        if took < at_least - EARLY:
            raise Failure(f"ended after {took:.1f} s, before its time")
    return Case(name, run)


def stalls():
    line = b"GET " + PATH + b" HTTP/1.1\r\n"
    yield stall("silence", b"", FIRST_BYTE)
    yield stall("silence between requests", b"", IDLE, first=get())
    yield stall("half an empty line", b"\r", FIRST_BYTE)
    yield stall("half a line", b"GET /he", HEAD, 408)
    yield stall("half a field", line + b"Ho", HEAD, 408)
    yield stall("half a head after a request", b"GET /he", HEAD, 408, first=get())
    yield stall("half a body", post(b"Content-Length: 10", body=b"abc"), BODY, 408)
    yield stall("half a chunk", post(CHUNKED, body=b"A\r\nabc"), BODY, 408)
    yield stall("no last chunk", post(CHUNKED, body=b"3\r\nabc\r\n"), BODY, 408)
    yield stall("half a last line end", post(CHUNKED, body=b"0\r\n\r"), BODY, 408)
    yield stall("continue, then nothing", post(CHUNKED), BODY, 408)
    yield stall("a field letter by letter", line + b"X: ", HEAD, 408, drip=b"a")
    yield stall("fields one by one", line, HEAD, 408, drip=b"X: a\r\n")
    yield stall("a body letter by letter", post(b"Content-Length: 10000"), BODY, 408, drip=b"a")
    yield stall("a body in chunks of one", post(CHUNKED), BODY, 408, drip=b"1\r\na\r\n")
    yield stall("empty lines one by one", b"", 0, 400, drip=b"\r\n")


# ---------------------------------------------------------------- too many

def slow_crowd(target):
    """200 half requests do not hold up an honest client, and end like one."""
    crowd = []
    try:
        for _ in range(200):
            crowd.append(target.connect())
            crowd[-1].send(b"GET /")       # at once: to connect all of them may take longer than a first byte may
        check_statuses(exchange(target, *[login() + get()] * 10, get(b"Connection: close")), [401, 200] * 10 + [200])
        for wire in crowd:
            check_refusal(split_answers(wire.read_to_end())[0], 408)
    finally:
        for wire in crowd:
            wire.socket.close()


def too_many_connections(target):
    """One address may hold 256; the others are turned away, and it is served again when they are gone."""
    crowd = []
    try:
        for _ in range(400):
            try:
                crowd.append(target.connect_plain())
            except OSError:
                pass
        time.sleep(0.5)
        held = sum(1 for each in crowd if _is_open(each))
        if held > 256:
            raise Failure(f"{held} connections of one address are open")
    finally:
        for each in crowd:
            each.close()
    wait_until_served(target)


def _is_open(plain):
    plain.setblocking(False)
    try:
        return bool(plain.recv(1))
    except BlockingIOError:
        return True
    except OSError:
        return False


def flood_of_connects(pid):
    """Clients that come and go at once: connections that nobody has looked at yet count, too."""
    def run(target):
        end, most, going = time.monotonic() + 4, 0, []

        def come_and_go():
            while time.monotonic() < end:
                try:
                    target.connect_plain().close()
                except OSError:
                    pass

        for _ in range(8):
            going.append(threading.Thread(target=come_and_go))
            going[-1].start()
        while time.monotonic() < end:
            most = max(most, open_files(pid))
            time.sleep(0.02)
        for thread in going:
            thread.join()
        if most > 256 + 200:
            raise Failure(f"the server held {most} open files for one address")
    return run


def no_answer_to_plain_text(target):
    """A TLS listener says nothing in plain text."""
    plain = target.connect_plain()
    with plain:
        plain.sendall(get())
        try:
            while piece := plain.recv(4096):
                if b"HTTP/" in piece:
                    raise Failure("answered in plain text")
        except TimeoutError:
            raise Failure("HANG: plain text on a TLS port") from None
        except OSError:
            pass


def half_a_hello(target):
    """Ends by itself."""
    plain = target.connect_plain()
    with plain:
        plain.sendall(b"\x16\x03\x01\x02\x00\x01")
        try:
            while plain.recv(4096):
                pass
        except TimeoutError:
            raise Failure("HANG: half a TLS hello") from None
        except OSError:
            pass


def together(target):
    yield from stalls()
    if target.tls:
        yield Case("plain text on a TLS port", no_answer_to_plain_text)
        yield Case("half a TLS hello", half_a_hello)


def alone(target):
    yield from floods()
    yield Case("answers never read", answers_never_read, growth=GROWTH)
    yield Case("many long answers never read", many_long_answers_never_read, growth=5 * GROWTH)
    yield Case("many small answers never read", many_small_answers_never_read, growth=GROWTH)
    yield Case("a slow crowd", slow_crowd)
    if not target.unix:                    # which has no address
        yield Case("too many connections", too_many_connections)


def last(target, pid):
    if pid and not target.unix:
        yield Case("a flood of connects", flood_of_connects(pid))
