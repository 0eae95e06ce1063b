"""The bodies of the subcommands that work with Django; each is one call into the building."""


def write_schema() -> None:
    """`zhiliu schema`: write openapi.json."""
    from zhiliu.config.documents import write_openapi

    write_openapi()


def write_docs() -> None:
    """`zhiliu docs`: write the generated documents."""
    from zhiliu.config.documents import write_documents

    write_documents()
