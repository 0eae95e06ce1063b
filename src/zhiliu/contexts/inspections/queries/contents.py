"""What approved plan versions inspect; they never change, so a process remembers them."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from zhiliu.contexts.catalog.public import CharacteristicKind
from zhiliu.contexts.inspections.models import PlanCharacteristic, PlanClass, PlanVersion
from zhiliu.contexts.inspections.rules.readings import Characteristic
from zhiliu.contexts.inspections.rules.samples import PlanContent, Sampling, entered_of

_contents: dict[UUID, PlanContent] = {}  # approved versions never change
_REMEMBERED = 5_000


def get_plan_content(version_id: UUID) -> PlanContent:
    """What an approved plan version inspects; a process reads each version once."""
    return get_plan_contents([version_id])[version_id]


def get_plan_contents(version_ids: Iterable[UUID]) -> dict[UUID, PlanContent]:
    """What approved plan versions inspect; those not remembered cost three queries."""
    wanted = set(version_ids)
    missing = wanted - _contents.keys()
    if missing:
        if len(_contents) > _REMEMBERED:
            _contents.clear()
            missing = wanted
        _contents.update(_read_contents(missing))
    return {version_id: _contents[version_id] for version_id in wanted}


def _read_contents(version_ids: set[UUID]) -> dict[UUID, PlanContent]:
    classes: dict[UUID, list[PlanClass]] = defaultdict(list)
    rows: dict[UUID, list[PlanCharacteristic]] = defaultdict(list)
    for plan_class in PlanClass.objects.filter(plan_version_id__in=version_ids).order_by("id"):
        classes[plan_class.plan_version_id].append(plan_class)
    lines = PlanCharacteristic.objects.select_related("gauge_type").order_by("ordinal")
    for row in lines.filter(plan_version_id__in=version_ids):
        rows[row.plan_version_id].append(row)
    versions = PlanVersion.objects.select_related("plan").filter(pk__in=version_ids)
    return {v.pk: _content_of(v, classes[v.pk], rows[v.pk]) for v in versions}


def _content_of(
    version: PlanVersion, classes: list[PlanClass], rows: list[PlanCharacteristic]
) -> PlanContent:
    found = [_characteristic(row) for row in rows]
    of_class = {c.severity_class for c in found if not c.has_own_sample}
    samplings = [
        Sampling(
            row.severity_class,
            None,
            row.scheme,
            row.level,
            row.aql,
            row.fixed_n,
            row.basis,
            row.may_skip,
            entered_of(found, row.severity_class),
        )
        for row in classes
        if row.severity_class in of_class
    ]
    may_skip = {row.severity_class: row.may_skip for row in classes}
    samplings += [
        Sampling(
            row.severity_class,
            row.pk,
            row.scheme,
            row.level,
            row.aql,
            row.fixed_n,
            row.basis,
            may_skip.get(row.severity_class, False),
            int(row.characteristic_kind != CharacteristicKind.CALCULATED),
        )
        for row in rows
        if row.scheme
    ]
    return PlanContent(
        version.pk,
        version.plan.number,
        version.version_no,
        tuple(samplings),
        {c.code: c for c in found},
    )


def _characteristic(row: PlanCharacteristic) -> Characteristic:
    return Characteristic(
        id=row.pk,
        code=row.code,
        kind=row.characteristic_kind,
        severity_class=row.severity_class,
        nominal=row.nominal,
        lower=row.lower,
        upper=row.upper,
        resolution=row.resolution,
        formula=row.formula,
        gauge_type_id=row.gauge_type_id,
        gauge_type=row.gauge_type.code if row.gauge_type else "",
        is_destructive=row.is_destructive,
        has_own_sample=bool(row.scheme),
    )
