"""Processes that write notes as fast as they can, and print each one that the journal has promised to keep.

``python -m tests.journal.writers FILE`` forks one for each line of standard input, ``NAME COUNT``, and answers with its
number: forking is cheap, starting Python is not.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

from sqlalchemy.orm import configure_mappers

from journal.address import file_url
from journal.database import Database
from journal.operations.notes import add_note
from journal.people import Actor
from journal.places import Place
from journal.words import Role
from journal.work import Journal


def write(file: str, name: str, count: int) -> None:
    """Write *count* notes as the person *name*."""
    journal = Journal(Database(file_url(Path(file))), Actor(name, Role.CONTRIBUTOR))
    for number in range(count):
        add_note(journal, Place("paid"), f"{name} {number}")
        # One system call: a line is never cut off, whenever this process is killed.
        os.write(sys.stdout.fileno(), f"{name} {number}\n".encode())


def main(file: str) -> None:
    """Fork a writer for each line, and wait for all of them."""
    configure_mappers()
    for line in sys.stdin:
        name, count = line.split()
        child = os.fork()
        if child == 0:
            try:
                write(file, name, int(count))
            except BaseException:  # noqa: BLE001 - a child that returned would read the parent's lines
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        os.write(sys.stdout.fileno(), f"process {child}\n".encode())
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return


if __name__ == "__main__":
    main(sys.argv[1])
