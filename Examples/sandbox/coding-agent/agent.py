#!/usr/bin/env python3
"""A stand-in for a coding agent: `agent.py --brief FILE`, run in the working tree.

It does not think. For each task of the sandbox it has prepared changes, numbered by attempt: the first for a brief
without feedback, the next ones for a brief that says what went wrong. A task without a prepared change needs a person,
and it says so and exits with 3.
"""

import argparse
import pathlib
import re
import shutil
import sys

CHANGES = pathlib.Path(__file__).resolve().parent / "changes"
NEEDS_PERSON = 3


def wanted(brief: str) -> tuple[str, bool]:
    """The task's id from the title `# ID: …`, and whether there is feedback."""
    title = re.match(r"# ([A-Za-z0-9._-]+):", brief)
    if title is None:
        sys.exit("failed to read the brief: its first line is not \"# ID: TITLE\"")
    return title.group(1), re.search(r"^## Feedback$", brief, re.MULTILINE) is not None


def prepared(task: str, corrected: bool) -> pathlib.Path | None:
    attempts = sorted((CHANGES / task).glob("[0-9]*"), key=lambda path: int(path.name))
    if not attempts:
        return None
    return attempts[1] if corrected and len(attempts) > 1 else attempts[0]


def copy(change: pathlib.Path, tree: pathlib.Path) -> None:
    for source in sorted(path for path in change.rglob("*") if path.is_file()):
        name = source.relative_to(change)
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, tree / name)
        print(f"wrote {name}")


def main() -> int:
    parser = argparse.ArgumentParser(description="A stand-in for a coding agent.")
    parser.add_argument("--brief", required=True, type=pathlib.Path, metavar="FILE")
    task, corrected = wanted(parser.parse_args().brief.read_text(encoding="utf-8"))
    change = prepared(task, corrected)
    if change is None:
        print(f'"{task}" needs a person: no change is prepared for it; make it yourself', file=sys.stderr)
        return NEEDS_PERSON
    why = ", after feedback" if corrected else ""
    print(f"a stand-in for a coding agent: prepared change {change.name} of {task}{why}")
    copy(change, pathlib.Path("."))
    return 0


if __name__ == "__main__":
    sys.exit(main())
