"""The order of the building. Imports go only from the top of a list to what stands below it.

The order *is* the architecture (DESIGN.md section 2): a new context must choose its place here, and
in the import contracts of pyproject.toml, which a test keeps equal to this list.
"""

CONTEXT_ORDER = (
    "insights",
    "connectors",
    "portal",
    "governance",
    "planning",
    "improvement",
    "suppliers",
    "aftersales",
    "nonconformance",
    "inspections",
    "costing",
    "production",
    "shipping",
    "sales",
    "receiving",
    "purchasing",
    "stock",
    "changes",
    "equipment",
    "partners",
    "catalog",
)

PLATFORM_ORDER = (
    "tasks",
    "rules",
    "signatures",
    "attachments",
    "live",
    "commands",
    "access",
    "outbox",
    "evidence",
    "numbering",
    "jobs",
)

# What exists today, from the bottom up: the order in which reactions register and tables are made.
BUILT_PLATFORM = (
    "jobs",
    "numbering",
    "evidence",
    "outbox",
    "access",
    "commands",
    "live",
    "attachments",
    "signatures",
    "rules",
)
BUILT_CONTEXTS = (
    "catalog",
    "partners",
    "equipment",
    "stock",
    "purchasing",
    "receiving",
    "inspections",
    "nonconformance",
    "connectors",
)
