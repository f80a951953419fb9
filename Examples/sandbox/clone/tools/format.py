#!/usr/bin/env python3
"""Formats the Python files below the current folder: no trailing blanks, no tabs, one final newline.

`--check` changes nothing and exits 1 when a file is not formatted. A file that does not compile is reported and kept.
"""

import pathlib
import sys

SKIPPED = {".git", ".tmp", ".waybill", "__pycache__", "data"}


def formatted(text: str) -> str:
    lines = [line.rstrip().expandtabs(4) for line in text.splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    return "".join(line + "\n" for line in lines)


def files(root: pathlib.Path) -> list[pathlib.Path]:
    return sorted(path for path in root.rglob("*.py") if not SKIPPED & set(path.relative_to(root).parts))


def main() -> int:
    check = sys.argv[1:] == ["--check"]
    wrong = 0
    for path in files(pathlib.Path(".")):
        text = path.read_text(encoding="utf-8")
        try:
            compile(text, str(path), "exec", dont_inherit=True)
        except SyntaxError as error:
            print(f"{path}:{error.lineno}:{error.offset}: {error.msg}", file=sys.stderr)
            wrong += 1
            continue
        result = formatted(text)
        if result == text:
            continue
        print(f"{path}: {'not formatted' if check else 'formatted'}")
        if check:
            wrong += 1
        else:
            path.write_text(result, encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
