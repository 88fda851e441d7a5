"""A line that breaks: passes bytes to the product, and at will swallows an answer and hangs up.

What the product had committed by then stays committed; whoever called knows nothing of it.
"""

import random
import socket
import threading
from socketserver import BaseRequestHandler, ThreadingTCPServer

PIECE = 64 * 1024
WITHIN_S = 60


class _Handler(BaseRequestHandler):
    server: "CuttingLine"

    def handle(self) -> None:
        with socket.create_connection(self.server.target, timeout=WITHIN_S) as onward:
            there = threading.Thread(target=self._pass_on, args=(onward,), daemon=True)
            there.start()
            while piece := onward.recv(PIECE):
                if self.server.is_cut():
                    return
                self.request.sendall(piece)

    def _pass_on(self, onward: socket.socket) -> None:
        try:
            while piece := self.request.recv(PIECE):
                onward.sendall(piece)
        except OSError:
            return  # one of the two hung up


class CuttingLine(ThreadingTCPServer):
    """`share`: how many of all answers are lost, 0 to 1. Each connection carries one call."""

    daemon_threads = True
    allow_reuse_address = True
    block_on_close = False

    def __init__(self, target: tuple[str, int], *, share: float, seed: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target, self.share, self.cuts = target, share, 0
        self._dice, self._lock = random.Random(seed), threading.Lock()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def is_cut(self) -> bool:
        """Decided when the answer begins to arrive: by then it stands in the database."""
        with self._lock:
            is_cut = self._dice.random() < self.share
            self.cuts += is_cut
        return is_cut

    def handle_error(self, request: object, client_address: object) -> None:
        """The product was away: the caller sees a broken line, and that is what we are for."""

    def __enter__(self) -> "CuttingLine":
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self.shutdown()
        self.server_close()
