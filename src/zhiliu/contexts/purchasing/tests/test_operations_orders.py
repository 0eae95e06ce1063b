"""Writing orders against the real database: rows, audit entry, event; nothing on refusal."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.buying import (
    block,
    build_plant,
    events,
    line,
    retire,
    retire_material,
    statements,
    terms,
)
from tests.support import run

from zhiliu.contexts.catalog.errors import (
    BadCurrency,
    DoesNotFit,
    NoConversion,
    RoundsToNothing,
)
from zhiliu.contexts.catalog.errors import NotFound as CatalogNotFound
from zhiliu.contexts.catalog.public import (
    add_material_revision,
    add_unit_conversion,
)
from zhiliu.contexts.partners.errors import NotASupplier
from zhiliu.contexts.partners.errors import NotFound as PartnerNotFound
from zhiliu.contexts.partners.public import (
    BlockedFunction,
    PartnerRole,
)
from zhiliu.contexts.purchasing.errors import (
    BadPrice,
    BadQuantity,
    NotInUse,
    OrderBlocked,
    OutsideOrderQuantity,
    PriceMissing,
    WrongRevision,
)
from zhiliu.contexts.purchasing.models import Order, OrderLine
from zhiliu.contexts.purchasing.public import (
    LineIn,
    create_order,
)
from zhiliu.kernel.actor import SYSTEM
from zhiliu.kernel.ids import new_id
from zhiliu.platform.evidence.models import AuditEntry
from zhiliu.platform.outbox.models import OutboxEvent

pytestmark = pytest.mark.django_db
D = Decimal
AT = datetime(2026, 5, 4, 20, tzinfo=UTC)  # the 5th at the site


@pytest.fixture
def plant():
    return build_plant()


@pytest.fixture
def material(plant):
    return plant.material(per_carton=12)


def test_an_order_of_many_lines_is_created_confirmed_in_one_act(plant, material):
    order = plant.order(
        line(material, 100, due_date=date(2026, 6, 1)),
        line(material, 3, price="1.5", unit_id=plant.carton.pk),
        order_date=date(2026, 5, 1),
        reference="Q-7",
    )

    row = Order.objects.get()
    assert (row.number, row.state, row.currency) == ("PO-000001", "confirmed", "CNY")
    assert (row.company_id, row.site_id, row.supplier_id) == (
        plant.company.pk,
        plant.site.pk,
        plant.supplier.pk,
    )
    assert (row.order_date, row.reference) == (date(2026, 5, 1), "Q-7")
    assert (row.buyer_id, row.confirmed_by) == (SYSTEM.id, SYSTEM.id)
    lines = OrderLine.objects.order_by("line")
    assert [(one.line, one.quantity, one.unit_id, one.stock_quantity) for one in lines] == [
        (1, D(100), plant.piece.pk, D(100)),
        (2, D(3), plant.carton.pk, D(36)),
    ]
    assert [(one.price, one.due_date) for one in lines] == [
        (D(2), date(2026, 6, 1)),
        (D("1.5"), None),
    ]
    entry = AuditEntry.objects.get(record_id=row.pk)
    assert (entry.record_version, entry.changes["state"]) == (1, [None, "confirmed"])
    assert events(order) == [("purchasing.order_confirmed.v1", 1)]
    told = OutboxEvent.objects.get(subject_id=row.pk).data["lines"]
    assert [(one["line"], one["stock_quantity"], one["price"]) for one in told] == [
        (1, "100", "2"),
        (2, "36", "1.5"),
    ]


def test_what_is_left_out_comes_from_company_site_and_terms(plant, material):
    terms(plant, material, unit_id=plant.carton.pk)

    def create(command, at):

        return create_order(
            site_id=plant.site.pk,
            supplier_id=plant.supplier.pk,
            lines=[line(material, 2, price=None)],
            command=command,
            at=at,
        )

    run(create, at=AT)

    order, row = Order.objects.get(), OrderLine.objects.get()
    assert (order.state, order.currency, order.order_date) == ("draft", "CNY", date(2026, 5, 5))
    assert (row.unit_id, row.price, row.due_date) == (plant.carton.pk, D(3), date(2026, 5, 12))
    assert row.stock_quantity == D(24)


def test_a_line_is_rounded_once_and_keeps_the_difference(plant):
    cable = plant.material(unit=plant.metre)
    run(
        lambda command, at: add_unit_conversion(
            from_unit_id=plant.carton.pk,
            to_unit_id=plant.metre.pk,
            numerator=1,
            denominator=3,
            material_id=cable.pk,
            command=command,
            at=at,
        )
    )

    plant.order(line(cable, 1, unit_id=plant.carton.pk))

    row = OrderLine.objects.get()
    assert (row.stock_quantity, row.rounding_difference) == (D("0.33"), D("0.003333333333"))


def test_a_reason_overrides_the_suppliers_order_quantities(plant, material):
    terms(plant, material, min_order_quantity=D(50), max_order_quantity=D(200))
    with pytest.raises(OutsideOrderQuantity):
        plant.order(line(material, 20))

    run(
        lambda command, at: create_order(
            site_id=plant.site.pk,
            supplier_id=plant.supplier.pk,
            lines=[line(material, 20)],
            command=command,
            at=at,
        ),
        reason="agreed by phone",
    )

    assert OrderLine.objects.get().quantity == D(20)


def before(case, plant, material):
    """What somebody did before the order of a case was tried."""
    if case == "supplier out of use":
        retire(plant)
    elif case == "material out of use":
        retire_material(material)
    elif case == "supplier blocked":
        block(plant)
    elif case == "material blocked":
        block(plant, material)


REFUSED = [
    ("site unknown", CatalogNotFound),
    ("supplier unknown", PartnerNotFound),
    ("supplier is a customer", NotASupplier),
    ("supplier out of use", NotInUse),
    ("material unknown", CatalogNotFound),
    ("material out of use", NotInUse),
    ("supplier blocked", OrderBlocked),
    ("material blocked", OrderBlocked),
    ("nothing", BadQuantity),
    ("too fine", DoesNotFit),
    ("no conversion", NoConversion),
    ("rounds to nothing", RoundsToNothing),
    ("price below nothing", BadPrice),
    ("no price", PriceMissing),
    ("price in another currency", PriceMissing),
    ("currency", BadCurrency),
    ("revision of another material", WrongRevision),
    ("revision unknown", WrongRevision),
]


@pytest.mark.parametrize(("case", "refusal"), REFUSED, ids=[c for c, _ in REFUSED])
def test_a_refused_order_changes_nothing(plant, material, case, refusal):
    def revision(of):
        return run(
            lambda command, at: add_material_revision(
                material_id=of.pk, revision="B", command=command, at=at
            )
        ).pk

    def tiny():
        cable = plant.material(unit=plant.metre)
        run(
            lambda command, at: add_unit_conversion(
                from_unit_id=plant.carton.pk,
                to_unit_id=plant.metre.pk,
                numerator=1,
                denominator=1000,
                material_id=cable.pk,
                command=command,
                at=at,
            )
        )
        return plant.order(line(cable, 1, unit_id=plant.carton.pk))

    call = {
        "site unknown": lambda: plant.order(line(material), site_id=new_id()),
        "supplier unknown": lambda: plant.order(line(material), supplier_id=new_id()),
        "supplier is a customer": lambda: plant.order(
            line(material), supplier_id=plant.partner(PartnerRole.CUSTOMER).pk
        ),
        "supplier out of use": lambda: plant.order(line(material)),
        "material unknown": lambda: plant.order(line(material), LineIn(new_id(), D(1))),
        "material out of use": lambda: plant.order(line(material)),
        "supplier blocked": lambda: plant.order(line(material)),
        "material blocked": lambda: plant.order(line(material)),
        "nothing": lambda: plant.order(line(material, 0)),
        "too fine": lambda: plant.order(line(material, "0.5")),
        "no conversion": lambda: plant.order(line(material, 1, unit_id=plant.metre.pk)),
        "rounds to nothing": tiny,
        "price below nothing": lambda: plant.order(line(material, price="-1")),
        "no price": lambda: plant.order(line(material, price=None)),
        "price in another currency": lambda: (
            terms(plant, material),
            plant.order(line(material, price=None), currency="EUR"),
        ),
        "currency": lambda: plant.order(line(material), currency="cny"),
        "revision of another material": lambda: plant.order(
            line(material, revision_id=revision(plant.material()))
        ),
        "revision unknown": lambda: plant.order(line(material, revision_id=new_id())),
    }[case]
    before(case, plant, material)

    with pytest.raises(refusal):
        call()

    assert not Order.objects.exists()
    assert not OrderLine.objects.exists()
    assert not OutboxEvent.objects.filter(type__startswith="purchasing.order").exists()
    assert not AuditEntry.objects.filter(record_kind="purchasing.order").exists()


def test_a_block_names_its_reason(plant, material):
    block(plant, material)

    with pytest.raises(OrderBlocked) as refused:
        plant.order(line(material))

    assert "audit failed" in refused.value.sentence("en")
    assert "audit failed" in refused.value.sentence("zh")


def test_a_receipt_block_or_another_materials_block_lets_an_order_through(plant, material):
    block(plant, function=BlockedFunction.RECEIPT)
    block(plant, plant.material())

    plant.order(line(material))

    assert Order.objects.count() == 1


def test_ordering_takes_three_statements_for_one_line_as_for_twenty(plant):
    materials = [plant.material(per_carton=6) for _ in range(20)]
    lines = [line(m, 2, unit_id=plant.carton.pk) for m in materials]
    plant.order(*lines)  # fills what the process remembers

    one, twenty = statements(lambda: plant.order(lines[0])), statements(lambda: plant.order(*lines))

    load, number, write = one
    assert "from unnest($3::uuid[]" in load
    assert "nextval" in number
    assert write.startswith("with w0 as (insert into")
    assert len(twenty) == 3
