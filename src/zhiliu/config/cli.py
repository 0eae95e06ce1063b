"""The console script `zhiliu`: its subcommands and their arguments; the bodies live elsewhere."""

import argparse
import os
import sys
from pathlib import Path

from zhiliu.config import sampling
from zhiliu.config.launch.guard import guarded
from zhiliu.config.launch.refusals import LaunchRefused


def main() -> int:
    """Run one subcommand and return the exit code: 0 done, 1 found something, 2 refused."""
    arguments = _parser().parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiliu.config.settings")
    return guarded(lambda: _run(arguments))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="zhiliu", description="质流: quality and flow of goods")
    commands = parser.add_subparsers(dest="command", required=True)
    demo = commands.add_parser("demo", help="load the demo plant and serve it")
    demo.add_argument("--no-serve", action="store_true", help="only prepare")
    demo.add_argument("--reset", action="store_true", help="delete all data first")
    serve = commands.add_parser("serve", help="run database, web, worker and schedules")
    web = commands.add_parser("web", help="run the web process on an external PostgreSQL")
    for served in (demo, serve, web):
        served.add_argument("--host", default="127.0.0.1")
        served.add_argument("--port", type=_port, default=8000)
        served.add_argument("--web-workers", type=_count, default=min(2, os.cpu_count() or 1))
    commands.add_parser("worker", help="run the worker process on an external PostgreSQL")
    commands.add_parser("migrate", help="bring the database to this version")
    source = commands.add_parser("import", help="read master data and orders of a source")
    source.add_argument("source", choices=["adventureworks"])
    source.add_argument("path", nargs="?", type=Path, help="default: the packaged tables")
    replay = commands.add_parser("replay", help="receive and inspect a source's purchase lines")
    replay.add_argument("source", choices=["adventureworks"])
    replay.add_argument("path", nargs="?", type=Path, help="default: the packaged tables")
    replay.add_argument("--json", action="store_true", help="print one JSON object")
    replay.add_argument("--lines", type=_count, help="only the first orders with so many lines")
    replay.add_argument(
        "--scheme", help="by samples, in a throw-away database: aql-0.65, aql-1.0, …, c0, full, all"
    )
    replay.add_argument("--skip-lot", action="store_true", help="with --scheme: allow skip-lot")
    check = commands.add_parser("check", help="verify the invariants; exit 1 on a violation")
    check.add_argument("--json", action="store_true", help="print one JSON object")
    sampling.add_arguments(commands.add_parser("sampling", help="print the sampling plan of a lot"))
    backup = commands.add_parser("backup", help="write the whole database to a new file")
    backup.add_argument("file", type=Path)
    restore = commands.add_parser("restore", help="load a backup into the empty database")
    restore.add_argument("file", type=Path)
    restore.add_argument("--force", action="store_true", help="replace everything in it")
    commands.add_parser("schema", help="write openapi.json")
    commands.add_parser("docs", help="write the generated documents")
    return parser


def _port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError("from 1 to 65535")
    return number


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _run(arguments: argparse.Namespace) -> int:
    if arguments.command == "sampling":
        return sampling.run(arguments)
    from zhiliu.config.launch import backup, serving

    match arguments.command:
        case "demo" | "serve" | "web":
            where = (arguments.host, arguments.port, arguments.web_workers)
            if arguments.command == "serve":
                return serving.serve(*where)
            if arguments.command == "web":
                return serving.web(*where)
            with_serving = not arguments.no_serve
            return serving.demo(*where, with_serving=with_serving, reset=arguments.reset)
        case "worker":
            return serving.worker()
        case "migrate":
            return serving.migrate()
        case "backup":
            return backup.backup(arguments.file)
        case "restore":
            return backup.restore(arguments.file, force=arguments.force)
        case _:
            return _dispatch(arguments)


def _dispatch(arguments: argparse.Namespace) -> int:
    """Run a command that works with Django in this process."""
    from zhiliu.config.launch.in_process import with_database, without_database

    match arguments.command:
        case "import":
            path = arguments.path.absolute() if arguments.path else None
            return with_database("import_source", arguments.source, path)
        case "replay":
            return _replay(arguments)
        case "check":
            return with_database("check", json=arguments.json)
        case "schema":
            return without_database("write_schema")
        case _:
            return without_database("write_docs")


def _replay(arguments: argparse.Namespace) -> int:
    from zhiliu.config.launch.in_process import with_database, without_database

    path = arguments.path.absolute() if arguments.path else None
    given = {"lines": arguments.lines, "as_json": arguments.json}
    if arguments.scheme is None:
        if arguments.skip_lot:
            raise LaunchRefused("skip_lot_alone")
        return with_database("replay_source", arguments.source, path, **given)
    return without_database(
        "rehearse_source", path, arguments.scheme, skip_lot=arguments.skip_lot, **given
    )


if __name__ == "__main__":
    sys.exit(main())
