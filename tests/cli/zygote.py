"""A process that has loaded the program once and splits off a copy of itself for every run.

A run of its own still, with its own folder, environment and streams, but without the time that Python and
the libraries take to load. Started by ``running.py``; reads a request per line, answers with the exit code.
"""

from __future__ import annotations

import io
import json
import os
import sys


def main() -> None:
    """Serve until standard input ends."""
    import rich.table
    import rich.tree

    from playbook.cli.main import COMMANDS
    from playbook.language.documents import KINDS, model_of
    from playbook.lint.registry import all_rules

    for name in COMMANDS:
        __import__(f"playbook.cli.{name}")
    for kind in KINDS:
        model_of(kind).model_rebuild()
    all_rules()
    del rich
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            run(request)
        status = os.waitpid(child, 0)[1]
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def run(request: dict[str, object]) -> None:
    """Become the process that was asked for. Does not return."""
    code: object = 70
    try:
        for number, name in enumerate(("stdin", "stdout", "stderr")):
            path = os.open(str(request[name]), os.O_RDWR)
            os.dup2(path, number)
            os.close(path)
        sys.stdin = io.TextIOWrapper(open(0, "rb", closefd=False), "utf-8")  # noqa: SIM115
        sys.stdout = io.TextIOWrapper(open(1, "wb", closefd=False), "utf-8")  # noqa: SIM115
        sys.stderr = io.TextIOWrapper(open(2, "wb", closefd=False), "utf-8")  # noqa: SIM115
        os.environ.clear()
        os.environ.update(request["env"])  # type: ignore[arg-type, call-overload]
        os.chdir(str(request["cwd"]))
        sys.argv = ["playbook", *request["arguments"]]  # type: ignore[misc]
        from playbook.cli.main import main as program

        code = program()
    except SystemExit as stop:
        code = stop.code
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code if isinstance(code, int) else 0 if code is None else 1)


if __name__ == "__main__":
    main()
