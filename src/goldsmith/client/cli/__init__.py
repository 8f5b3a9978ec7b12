"""The `goldsmith` command.

    goldsmith up                          serve on http://127.0.0.1:8484
    goldsmith project create "Support"    make a project
    goldsmith import support tickets.csv  bring records in
    goldsmith export support              freeze what is resolved and download it

Where the server is and who you are: `--url` and `--api-key`, or `GOLDSMITH_URL` and `GOLDSMITH_API_KEY`.
With `--json` a command prints one JSON value on standard output, and a failure is one JSON object on standard error.
Progress and errors go to standard error. Exit codes: 0 done, 1 failed, 2 not understood, 3 not allowed, 4 not found,
5 done in part (some rows were rejected, an answer is missing), 130 interrupted.
"""

from goldsmith.client.cli.commands import main

__all__ = ["main"]
