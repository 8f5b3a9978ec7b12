"""`goldsmith admin`: look after a server's database; works beside a running server and without one."""

import sys
from getpass import getpass
from pathlib import Path
from typing import Annotated, Any

import typer

from goldsmith.client.cli.loading import loading
from goldsmith.client.cli.options import AsJson, DatabaseUrl, DataDir
from goldsmith.client.cli.output import show
from goldsmith.client.cli.settings import read_settings, telling_problems
from goldsmith.client.errors import Conflict, Invalid

app = typer.Typer(
    help="Look after a server's database: the first owner, keys, passwords, backups, migrations, the audit trail.",
    no_args_is_help=True,
)

Email = Annotated[str, typer.Option(help="The person's address.")]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input instead of asking.")
]


@app.command()
def create_owner(
    email: Email,
    name: Annotated[str, typer.Option(help="The person's name.")] = "Owner",
    workspace: Annotated[str, typer.Option(help="Name of the workspace, if there is none yet.")] = "Workspace",
    password_stdin: FromStdin = False,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Make a person who owns the workspace and signs in with a password."""
    settings = read_settings(data_dir=data_dir, database_url=database_url)
    password = _password(password_stdin)
    with loading():
        from goldsmith.server.entrypoints import admin

    with telling_problems():
        person = admin.create_owner(settings, email=email, name=name, password=password, workspace=workspace)
    show({"id": person, "email": email, "name": name}, [f"{name} <{email}> owns the workspace."], as_json=as_json)


@app.command()
def create_key(
    email: Email,
    name: Annotated[str, typer.Option(help="What the key is for.")] = "command line",
    scope: Annotated[list[str] | None, typer.Option(help="A permission; may be repeated. (default: all)")] = None,
    project: Annotated[int | None, typer.Option(help="Confine the key to the project with this id.")] = None,
    expires_in_days: Annotated[int | None, typer.Option(min=1, max=3650, help="(default: never)")] = None,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Make an API key in a person's name. The key is shown once: on standard output, alone."""
    settings = read_settings(data_dir=data_dir, database_url=database_url)
    with loading():
        from goldsmith.server.entrypoints import admin

    with telling_problems():
        key = admin.create_key(
            settings, email=email, name=name, scopes=scope or ["*"], project_id=project, expires_in_days=expires_in_days
        )
    show(key.model_dump(mode="json"), [key.secret], as_json=as_json)


@app.command()
def reset_password(
    email: Email,
    password_stdin: FromStdin = False,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Give a person a new password and end their sessions."""
    settings = read_settings(data_dir=data_dir, database_url=database_url)
    password = _password(password_stdin)
    with loading():
        from goldsmith.server.entrypoints import admin

    with telling_problems():
        admin.reset_password(settings, email=email, password=password)
    show({"email": email}, [f"{email} has a new password, and is signed out everywhere."], as_json=as_json)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where to write the backup; must not exist.")],
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Write database and files into one tar file; a running server is not disturbed."""
    settings = read_settings(data_dir=data_dir, database_url=database_url)
    with loading():
        from goldsmith.server.entrypoints.backup import back_up

    with telling_problems():
        _tell_backup(back_up(settings, file), f"{file} holds", as_json)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup made by `goldsmith admin backup`.")],
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Bring a backup back into an empty data folder, or an empty database."""
    settings = read_settings(data_dir=data_dir, database_url=database_url)
    with loading():
        from goldsmith.server.entrypoints.backup import restore as restore_backup

    with telling_problems():
        _tell_backup(restore_backup(settings, file), "Restored", as_json)


@app.command()
def migrate(data_dir: DataDir = None, database_url: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """Bring the database to this version's tables. `goldsmith up` does so by itself at each start."""
    settings = read_settings(data_dir=data_dir, database_url=database_url)
    with loading():
        from goldsmith.server.entrypoints import admin

    with telling_problems():
        before, after = admin.bring_up_to_date(settings)
    told = f"The database stands at {after}" + ("." if before == after else f"; it was at {before or 'nothing'}.")
    show({"before": before, "after": after}, [told], as_json=as_json)


@app.command()
def verify_audit(
    anchor: Annotated[
        list[str] | None,
        typer.Option(help="WORKSPACE:POSITION:HASH from the server's log or an earlier run; may be repeated."),
    ] = None,
    file: Annotated[Path | None, typer.Option(help="Verify this exported trail instead of the database.")] = None,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Verify the chain of the audit trail; fails with the first entry that was changed, removed, moved or cut off."""
    settings = read_settings(data_dir=data_dir, database_url=database_url)
    with loading():
        from goldsmith.server.entrypoints import admin

    with telling_problems():
        if file is not None:
            _tell_whole(str(file), admin.verify_audit_file(file))
            show({"file": str(file), "whole": True}, [f"{file} is whole."], as_json=as_json)
            return
        verdicts = admin.verify_audit(settings, anchor or [])
    for verdict in verdicts:
        _tell_whole(f"workspace '{verdict.workspace}'", verdict.broken)
    lines = [f"{one.workspace}: {one.entries:,} entries, whole. Anchor: {one.anchor}" for one in verdicts]
    told = [
        {"workspace": one.workspace, "entries": one.entries, "anchor": one.anchor, "whole": True} for one in verdicts
    ]
    show(told, lines, as_json=as_json)


def _tell_whole(what: str, broken: Any) -> None:
    if broken is not None:
        raise Conflict(
            f"The audit trail of {what} is broken at entry {broken.position} ({broken.kind}): {broken.told}. "
            "Keep the database as it is, and compare it with a backup from before.",
            title="The audit trail was tampered with",
        )


def _tell_backup(manifest: Any, what: str, as_json: bool) -> None:
    rows = sum(manifest.rows.values())
    line = (
        f"{what} {rows:,} rows in {len(manifest.rows)} tables and {manifest.files:,} files, taken {manifest.taken_at}."
    )
    show(vars(manifest), [line], as_json=as_json)


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    if not sys.stdin.isatty():
        raise Invalid(
            "A password is asked for on a terminal, and this is none. Pipe it in with --password-stdin.",
            title="No password was given",
        )
    password = getpass("New password: ")
    if password != getpass("The same again: "):
        raise Invalid("The two passwords differ. Nothing was changed; try again.", title="No password was given")
    return password
