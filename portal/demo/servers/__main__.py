"""`script/server`: run everything on one machine until Ctrl-C or SIGTERM."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from django.core.exceptions import ImproperlyConfigured

from portal.demo.servers.errors import ServerError
from portal.demo.servers.machine import Machine
from portal.env import BASE_DIR, data_dir


class Stop(BaseException):  # not an Exception: nothing on the way may swallow it
    """Somebody asked us to end."""


@contextmanager
def stop_on_signals() -> Iterator[None]:
    """Turn SIGINT, SIGTERM and SIGHUP into Stop; once, so that cleaning up is not disturbed."""

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        for name in numbers:
            signal.signal(name, signal.SIG_IGN)
        raise Stop

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    for name in numbers:
        signal.signal(name, ask_to_stop)
    yield


def main() -> int:
    os.chdir(BASE_DIR)
    try:
        with stop_on_signals():
            Machine(data_dir()).run()
    except Stop:
        print("Stopped.", flush=True)
        return 0
    except (ServerError, ImproperlyConfigured) as error:
        print(f"script/server: {error}", file=sys.stderr)
    except subprocess.CalledProcessError as error:
        print(f"script/server: this failed, see above: {' '.join(map(str, error.cmd))}", file=sys.stderr)
    except PermissionError as error:
        print(f"script/server: {error}; choose a DATA_DIR of your own", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
