"""Clients that leave: at every byte, with a reset, with half a goodbye, and while their answer is under way."""
import random
import threading
import time

from cases import CHUNKED, LAST, LOGIN, PATH, Case, check_statuses, chunks, exchange, get, login, post
from client import Failure, shown, split_answers

REQUESTS = (("a GET", get(), 200), ("a POST", login(), 401), ("a chunked POST", post(CHUNKED, body=chunks(LOGIN, 1, 20)), 401))


def leave_everywhere(request, leave, pause):
    """Sends one byte more each time, and leaves."""
    def run(target):
        for length in range(len(request) + 1):
            with target.connect() as wire:
                wire.send(request[:length])
                if pause:
                    time.sleep(pause)
                leave(wire)
            if length % 8 == 0:            # nobody may run ahead of the server: it would turn the others away, rightly
                check_statuses(exchange(target, LAST), [200])
    return run


def half_close_everywhere(request, status):
    """Whole requests are answered, part of one is not; either way the connection ends."""
    def run(target):
        for length in range(len(request) + 1):
            with target.connect() as wire:
                wire.send(request[:length])
                wire.finish_sending()
                answers, rest = split_answers(wire.read_to_end())
            check_statuses(answers, [status] if length == len(request) else [])
            if rest:
                raise Failure(f"half an answer: {shown(rest)}")
    return run


def every_byte():
    for name, request, status in REQUESTS:
        for manner, leave in (("reset", lambda wire: wire.reset()), ("closed", lambda wire: wire.socket.close())):
            yield Case(f"{name}, {manner} at every byte", leave_everywhere(request, leave, 0))
            yield Case(f"{name}, {manner} a moment after every byte", leave_everywhere(request, leave, 0.004))
        yield Case(f"{name}, half-closed at every byte", half_close_everywhere(request, status), over_tls=False)


def leave_while_answered(target):
    """Pipelined logins, then gone: the workers answer into nothing."""
    for number in range(150):
        with target.connect() as wire:
            wire.send((login() + get()) * (1 + number % 5))
            time.sleep((number % 10) * 0.002)
            if number % 2:
                wire.reset()
        if number % 8 == 0:
            check_statuses(exchange(target, LAST), [200])


def reset_instead_of_reading(target):
    """Takes part of a large answer, and resets."""
    for number in range(40):
        with target.connect(4096) as wire:
            wire.send(get(path=b"/openapi.json") * 8)
            wire.receive()
            wire.reset()


class Storm:
    """Clients that do all of this by chance, at once."""
    MIX = (get(), login(), get(path=b"/metrics"), get(path=PATH, method=b"HEAD"), post(CHUNKED, body=chunks(LOGIN, 7)))

    def __init__(self, target):
        self.target = target
        self.fault = None

    def run(self, seconds, clients):
        threads = [threading.Thread(target=self.client, args=(seed, time.monotonic() + seconds)) for seed in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self.fault:
            raise self.fault

    def client(self, seed, end):
        chance = random.Random(seed)
        while time.monotonic() < end and not self.fault:
            try:
                with self.target.connect() as wire:
                    self.visit(wire, chance)
            except OSError:
                time.sleep(0.01)
            except Failure as fault:
                self.fault = fault

    def visit(self, wire, chance):
        for _ in range(chance.randint(1, 4)):
            data = b"".join(chance.choice(self.MIX) for _ in range(chance.randint(1, 5)))
            if chance.random() < 0.2:
                data = data[:chance.randint(1, len(data))]
            step = 7 if chance.random() < 0.3 else len(data)
            for at in range(0, len(data), step):
                if not wire.send(data[at:at + step]):
                    return
            if chance.random() < 0.6:
                try:
                    wire.receive(0.2)
                except TimeoutError:
                    pass
            if chance.random() < 0.3:
                time.sleep(chance.random() * 0.04)
        if chance.random() < 0.4:
            wire.reset()


def together():
    """Run beside each other."""
    yield from every_byte()
    yield Case("gone while the workers answer", leave_while_answered)
    yield Case("reset instead of reading", reset_instead_of_reading)


def alone():
    yield Case("disconnect storm", lambda target: Storm(target).run(6, 8))
