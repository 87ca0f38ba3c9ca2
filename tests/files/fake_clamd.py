"""A virus scanner for tests: speaks clamd's INSTREAM, finds EICAR, or fails as it is told to."""
from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from goldthread.files.eicar import EICAR


class Scanner(socketserver.ThreadingTCPServer):
    """`answer`: what to say of every file instead of looking; "" hangs up. `seen`: how many files were sent."""

    daemon_threads = True
    answer: str | None = None
    seen = 0

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


class _Talk(socketserver.StreamRequestHandler):
    server: Scanner

    def handle(self) -> None:
        if self.rfile.readline().strip() != b"nINSTREAM":
            return
        data = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            data += self.rfile.read(size)
        self.server.seen += 1
        found = "Eicar-Test-Signature FOUND" if EICAR in data else "OK"
        answer = found if self.server.answer is None else self.server.answer
        if answer:
            self.wfile.write(f"stream: {answer}\n".encode())


@contextmanager
def running_scanner() -> Iterator[Scanner]:
    with Scanner(("127.0.0.1", 0), _Talk) as found:
        thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield found
        finally:
            found.shutdown()
            thread.join(5)
