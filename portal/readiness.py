"""Whether the web server does its work: asked of what it does, not of whether it exists.

`python -m portal.readiness` asks the one of this installation and exits 1 when it is not ready.
"""

import http.client
import sys

from portal.env import read_environment


def is_ready(port: int, host_header: str, timeout_s: float = 5) -> bool:
    """Whether `/readyz` answers 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout_s)
    try:
        connection.request("GET", "/readyz", headers={"Host": host_header})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def main() -> int:
    environment = read_environment()
    host = environment.names("ALLOWED_HOSTS", ["localhost"])[0]
    return 0 if is_ready(environment.number("PORT", 8000), host) else 1


if __name__ == "__main__":
    sys.exit(main())
