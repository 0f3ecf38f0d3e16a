"""Requests that must be answered, however oddly they are cut, spelled or queued."""
import itertools
import time

from cases import (CHUNKED, INCOMPLETE, LAST, LOGIN, PATH, Case, answered, check_echo, check_refusal, check_statuses, chunks, exchange,
                   get, login, post)
from client import Failure


def in_pieces(data, size):
    return [data[at:at + size] for at in range(0, len(data), size)]


def ordinary():
    yield answered("get", get())
    yield answered("keep-alive", *[get()] * 50, wanted=[200] * 50, gap=0.002)
    yield answered("pipelined 100", get() * 100, wanted=[200] * 100)
    yield answered("pipelined 100 with bodies", (login() + get()) * 50, wanted=[401, 200] * 50)
    yield answered("pipelined over slow ones", get() + login() + get() + login() + get(path=b"/nowhere"), wanted=[200, 401, 200, 401, 404])
    yield answered("byte by byte", *in_pieces(get(), 1), gap=0.001)
    yield answered("slowly but within the deadline", *in_pieces(get(), 8), gap=0.1)
    yield answered("an empty line first", b"\r\n" + get())
    yield answered("empty lines between", get() + b"\r\n\r\n" + get(), wanted=(200, 200))
    yield answered("a field of 4 KB", get(b"X-A: " + b"a" * 4000))
    yield answered("63 fields more", get(*[b"X-A: a"] * 63))
    yield answered("obs-text in a value", get(b"X-A: \xe4\xff"))
    yield answered("no blank after the colon", get(b"X-A:b", b"X-B:", b"X-C: \t c \t "))
    for name, spell in (("upper", bytes.upper), ("lower", bytes.lower), ("mixed", bytes.swapcase)):
        body = post(b"", body=b"").replace(b"\r\n\r\n\r\n", b"\r\n")
        line, *rest = (body + b"Content-Length: %d" % len(LOGIN)).split(b"\r\n")
        head = b"\r\n".join([line, *(spell(field.split(b":")[0]) + b":" + field.split(b":", 1)[1] for field in rest)])
        yield answered(f"field names in {name} case", head + b"\r\n\r\n" + LOGIN, wanted=(401,))
    yield answered("coding in upper case", post(b"TRANSFER-ENCODING: CHUNKED", body=chunks(LOGIN)), wanted=(401,))
    yield answered("absolute target", get(path=b"http://localhost" + PATH) + get(path=b"HTTP://LOCALHOST" + PATH), wanted=(200, 200))
    yield answered("absolute target without a path", get(path=b"http://localhost"))
    yield answered("unknown path", get(path=b"/nowhere"), wanted=(404,))
    yield answered("query of everything", get(path=PATH + b"?a=%00%2F..//%25&b=c/?:@!$'()*+,;"))
    yield answered("query as browsers leave it", get(path=PATH + b"?x[]=1&y={z}|^`\\"))
    for letter in b"[]{}|^`\\":
        yield answered(f"query with {chr(letter)}", get(path=PATH + b"?x=" + bytes([letter])))
    for host in (b"127.0.0.1:8000", b"[::1]", b"[::1]:80", b"a.b-c.example"):
        yield answered("Host " + host.decode(), get(host=host))
    yield answered("wrong method", get(method=b"DELETE"), wanted=(405,))
    yield answered("upgrade ignored", get(b"Connection: Upgrade, HTTP2-Settings", b"Upgrade: h2c", b"HTTP2-Settings: AAMAAABkAAQAAP__"))
    # A server may ignore an Upgrade (RFC 9110 §7.8), and answers OPTIONS for the browsers.
    yield answered("WebSocket ignored", get(b"Connection: Upgrade", b"Upgrade: websocket", b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                                            b"Sec-WebSocket-Version: 13"))
    yield answered("OPTIONS", get(method=b"OPTIONS"), wanted=(204,))
    yield answered("GET with a body", get(b"Content-Length: 3") + b"abc")


def check_close(wanted):
    def check(answers):
        if answers[-1].fields.get(b"connection") != b"close":
            raise Failure("the last answer lacks connection: close")
        check_statuses(answers, wanted)
    return check


def closing(name, data, wanted, heads=()):
    """The server must close after it, though another request follows."""
    return Case(name, lambda target: check_close(wanted)(exchange(target, data + get(), heads=heads)))


def endings():
    yield closing("HTTP/1.0 closes", get(version=b"1.0"), [200])
    yield closing("HTTP/1.0 without Host", get(version=b"1.0", host=None), [200])
    yield closing("connection: close", get(b"Connection: close"), [200])
    yield closing("connection: close wins", get(b"Connection: x, Close , keep-alive"), [200])
    yield closing("connection: close of a POST", post(b"Connection: close", b"Content-Length: %d" % len(LOGIN), body=LOGIN), [401])
    yield answered("HTTP/1.0 keep-alive", get(b"Connection: keep-alive", version=b"1.0"), check=lambda answers: _is_kept(answers[0]))
    yield answered("HEAD", get(method=b"HEAD") + get(), wanted=(200, 200), heads=(0,), check=_head_speaks_of_get)
    yield Case("half-close after the request", lambda target: check_statuses(exchange(target, get(), finish=True), [200]), over_tls=False)
    yield Case("half-close after a slow request", lambda target: check_statuses(exchange(target, login(), finish=True), [401]), over_tls=False)
    yield Case("half-close after many requests",
               lambda target: check_statuses(exchange(target, (login() + get()) * 20, finish=True), [401, 200] * 20), over_tls=False)


def _is_kept(answer):
    if answer.fields.get(b"connection") != b"keep-alive":
        raise Failure("HTTP/1.0 is not told that the connection is kept")


def _head_speaks_of_get(answers):
    of_head, of_get = ({name: value for name, value in answer.fields.items() if name not in (b"date", b"x-request-id")} for answer in answers[:2])
    if of_head != of_get or answers[0].body:
        raise Failure(f"HEAD says {of_head}, GET says {of_get}")


def bodies():
    whole = post(CHUNKED, body=chunks(LOGIN))
    yield answered("length", login(), wanted=(401,))
    yield answered("length 0", post(b"Content-Length: 0"), wanted=(422,))
    yield answered("length with zeros and blanks", post(b"Content-Length:   000%d  " % len(LOGIN), body=LOGIN), wanted=(401,))
    yield answered("the largest body", post(b"Content-Length: 65536", body=b" " * (65536 - len(LOGIN)) + LOGIN), wanted=(401,))
    yield answered("the largest chunked body", post(CHUNKED, body=chunks(b" " * (65536 - len(LOGIN)) + LOGIN, 1, 40000)), wanted=(401,))
    yield answered("chunked", whole, wanted=(401,))
    yield answered("chunked in single bytes", post(CHUNKED, body=chunks(INCOMPLETE, *[1] * len(INCOMPLETE[1:]))), wanted=(422,), check=check_echo)
    yield answered("chunked with extensions", post(CHUNKED, body=chunks(LOGIN, 3, 7, extension=b';name=value;n="q v"')), wanted=(401,))
    yield answered("chunked with zeros before the size", post(CHUNKED, body=b"0000%X\r\n" % len(LOGIN) + LOGIN + b"\r\n000\r\n\r\n"), wanted=(401,))
    yield answered("chunked with trailers", post(CHUNKED, body=chunks(LOGIN, 5, trailer=b"X-T: 1\r\nEmpty:\r\n")) + get(), wanted=(401, 200))
    yield answered("chunked byte by byte", *in_pieces(whole, 1), wanted=(401,), gap=0.001)
    yield answered("two chunked ones, cut by sevens", *in_pieces(whole + whole, 7), wanted=(401, 401), gap=0.001)
    yield Case("chunked, cut at every byte", cut_everywhere(post(CHUNKED, body=chunks(INCOMPLETE, 1, 11, trailer=b"X-T: 1\r\n")), 422))
    yield Case("length, cut at every byte", cut_everywhere(post(b"Content-Length: %d" % len(INCOMPLETE), body=INCOMPLETE), 422))
    yield Case("chunked, cut twice", cut_twice(post(CHUNKED, body=chunks(INCOMPLETE, 1, 11))))


def cut_everywhere(request, status):
    """In two writes, at each byte; another request comes with the second."""
    def run(target):
        for at in range(1, len(request)):
            answers = exchange(target, request[:at], request[at:] + request + LAST, gap=0.004)
            check_statuses(answers, (status, status, 200))
            check_echo(answers)
    return run


def cut_twice(request):
    """In three writes, all over the body."""
    start = request.index(b"\r\n\r\n") + 4
    def run(target):
        for first, second in itertools.combinations(range(start, len(request) + 1, 3), 2):
            answers = exchange(target, request[:first], request[first:second], request[second:] + LAST, gap=0.002)
            check_statuses(answers, (422, 200))
            check_echo(answers)
    return run


def continues():
    head = post(b"Expect: 100-Continue", b"Content-Length: %d" % len(LOGIN))

    def waits(target):
        with target.connect() as wire:
            wire.send(head)
            check_statuses(wire.read_answers(1), [100])
            wire.send(LOGIN)
            check_statuses(wire.read_answers(2), [100, 401])
    yield Case("continue: waits for it", waits)

    def chunked_waits(target):
        with target.connect() as wire:
            wire.send(post(b"Expect: 100-continue", CHUNKED))
            wire.read_answers(1)
            wire.send(chunks(INCOMPLETE, 4) + LAST)
            answers = wire.read_answers(3)
            check_statuses(answers, [100, 422, 200])
            check_echo(answers)
    yield Case("continue: before chunks", chunked_waits)
    yield answered("continue: sent with the body", head + LOGIN, wanted=(401,))
    yield answered("continue: without a body", get(b"Expect: 100-continue"))
    yield answered("continue: ignored in HTTP/1.0", post(b"Expect: 100-continue", b"Connection: keep-alive", b"Content-Length: %d" % len(LOGIN),
                                                         line=b"POST /login HTTP/1.0", body=LOGIN), wanted=(401,))

    def goes_on_without(target):
        with target.connect() as wire:
            wire.send(head)
            time.sleep(0.3)
            wire.send(LOGIN + LAST)
            check_statuses(wire.read_answers(3), [100, 401, 200])
    yield Case("continue: not waited for", goes_on_without)


def spoiled():
    """Good requests first, a bad one after: the good ones are answered, nothing after the bad one is."""
    bad = post(b"Content-Length: 1", CHUNKED, body=b"0\r\n\r\n")
    def after(count):
        def run(target):
            answers = exchange(target, (get() + login()) * count + bad + get() * 5)
            check_statuses(answers[:-1], [200, 401] * count)
            check_refusal(answers[-1:], 400)
        return run
    yield Case("a bad one after 2", after(1))
    yield Case("a bad one after 20", after(10))


def all_cases():
    for group in (ordinary, endings, bodies, continues, spoiled):
        yield from group()
