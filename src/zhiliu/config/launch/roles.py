"""The two database roles of every Zhiliu database, and the database itself.

`zhiliu_owner` owns the database and migrates it; `zhiliu_app` is what requests and workers use:
no superuser, never past row security, and no right to create anything.
"""

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, urlencode

import psycopg
from psycopg import conninfo, sql

OWNER: Final = "zhiliu_owner"
APP: Final = "zhiliu_app"


@dataclass(frozen=True)
class DatabaseUrls:
    """The addresses of one database, for its owner and for the application role."""

    owner: str = field(repr=False)
    app: str = field(repr=False)


def address(url: str, **changes: str) -> str:
    """Return a connection address with some parts (user, password, dbname) changed.

    A Unix socket's folder is the query part `host`, as libpq reads it.
    """
    parts = {key: str(value) for key, value in conninfo.conninfo_to_dict(url, **changes).items()}
    user, password = (quote(parts.pop(key, ""), safe="") for key in ("user", "password"))
    database = quote(parts.pop("dbname", ""), safe="")
    who = f"{user}:{password}@" if password else f"{user}@" if user else ""
    where = ""
    if parts.get("host", "/").replace(".", "").replace("-", "").isalnum():
        where = parts.pop("host")
        if parts.get("port", ",").isdecimal():
            where += ":" + parts.pop("port")
    query = f"?{urlencode(parts)}" if parts else ""
    return f"postgresql://{who}{where}/{database}{query}"


def ensure_role(admin: psycopg.Connection, name: str, password: str, *, createdb: bool) -> None:
    """Create the role, or give the existing one this password."""
    known = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = sql.SQL("ALTER" if known else "CREATE")
    admin.execute(
        sql.SQL("{} ROLE {} LOGIN NOCREATEROLE {} PASSWORD {}").format(
            verb,
            sql.Identifier(name),
            sql.SQL("CREATEDB" if createdb else "NOCREATEDB"),
            sql.Literal(password),
        )
    )


def ensure_database(admin: psycopg.Connection, name: str, *, template: str = "template0") -> None:
    """Create the database when it does not exist, owned by `zhiliu_owner`, in UTF-8 and UTC.

    `admin` is in autocommit mode and may create databases that belong to `zhiliu_owner`.
    """
    if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} ENCODING 'UTF8'").format(
                sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template)
            )
        )
    restrict_database(admin, name)


def restrict_database(admin: psycopg.Connection, name: str) -> None:
    """Let only the two roles connect, in UTC."""
    database, app = sql.Identifier(name), sql.Identifier(APP)
    for statement in (
        sql.SQL("ALTER DATABASE {} SET timezone TO 'UTC'").format(database),
        sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database),
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, app),
    ):
        admin.execute(statement)
