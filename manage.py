#!/usr/bin/env python
"""Django's command line, with this project's settings.

`migrate` runs as the role that owns the tables, everything else as the role of the product. A private
database that does not run is started for the command and stopped after it.
"""

import atexit
import os
import sys

OWNER_COMMANDS = {"migrate", "seed_volume"}
WITHOUT_DATABASE = {
    "",
    "help",
    "--help",
    "--version",
    "check",
    "collectstatic",
    "demo_mailbox",
    "spectacular",
}


def open_private_database() -> None:
    """Where no DATABASE_URL is given and this is a demo or a test."""
    from portal.env import data_dir, read_environment

    environment = read_environment()
    is_private = environment.flag("PRIVATE_DATABASE", default=False)
    if environment.text("DATABASE_URL") and not is_private:
        return
    from portal.demo.servers.private import use_private_database

    use = use_private_database(data_dir(), environment)
    atexit.register(use.end)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command in OWNER_COMMANDS:
        os.environ["DATABASE_ROLE"] = "owner"
    if command not in WITHOUT_DATABASE:
        open_private_database()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
