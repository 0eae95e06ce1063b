"""The inspection plans of a scheme: one for each material of each supplier."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiliu.contexts.connectors import rules
from zhiliu.contexts.connectors.operations.importing import Imported
from zhiliu.contexts.inspections import public as inspections
from zhiliu.kernel.actor import IMPORT_BOARD
from zhiliu.kernel.command import Command

CONFORMS = "CONFORMS"
_MAJOR = "major"


class PlanBook:
    """What every lot is inspected by, approved before the first one comes.

    A plan says a fixed n, whereas the n of a table follows from the lot: under `c0` a lot of
    another range gets a new version of its plan.
    """

    def __init__(self, imported: Imported, scheme: rules.Scheme, *, skip_lot: bool) -> None:
        self.imported = imported
        self.scheme = scheme
        self.skip_lot = skip_lot
        self.plans: dict[tuple[int, int], UUID] = {}
        self.sampled: dict[tuple[int, int], inspections.ClassLine] = {}

    def prepare(self, vendor: int, line: rules.Line, at: datetime) -> None:
        """See to it that the plan for what comes holds at `at`."""
        key = (line.product, vendor)
        sampled = self._sampled(int(line.received))
        if self.sampled.get(key) == sampled:
            return
        self.sampled[key] = sampled
        drafted = self._draft(key, sampled, line, at)
        self.plans[key] = UUID(drafted["plan"])

        def approve(command: Command, moment: datetime) -> dict[str, Any]:
            inspections.approve_plan_version(
                version_id=UUID(drafted["id"]),
                expected_version=drafted["version"],
                command=command,
                at=moment,
            )
            return {}

        self.imported.performer.once(
            "inspections.approve_plan_version",
            f"plan approved:{line.key}",
            {},
            approve,
            at=at,
            actor=IMPORT_BOARD,
        )

    def _draft(
        self,
        key: tuple[int, int],
        sampled: inspections.ClassLine,
        line: rules.Line,
        at: datetime,
    ) -> dict[str, Any]:
        product, vendor = key
        plan_id = self.plans.get(key)

        def draft(command: Command, moment: datetime) -> dict[str, Any]:
            if plan_id is not None:
                version = inspections.add_plan_version(
                    plan_id=plan_id, changes={"classes": [sampled]}, command=command, at=moment
                )
            else:
                version = inspections.add_plan(
                    material_id=self.imported.materials[product],
                    supplier_id=self.imported.vendors[vendor],
                    changes={"classes": [sampled], "characteristics": [_CHARACTERISTIC]},
                    command=command,
                    at=moment,
                )
            return {"id": version.pk, "version": version.version, "plan": version.plan_id}

        operation = "inspections.add_plan_version" if plan_id else "inspections.add_plan"
        drafted: dict[str, Any] = self.imported.performer.once(
            operation, f"plan:{line.key}", {}, draft, at=at
        )
        return drafted

    def _sampled(self, lot_size: int) -> inspections.ClassLine:
        scheme = inspections.Scheme(self.scheme.sampling)
        given: dict[str, Any] = {}
        if scheme is inspections.Scheme.ISO:
            given = {"level": rules.LEVEL, "aql": Decimal(self.scheme.aql)}
        if scheme is inspections.Scheme.FIXED:
            plan = inspections.plan_for(lot_size, rules.LEVEL, self.scheme.aql, "normal", "iso")
            given = {"fixed_n": plan.sample_size}
        return inspections.ClassLine(
            severity_class=_MAJOR,
            scheme=scheme,
            basis=inspections.CountingBasis.NONCONFORMING_UNITS,
            may_skip=self.skip_lot,
            **given,
        )


_CHARACTERISTIC = inspections.PlanLine(
    code=CONFORMS,
    name_en="Conforms",
    name_zh="合格",
    characteristic_kind="attribute",
    severity_class=_MAJOR,
)
