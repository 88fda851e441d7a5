"""`python -m portal.demo.simulators.phones`: the simulators of a demo, until SIGTERM or Ctrl-C."""

import signal
import sys
import threading

from portal.demo.simulators.phones.server import Phones
from portal.env import data_dir, read_environment

PROVIDERS = ("alpha", "beta")


def main() -> int:
    environment = read_environment()
    if not environment.flag("DEMO", default=False):
        sys.exit("the simulated providers run only with DEMO=1")
    port, web = environment.number("DEMO_PHONE_PORT", 0), environment.number("PORT", 8000)
    phones = Phones(
        port,
        sms_keys={name: f"demo-{name}" for name in PROVIDERS},
        zalo_token="demo-zalo",  # noqa: S106 - known to everybody, and of no use outside a demo
        receipt_keys={name: f"demo-receipts-{name}" for name in (*PROVIDERS, "zalo")},
        report_to=f"http://127.0.0.1:{web}/notices/receipts",
        folder=data_dir() / "phones",
    )
    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: over.set())
    phones.start()
    sys.stdout.write(f"phones: listening on {phones.url}, keeping messages in {data_dir() / 'phones'}\n")
    sys.stdout.flush()
    over.wait()
    phones.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
