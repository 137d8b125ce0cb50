"""The site over a slow line: a page comes tag by tag, and may be painted in between."""

import http.client
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

# The first screen of a phone is among so many pieces; what comes after them comes at once.
PIECES = 300
# Longer than a frame.
SECONDS_BETWEEN = 0.02
# What this server says itself about its answer.
OWN = {"connection", "content-length", "date", "server", "transfer-encoding"}


@contextmanager
def trickling(site: str) -> Iterator[str]:
    """Serve what a site answers, its pages tag by tag; yields the address, without last slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(urlsplit(site).netloc))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def pieces(page: bytes) -> Iterator[bytes]:
    """Cut a page before and after each of the first tags of its body."""
    begins = page.find(b"<body")
    cuts = sorted({cut for tag in re.finditer(rb"<[^>]*>", page) for cut in tag.span()})
    wanted = [cut for cut in cuts if cut > begins][:PIECES]
    for start, end in zip([0, *wanted], [*wanted, len(page)], strict=True):
        yield page[start:end]


def _handler_of(site: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            connection = http.client.HTTPConnection(site, timeout=60)
            try:
                connection.request("GET", self.path, headers={"Host": site})
                answer = connection.getresponse()
                self._pass_on(answer, answer.read())
            finally:
                connection.close()

        def _pass_on(self, answer: http.client.HTTPResponse, body: bytes) -> None:
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in OWN:
                    self.send_header(name, value)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            is_page = "html" in answer.getheader("Content-Type", "")
            for piece in pieces(body) if is_page else [body]:
                self._write(piece)
                if is_page:
                    time.sleep(SECONDS_BETWEEN)
            self.wfile.write(b"0\r\n\r\n")

        def _write(self, piece: bytes) -> None:
            # An empty one would be the end.
            if piece:
                self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))

        def log_message(self, *_: object) -> None:
            """Say nothing: the test says what it found."""

    return Handler
