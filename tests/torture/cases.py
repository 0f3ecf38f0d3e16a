"""What a case is, and the two that most are: a request that must be refused, requests that must be answered."""
import dataclasses
import json
import time
import typing

from client import PATIENCE, Failure, shown, split_answers

PATH = b"/health/live"
EMAIL, PASSWORD = "nobody@example.com", "not the password"
LOGIN = json.dumps({"email": EMAIL, "password": PASSWORD}).encode()    # 401 when it arrives whole
INCOMPLETE = b'{"email":"someone@example.com"}'                        # 422, and the answer echoes it
ECHO = b'"input":{"email":"someone@example.com"}'


@dataclasses.dataclass(frozen=True)
class Case:
    name: str
    run: typing.Callable                   # with the Target; raises Failure
    over_tls: bool = True                  # half of a TLS connection cannot be closed
    growth: int = 0                        # MB of memory that it may cost the server while it runs; 0: not looked at


def get(*fields, path=PATH, version=b"1.1", method=b"GET", host=b"localhost"):
    lines = [method + b" " + path + b" HTTP/" + version, *([b"Host: " + host] if host is not None else []), *fields]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def post(*fields, body=b"", line=b"POST /login HTTP/1.1", eol=b"\r\n"):
    return eol.join([line, b"Host: localhost", b"Content-Type: application/json", *fields]) + eol + eol + body


# What only a handler answers here.
PROCESSED = (200, 204, 401, 404, 405, 415, 422)

CHUNKED = b"Transfer-Encoding: chunked"
SMUGGLED = get(path=b"/smuggled")
SMUGGLED_LENGTH = b"Content-Length: %d" % len(SMUGGLED)
LAST = get(b"Connection: close")


def login():
    return post(b"Content-Length: %d" % len(LOGIN), body=LOGIN)


def chunks(body, *sizes, extension=b"", trailer=b""):
    """The body in pieces of these sizes (the rest in one more), and the end."""
    out = b""
    for size in (*sizes, len(body) - sum(sizes)):
        out += b"%x%s\r\n" % (size, extension) + body[:size] + b"\r\n"
        body = body[size:]
    return out + b"0\r\n" + trailer + b"\r\n"


def exchange(target, *parts, gap=0.0, heads=(), finish=False):
    """Sends it all, reads to the end of the connection; the answers, the interim ones too."""
    with target.connect() as wire:
        for number, part in enumerate(parts):
            if number and gap:
                time.sleep(gap)
            if not wire.send(part):
                break
        if finish:
            wire.finish_sending()
        answers, rest = split_answers(wire.read_to_end(), heads)
    if rest or wire.end == "reset":
        raise Failure(f"ended by {wire.end} after {[answer.status for answer in answers]} and {shown(rest)}")
    return answers


def wait_until_served(target):
    """After a crowd: it may take the server a moment to see that they are gone, and until then it turns their address away."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return check_statuses(exchange(target, LAST), [200])
        except (Failure, OSError) as fault:
            if time.monotonic() > end:
                raise Failure(f"nobody is served any more: {fault}") from None
        time.sleep(0.05)


def check_refusal(answers, *allowed):
    """One answer, of an allowed status, in the API's error shape."""
    statuses = [answer.status for answer in answers]
    if len(answers) > 1:
        raise Failure(f"SMUGGLED: {statuses}")
    if not answers:
        raise Failure(f"closed without an answer, wanted {allowed}")
    answer = answers[0]
    if answer.status not in allowed:
        raise Failure(f"{'ACCEPTED: ' if answer.status in PROCESSED else ''}{statuses}, wanted {allowed}")
    if answer.fields.get(b"connection") != b"close":
        raise Failure(f"{answer.status} without connection: close")
    if answer.fields.get(b"content-type") != b"application/json":
        raise Failure(f"{answer.status} is not JSON: {answer.fields}")
    try:
        shape = json.loads(answer.body)
    except ValueError:
        raise Failure(f"{answer.status} is not JSON: {shown(answer.body)}") from None
    if set(shape) != {"detail", "code"} or not all(isinstance(value, str) and value for value in shape.values()):
        raise Failure(f"{answer.status} has another shape: {shape}")


def check_statuses(answers, wanted):
    statuses = [answer.status for answer in answers]
    if statuses != list(wanted):
        raise Failure(f"answered {statuses}, wanted {list(wanted)}")


def refused(name, data, *statuses):
    """Whatever follows on the connection must not be read: a good request is sent after it."""
    return Case(name, lambda target: check_refusal(exchange(target, data + LAST), *(statuses or (400,))))


def refused_alone(name, data, *statuses):
    """The same, but for the bytes as they are."""
    return Case(name, lambda target: check_refusal(exchange(target, data), *(statuses or (400,))))


def answered(name, *parts, wanted=(200,), gap=0.0, heads=(), check=None):
    """Exactly these answers, and then that of one more request, which closes."""
    def run(target):
        answers = exchange(target, *parts, LAST, gap=gap, heads=heads)
        check_statuses(answers, (*wanted, 200))
        if check:
            check(answers)
    return Case(name, run)


def check_echo(answers):
    """Every 422 must have got the whole body."""
    for answer in answers:
        if answer.status == 422 and ECHO not in answer.body:
            raise Failure(f"another body arrived: {shown(answer.body)}")
