"""`python -m portal.demo.simulators.vnpay`: the simulated gateway of a demo, without Django."""

import argparse
import os
import signal
import threading
from collections.abc import Sequence
from urllib.parse import urlsplit

from portal.demo.simulators.vnpay.gateway import Vnpay
from portal.env import data_dir, read_environment

IPN_PATH = "/payments/ipn/vnpay/"


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or Ctrl-C."""
    environment = read_environment()
    if not environment.flag("DEMO", default=not environment.text("DATABASE_URL")):
        raise SystemExit("the simulated gateway runs only with DEMO=1")
    portal = f"http://127.0.0.1:{environment.number('PORT', 8000)}"
    parser = argparse.ArgumentParser(prog="demo_vnpay")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=urlsplit(environment.text("VNPAY_PAY_URL")).port or 0)
    parser.add_argument("--ipn", default=f"{portal}{IPN_PATH}", help="where server messages go")
    chosen = parser.parse_args(arguments)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    folder = data_dir() / "vnpay"
    with Vnpay(chosen.port, folder, ipn_url=chosen.ipn, host=chosen.host) as vnpay:
        print(  # noqa: T201 - tells people where it is
            f"vnpay: listening on {vnpay.url}, books in {folder}, messages to {chosen.ipn}", flush=True
        )
        while not stop.wait(3600):
            pass
    return os.EX_OK


if __name__ == "__main__":
    raise SystemExit(main())
