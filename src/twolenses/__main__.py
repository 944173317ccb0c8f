"""What `twolenses` and ``python -m twolenses`` start: the command, or the sentence that says how to have it."""

from __future__ import annotations

import sys
from typing import NoReturn

__all__ = ["main"]


def main() -> NoReturn:
    """Run the command; an installation for notebooks alone has none."""
    try:
        from twolenses import cli
    except ModuleNotFoundError as error:
        if error.name != "typer":
            raise
        print("This installation runs notebooks. For the command: pip install 'twolenses[cli]'", file=sys.stderr)
        sys.exit(2)
    cli.main()


if __name__ == "__main__":
    main()
