"""How many tasks that do nothing this machine's broker and worker do in a second."""

import os
import subprocess
import sys
import time

from bench.server import Server
from portal.env import BASE_DIR, parse_env

TASKS = 6000
WITHIN_S = 120
_OPTIONS = ["worker", "--pool=prefork", "--concurrency=2", "-Ofair", "--without-gossip", "--without-mingle"]


def measure_noop(server: Server) -> float:
    """Tasks per second from the first to the last of a queue that was full before the worker came."""
    path = server.data_dir / "env"
    url = parse_env(path.read_text(encoding="utf-8"), source=str(path))["REDIS_URL"]
    os.environ["BENCH_BROKER"] = url
    from bench.bare import noop

    broker = noop.connect()
    broker.delete(noop.QUEUE, noop.MARKS)
    with noop.app.connection_for_write() as connection, connection.Producer() as producer:
        noop.mark.apply_async(producer=producer)
        for _task in range(TASKS):
            noop.noop.apply_async(producer=producer)
        noop.mark.apply_async(producer=producer)
    command = [sys.executable, "-m", "celery", "-A", "bench.bare.noop", *_OPTIONS, "-Q", noop.QUEUE]
    with (server.data_dir / "noop.log").open("wb") as log:
        worker = subprocess.Popen(
            command, cwd=BASE_DIR, env={**os.environ, "BENCH_BROKER": url}, stdout=log, stderr=log
        )
    try:
        end = time.monotonic() + WITHIN_S
        while broker.llen(noop.MARKS) < 2:  # noqa: PLR2004 - the first and the last
            if time.monotonic() > end:
                raise TimeoutError(f"the bare worker did nothing, see {server.data_dir}/noop.log")
            time.sleep(0.05)
        first, last = (float(moment) for moment in broker.lrange(noop.MARKS, 0, 1))
    finally:
        worker.terminate()
        worker.wait()
        broker.delete(noop.QUEUE, noop.MARKS)
    return TASKS / (last - first)
