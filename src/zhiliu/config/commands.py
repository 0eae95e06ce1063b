"""The bodies of the subcommands that work with Django; each is one call into the building."""

from pathlib import Path


def write_schema() -> None:
    """`zhiliu schema`: write openapi.json and sign-in-openapi.json."""
    from zhiliu.config.documents import write_openapi

    write_openapi()


def write_docs() -> None:
    """`zhiliu docs`: write the generated documents."""
    from zhiliu.config.documents import write_documents

    write_documents()


def import_source(name: str, path: Path | None) -> int:
    """`zhiliu import adventureworks [PATH]`: master data and orders, as users would enter them."""
    from zhiliu.config.history import import_history

    return import_history(path)


def replay_source(name: str, path: Path | None, *, lines: int | None, as_json: bool) -> int:
    """`zhiliu replay adventureworks [PATH]`: the purchase history, step by step."""
    from zhiliu.config.history import replay_history

    return replay_history(path, lines, as_json=as_json)


def rehearse_source(
    path: Path | None, scheme: str, *, lines: int | None, skip_lot: bool, as_json: bool
) -> int:
    """`zhiliu replay adventureworks [PATH] --scheme NAME`: the same under sampling schemes."""
    from zhiliu.config.schemes import rehearse

    return rehearse(path, scheme, lines=lines, skip_lot=skip_lot, as_json=as_json)


def check(*, json: bool) -> int:
    """`zhiliu check [--json]`: verify the invariants, a line each; 1 when one is violated."""
    from zhiliu.config.checks.running import run
    from zhiliu.config.launch.refusals import language

    return run(language(), as_json=json)
