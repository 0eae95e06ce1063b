"""Units and the fixed conversions between them."""

from datetime import datetime
from uuid import UUID

from zhiliu.contexts.catalog import rules
from zhiliu.contexts.catalog.errors import AlreadyExists, NotFound
from zhiliu.contexts.catalog.events import UnitAdded, UnitConversionAdded, UnitConversionChanged
from zhiliu.contexts.catalog.models import Unit, UnitConversion
from zhiliu.contexts.catalog.permissions import access_shared
from zhiliu.contexts.catalog.queries import find_conversion, get_material, get_unit
from zhiliu.kernel.command import Command, Reference
from zhiliu.platform.commands.http import same_version
from zhiliu.platform.evidence.public import flush, record_changed, record_created
from zhiliu.platform.outbox.public import record_event


def add_unit(
    *,
    code: str,
    name_en: str,
    name_zh: str = "",
    decimals: int = 0,
    command: Command,
    at: datetime,
) -> Unit:
    """Add a unit whose quantities keep `decimals` decimals (0 to 6); it never changes.

    Raises SharedByAll, OutOfRange, AlreadyExists; emits UnitAdded.
    """
    flush()
    access_shared(command)
    for refusal in rules.check_decimals(decimals):
        raise refusal
    if Unit.objects.filter(code=code).exists():
        raise AlreadyExists("unit", code)

    unit = record_created(
        Unit(code=code, name_en=name_en, name_zh=name_zh, decimals=decimals), command
    )
    record_event(
        UnitAdded(
            subject=Reference(unit.kind, unit.id, code, unit.version),
            company_id=None,
            site_id=None,
            decimals=decimals,
        ),
        command,
        at,
    )
    return unit


def add_unit_conversion(
    *,
    from_unit_id: UUID,
    to_unit_id: UUID,
    numerator: int,
    denominator: int = 1,
    material_id: UUID | None = None,
    command: Command,
    at: datetime,
) -> UnitConversion:
    """State that one `from_unit` is exactly numerator/denominator `to_unit`.

    It holds for one material or, with none named, for all, and in both directions, so a second one
    between the same units is refused. Raises SharedByAll, NotFound, ConversionOfSame, OutOfRange,
    ConversionUnused, AlreadyExists; emits UnitConversionAdded.
    """
    flush()
    access_shared(command)
    from_unit, to_unit = get_unit(from_unit_id), get_unit(to_unit_id)
    material = get_material(material_id) if material_id is not None else None
    about = (material.number, material.unit.code) if material is not None else None
    for refusal in rules.check_conversion(
        from_unit.code, to_unit.code, numerator, denominator, about
    ):
        raise refusal
    if find_conversion(material_id, from_unit_id, to_unit_id) is not None:
        raise AlreadyExists("unit conversion", f"{from_unit.code}-{to_unit.code}")

    conversion = record_created(
        UnitConversion(
            material=material,
            from_unit=from_unit,
            to_unit=to_unit,
            numerator=numerator,
            denominator=denominator,
        ),
        command,
    )
    _record(UnitConversionAdded, conversion, command, at)
    return conversion


def change_unit_conversion(
    *,
    conversion_id: UUID,
    expected_version: int,
    numerator: int,
    denominator: int = 1,
    command: Command,
    at: datetime,
) -> UnitConversion:
    """Correct the factor of a conversion; quantities that were converted before stay.

    Raises SharedByAll, NotFound, VersionMismatch, OutOfRange; emits UnitConversionChanged when
    something changed.
    """
    flush()
    access_shared(command)
    rows = UnitConversion.objects.select_related("from_unit", "to_unit", "material")
    locked = rows.select_for_update(no_key=True, of=("self",))
    conversion = locked.filter(pk=conversion_id).first()
    if conversion is None:
        raise NotFound("unit conversion", str(conversion_id))
    same_version(expected_version, conversion.version)
    for refusal in rules.check_factor(numerator, denominator):
        raise refusal

    record_changed(conversion, command, numerator=numerator, denominator=denominator)
    if conversion.version != expected_version:
        _record(UnitConversionChanged, conversion, command, at)
    return conversion


def _record(
    event: type[UnitConversionAdded] | type[UnitConversionChanged],
    conversion: UnitConversion,
    command: Command,
    at: datetime,
) -> None:
    from_unit, to_unit = conversion.from_unit.code, conversion.to_unit.code
    number = f"{from_unit}-{to_unit}"
    record_event(
        event(
            subject=Reference(conversion.kind, conversion.id, number, conversion.version),
            company_id=None,
            site_id=None,
            material_id=conversion.material_id,
            from_unit=from_unit,
            to_unit=to_unit,
            numerator=conversion.numerator,
            denominator=conversion.denominator,
        ),
        command,
        at,
    )
