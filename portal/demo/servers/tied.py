"""`python -m portal.demo.servers.tied ARGUMENTS…`: Python with these arguments, ending with our parent."""

import signal
import sys

from portal.demo.servers.foreground import become

if __name__ == "__main__":
    become([sys.executable, *sys.argv[1:]], signal.SIGTERM)
