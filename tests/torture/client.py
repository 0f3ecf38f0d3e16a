"""The hostile client: raw bytes over TCP, TLS or a unix socket, and a strict reader of what comes back."""
import dataclasses
import re
import socket
import ssl
import struct

# Nothing here measures speed: whoever waits this long for a server has found it hanging.
PATIENCE = 40

STATUS_LINE = re.compile(rb"HTTP/1\.1 ([1-5]\d\d) [\x20-\x7e]+")
FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+): ([\x20-\x7e\t]*)")


class Failure(Exception):
    """What a case found wrong."""


@dataclasses.dataclass(frozen=True)
class Answer:
    status: int
    fields: dict
    body: bytes


@dataclasses.dataclass(frozen=True)
class Target:
    """Where the server is, and how to speak to it."""
    host: str = "127.0.0.1"
    port: int = 0
    unix: str = ""
    tls: bool = False

    def connect_plain(self, receive_buffer=None):
        if self.unix:
            plain = socket.socket(socket.AF_UNIX)
        else:
            plain = socket.socket(socket.AF_INET6 if ":" in self.host else socket.AF_INET)
        plain.settimeout(PATIENCE)
        if receive_buffer:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        plain.connect(self.unix or (self.host, self.port))
        if not self.unix:
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return plain

    def connect(self, receive_buffer=None):
        plain = self.connect_plain(receive_buffer)
        return Wire(_encrypted(plain) if self.tls else plain)


def _encrypted(plain):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols(["http/1.1"])
    return context.wrap_socket(plain, server_hostname="localhost")


class Wire:
    """One connection. Everything received stays in `received`; close it with `with`."""

    def __init__(self, connected):
        self.socket = connected
        self.received = b""
        self.end = ""                      # "fin" or "reset", once it has ended

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data, patience=PATIENCE):
        """False when the server has cut the connection off."""
        self.socket.settimeout(patience)
        try:
            self.socket.sendall(data)
            return True
        except (TimeoutError, ssl.SSLWantWriteError):
            raise
        except OSError:
            return False

    def finish_sending(self):
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:                    # it ended before
            pass

    def reset(self):
        """Leaves with a RST (a unix socket knows none and just goes)."""
        try:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        except OSError:
            pass
        self.socket.close()

    def receive(self, patience=PATIENCE):
        """Some more bytes; nothing at the end. TimeoutError when none came."""
        self.socket.settimeout(patience)
        try:
            piece = self.socket.recv(65536)
            self.end = "" if piece else "fin"
        except (TimeoutError, ssl.SSLWantReadError) as silence:
            raise TimeoutError from silence
        except OSError:
            piece, self.end = b"", "reset"
        self.received += piece
        return piece

    def read_to_end(self, patience=PATIENCE):
        try:
            while self.receive(patience):
                pass
        except TimeoutError:
            raise Failure(f"HANG: open after {patience} s of silence, so far {shown(self.received)}") from None
        return self.received

    def read_answers(self, count, heads=()):
        """Reads until so many answers (interim ones counted) are complete."""
        while True:
            answers, rest = split_answers(self.received, heads)
            if len(answers) >= count:
                return answers
            try:
                if not self.receive():
                    raise Failure(f"closed ({self.end}) before its answer: {shown(self.received)}")
            except TimeoutError:
                raise Failure(f"HANG: no answer, so far {shown(rest)}") from None


def shown(data):
    return repr(data if len(data) < 200 else data[:150] + b" ... " + data[-40:])


def split_answers(stream, heads=()):
    """All complete answers and the bytes after them. `heads`: which of them (by number) have no body to come."""
    answers = []
    while stream:
        end = stream.find(b"\r\n\r\n")
        if end < 0:
            break
        status, fields = _parse_head(stream[:end])
        length = 0
        if status >= 200 and status not in (204, 304) and len(answers) not in heads:
            if b"content-length" not in fields:
                raise Failure(f"an answer without a length: {shown(stream)}")
            length = int(fields[b"content-length"])
        if len(stream) < end + 4 + length:
            break
        answers.append(Answer(status, fields, stream[end + 4:end + 4 + length]))
        stream = stream[end + 4 + length:]
    return answers, stream


def _parse_head(head):
    lines = head.split(b"\r\n")
    status = STATUS_LINE.fullmatch(lines[0])
    if not status:
        raise Failure(f"not a status line: {shown(head)}")
    fields = {}
    for line in lines[1:]:
        field = FIELD.fullmatch(line)
        if not field:
            raise Failure(f"not a field: {shown(line)}")
        name = field[1].lower()
        if name in (b"content-length", b"connection", b"transfer-encoding", b"date") and name in fields:
            raise Failure(f"{name} twice: {shown(head)}")
        fields[name] = field[2]
    return int(status[1]), fields
