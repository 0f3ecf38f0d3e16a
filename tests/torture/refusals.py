"""Requests that two parsers might read differently, and such as are simply too much. Each has one right status."""
from cases import CHUNKED, LAST, PATH, SMUGGLED, SMUGGLED_LENGTH, get, post, refused, refused_alone


def lengths():
    yield refused("length and encoding", post(b"Content-Length: 5", CHUNKED, body=b"0\r\n\r\n" + SMUGGLED))
    yield refused("encoding and length", post(CHUNKED, b"Content-Length: 5", body=b"0\r\n\r\n" + SMUGGLED))
    yield refused("two lengths, different", post(b"Content-Length: 0", SMUGGLED_LENGTH, body=SMUGGLED))
    yield refused("two lengths, alike", post(b"Content-Length: 3", b"Content-Length: 3", body=b"abc"))
    yield refused("length as a list, different", post(b"Content-Length: 0, %d" % len(SMUGGLED), body=SMUGGLED))
    yield refused("length as a list, alike", post(b"Content-Length: 3, 3", body=b"abc"))
    for name, value in (("negative", b"-5"), ("plus", b"+3"), ("hex", b"0x3"), ("empty", b""), ("inner blank", b"3 4"),
                        ("letters", b"3abc"), ("float", b"3.0"), ("2^63", b"9223372036854775808"), ("2^64-1", b"18446744073709551615"),
                        ("2^64+3", b"18446744073709551619"), ("20 nines", b"9" * 20), ("NUL", b"3\x00"), ("vertical tab", b"\x0b3"),
                        ("quoted", b'"3"'), ("semicolon", b"3;a"), ("comma", b","), ("before a tab", b"3\t"), ("after a tab", b"\t3"), ("obs-text", b"\xb2"), ("NBSP", b"\xa03")):
        yield refused(f"length {name}", post(b"Content-Length: " + value, body=SMUGGLED))
    yield refused("length beyond the limit", post(b"Content-Length: 65537"), 413)
    yield refused("length of 18 nines", post(b"Content-Length: " + b"9" * 18), 413)
    yield refused("length, blank before colon", post(b"Content-Length : %d" % len(SMUGGLED), body=SMUGGLED))
    yield refused("length, tab before colon", post(b"Content-Length\t: %d" % len(SMUGGLED), body=SMUGGLED))
    yield refused("length, folded", post(b"Content-Length:\r\n %d" % len(SMUGGLED), body=SMUGGLED))
    yield refused("continue, but too much", post(b"Expect: 100-continue", b"Content-Length: 65537"), 413)


def encodings():
    for name, value, status in (
            ("xchunked", b"xchunked", 501), ("identity", b"identity", 501), ("gzip", b"gzip", 501), ("gzip, chunked", b"gzip, chunked", 501),
            ("chunked, identity", b"chunked, identity", 501), ("chunked, chunked", b"chunked, chunked", 501), ("quoted", b'"chunked"', 501),
            ("empty", b"", 501), ("with a parameter", b"chunked;q=1", 501), ("with a comma", b"chunked,", 501), ("obs-text", b"chunked\xff", 501),
            ("before a tab", b"chunked\t", 400), ("after a tab", b"\tchunked", 400), ("vertical tab", b"\x0bchunked", 400), ("NUL", b"chunked\x00", 400), ("folded", b"\r\n chunked", 501)):
        yield refused(f"encoding {name}", post(b"Transfer-Encoding: " + value, body=b"0\r\n\r\n" + SMUGGLED), status)
    yield refused("two encodings", post(CHUNKED, CHUNKED, body=b"0\r\n\r\n" + SMUGGLED))
    yield refused("encoding, then gzip", post(CHUNKED, b"Transfer-Encoding: gzip", body=b"0\r\n\r\n" + SMUGGLED))
    yield refused("encoding in HTTP/1.0", post(CHUNKED, b"Connection: keep-alive", line=b"POST /login HTTP/1.0", body=b"0\r\n\r\n" + SMUGGLED))
    yield refused("encoding, blank before colon", post(b"Transfer-Encoding : chunked", body=b"0\r\n\r\n" + SMUGGLED))
    yield refused("encoding of a GET, unknown", get(b"Transfer-Encoding: x") + SMUGGLED, 501)


def fields():
    yield refused("folded line", post(b"X-A: b\r\n c", b"Content-Length: 0"))
    yield refused("folded by a tab", post(b"X-A: b\r\n\tc", b"Content-Length: 0"))
    yield refused("first field indented", b"POST /login HTTP/1.1\r\n Host: localhost\r\n" + SMUGGLED_LENGTH + b"\r\n\r\n" + SMUGGLED)
    yield refused("bare LF everywhere", post(b"Content-Length: 0", eol=b"\n"))
    yield refused("bare LF in a field", post(b"X-A: b\nContent-Length: 0"))
    yield refused("bare LF at the end", b"GET " + PATH + b" HTTP/1.1\r\nHost: localhost\r\n\n")
    yield refused("bare CR in a value", post(b"X-A: b\rContent-Length: 0"))
    yield refused("bare CR for line ends", b"POST /login HTTP/1.1\rHost: localhost\r\r\n\r\n")
    yield refused("two CR before LF", b"GET " + PATH + b" HTTP/1.1\r\r\nHost: localhost\r\n\r\n")
    for name, value in (("NUL", b"a\x00b"), ("control", b"a\x01b"), ("DEL", b"a\x7fb"), ("escape", b"\x1b[0m")):
        yield refused(f"{name} in a value", post(b"X-A: " + value, b"Content-Length: 0"))
    for name, line in (("NUL in a name", b"X\x00A: b"), ("blank in a name", b"X A: b"), ("slash in a name", b"X/A: b"), ("obs-text in a name", b"X\xe4: b"),
                       ("empty name", b": b"), ("no colon", b"garbage"), ("name in quotes", b'"X": b')):
        yield refused(name, post(line, SMUGGLED_LENGTH, body=SMUGGLED))
    yield refused("tab behind keep-alive", get(b"Connection: keep-alive\t", version=b"1.0"))
    yield refused("unknown expectation", post(b"Expect: 200-ok", b"Content-Length: 0"), 417)
    yield refused("two expectations", post(b"Expect: 100-continue, 200-ok", b"Content-Length: 0"), 417)
    yield refused("101 fields", post(*[b"X-%d: a" % i for i in range(101)], SMUGGLED_LENGTH, body=SMUGGLED), 431)
    yield refused("2000 fields", post(*[b"X-%d: a" % i for i in range(2000)], SMUGGLED_LENGTH, body=SMUGGLED), 431)
    yield refused("a field of 110 KB", post(b"X-A: " + b"a" * 110000, SMUGGLED_LENGTH, body=SMUGGLED), 431)
    yield refused("fields of 300 KB", post(*[b"X-%d: " % i + b"a" * 6000 for i in range(50)], SMUGGLED_LENGTH, body=SMUGGLED), 431)


def chunked_bodies():
    for name, body, *status in (
            ("size overflows", b"FFFFFFFFFFFFFFFFF\r\na\r\n0\r\n\r\n", 413), ("size 2^63", b"8000000000000000\r\na\r\n0\r\n\r\n", 413),
            ("size wraps to 1", b"10000000000000001\r\na\r\n0\r\n\r\n", 413), ("size beyond the limit", b"10001\r\n", 413),
            ("size negative", b"-1\r\na\r\n0\r\n\r\n"), ("size 0x", b"0x3\r\nabc\r\n0\r\n\r\n"), ("size plus", b"+3\r\nabc\r\n0\r\n\r\n"),
            ("size empty", b"\r\n\r\n"), ("size of an extension only", b";a=b\r\nabc\r\n0\r\n\r\n"), ("size garbage", b"zz\r\n\r\n"),
            ("size after a blank", b" 3\r\nabc\r\n0\r\n\r\n"), ("size before a blank", b"3 \r\nabc\r\n0\r\n\r\n"), ("size in quotes", b'"3"\r\nabc\r\n0\r\n\r\n'),
            ("size 3_0", b"3_0\r\nabc\r\n0\r\n\r\n"), ("bare LF", b"3\nabc\n0\n\n"), ("bare LF after the size", b"3\nabc\r\n0\r\n\r\n"),
            ("bare CR after the size", b"3\rabc\r\n0\r\n\r\n"), ("bare LF after data", b"3\r\nabc\n0\r\n\r\n"), ("bare LF at the end", b"0\r\n\n"),
            ("data too long", b"3\r\nabcdef\r\n0\r\n\r\n"), ("data too short", b"3\r\na\r\n0\r\n\r\n"), ("data without CRLF", b"3\r\nabc0\r\n\r\n"),
            ("NUL in the size", b"3\x00\r\nabc\r\n0\r\n\r\n"), ("LF in the extension", b"3;a\nb\r\nabc\r\n0\r\n\r\n"), ("CR in the extension", b"3;a\rb\r\nabc\r\n0\r\n\r\n"),
            ("NUL in the extension", b"3;a\x00\r\nabc\r\n0\r\n\r\n"), ("extension without a name", b"3;\r\nabc\r\n0\r\n\r\n"), ("extension after a blank", b"3; a\r\nabc\r\n0\r\n\r\n"),
            ("quotes left open", b'3;a="b\r\nabc\r\n0\r\n\r\n'), ("CR escaped in quotes", b'3;a="\\\r\nabc\r\n0\r\n\r\n'),
            ("endless extension", b"3;" + b"a" * 300 + b"\r\nabc\r\n0\r\n\r\n"),
            ("rubbish after the last", b"3\r\nabc\r\n0\r\nXX"), ("trailer without colon", b"0\r\nno colon\r\n\r\n"), ("trailer without name", b"0\r\n: a\r\n\r\n"),
            ("trailer indented", b"0\r\n X: a\r\n\r\n"), ("trailer folded", b"0\r\nX: a\r\n b\r\n\r\n"), ("trailer with a bare LF", b"0\r\nX: a\n\r\n"),
            ("trailer with NUL", b"0\r\nX: \x00\r\n\r\n"), ("length as trailer", b"0\r\nContent-Length: 500\r\n\r\n"), ("coding as trailer", b"0\r\nTransfer-Encoding: x\r\n\r\n"), ("Host as trailer", b"0\r\nHost: evil\r\n\r\n"),
            ("endless trailer", b"0\r\nX: " + b"a" * 5000 + b"\r\n\r\n", 431)):
        yield refused(f"chunk {name}", post(CHUNKED, body=body + SMUGGLED), *status)


def request_lines():
    host = b"\r\nHost: localhost\r\n\r\n"
    for name, line, *status in (
            ("without a version", b"GET " + PATH), ("HTTPX1.1", b"GET " + PATH + b" HTTPX1.1"), ("lower case http", b"GET " + PATH + b" http/1.1"),
            ("two blanks", b"GET  " + PATH + b" HTTP/1.1"), ("tabs", b"GET\t" + PATH + b"\tHTTP/1.1"), ("junk after the version", b"GET " + PATH + b" HTTP/1.1 junk"),
            ("blank after the version", b"GET " + PATH + b" HTTP/1.1 "), ("blank before the method", b" GET " + PATH + b" HTTP/1.1"),
            ("blank in the target", b"GET " + PATH + b"?a b HTTP/1.1"), ("NUL in the method", b"G\x00ET " + PATH + b" HTTP/1.1"), ("no target", b"GET HTTP/1.1"),
            ("empty target", b"GET  HTTP/1.1"), ("bare CR in the target", b"GET " + PATH + b"\rX HTTP/1.1"), ("HTTP/11.1", b"GET " + PATH + b" HTTP/11.1"),
            ("HTTP/1", b"GET " + PATH + b" HTTP/1"), ("HTTP/1.10", b"GET " + PATH + b" HTTP/1.10"), ("HTTP/0.9", b"GET " + PATH + b" HTTP/0.9", 505)):
        yield refused(f"line {name}", line + host, *status)
    yield refused("HTTP/0.9 as it was", b"GET " + PATH + b"\r\n")
    for version, status in ((b"2.0", 505), (b"9.9", 505), (b"1.2", 505), (b"1.x", 400)):
        yield refused("version " + version.decode(), get(version=version), status)
    yield refused("HTTP/2 preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0", 400, 505)
    yield refused_alone("TLS hello", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 64)
    yield refused_alone("a line of nothing", b"\0" * 64)
    yield refused("method in lower case", get(method=b"get"))
    yield refused("method of 33 letters", get(method=b"A" * 33))
    for method in (b"BREW", b"TRACE", b"PRI", b"GE", b"GETT"):
        yield refused("method " + method.decode(), get(method=method), 501)
    yield refused("CONNECT", get(method=b"CONNECT", path=b"localhost:443"), 501)
    yield refused("three empty lines first", b"\r\n\r\n\r\n" + get())
    yield refused("empty lines of LF", b"\n" + get())
    yield refused("a line of 9 KB", get(path=PATH + b"?" + b"a" * 9000), 414)
    yield refused("a line of 64 KB", get(path=PATH + b"?" + b"a" * 65600), 414)


def targets():
    for name, path in (
            ("without slash", PATH.lstrip(b"/")), ("two slashes first", b"//evil" + PATH), ("two slashes within", b"/health//live"), ("foreign scheme", b"foo:" + PATH),
            ("absolute, other host", b"http://evil.example" + PATH), ("absolute, user", b"http://me@localhost" + PATH), ("absolute, other port", b"http://localhost:1" + PATH),
            ("absolute, two slashes", b"http://localhost/" + PATH), ("fragment", PATH + b"#x"), ("asterisk", b"*"), ("dots", b"/x/.." + PATH), ("dot", b"/." + PATH),
            ("dots at the end", PATH + b"/.."), ("escaped dots", b"/x/%2e%2e" + PATH), ("escaped slash", b"/%2F" + PATH), ("escaped backslash", PATH + b"%5c"),
            ("escaped percent", PATH + b"%2500"), ("backslash", b"/\\evil" + PATH), ("NUL", PATH + b"?\x00"), ("control", PATH + b"?\x01"), ("byte beyond ASCII", PATH + b"?\xff"),
            ("bad escape", b"/%zz"), ("half an escape", PATH + b"%4"), ("escaped NUL", PATH + b"%00"), ("escaped LF", PATH + b"%0A"), ("escaped DEL", PATH + b"%7f"),
            ("angle bracket", PATH + b"?<"), ("quote", PATH + b'?"'), ("closing angle bracket", PATH + b"?>"),
            ("backslash in the path", PATH + b"\\?x"), ("bracket in the path", b"/[" + PATH), ("caret in the path", PATH + b"^"), ("pipe in the path", PATH + b"|?[")):
        yield refused(f"target {name}", get(path=path))
    yield refused("OPTIONS *", get(path=b"*", method=b"OPTIONS"))


def hosts():
    yield refused("no Host", get(host=None))
    yield refused("two Hosts", get(b"Host: evil"))
    yield refused("two Hosts, alike", get(b"Host: localhost"))
    for name, value in (("userinfo", b"good@evil"), ("blank", b"a b"), ("slash", b"a/b"), ("port too large", b"a:99999"), ("port 0", b"a:0"), ("port of letters", b"a:b"),
                        ("port empty", b"a:"), ("half a bracket", b"[::1"), ("no address in brackets", b"[]"), ("empty", b""), ("list", b"a, b"), ("escape", b"a%2f"),
                        ("query", b"a?b"), ("obs-text", b"\xe4"), ("300 letters", b"a" * 300)):
        yield refused(f"Host {name}", get(host=value))
    yield refused("no Host, then one in the body", get(b"Content-Length: %d" % len(LAST), host=None) + LAST)


def all_cases():
    for group in (lengths, encodings, fields, chunked_bodies, request_lines, targets, hosts):
        yield from group()
