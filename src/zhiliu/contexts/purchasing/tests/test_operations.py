"""Orders and terms against the real database: rows, audit entries, events; nothing on refusal."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.buying import build_plant, line, statements
from tests.support import run

from zhiliu.contexts.catalog.errors import (
    BadCurrency,
    DoesNotFit,
    NoConversion,
    RoundsToNothing,
    SharedByAll,
)
from zhiliu.contexts.catalog.errors import NotFound as CatalogNotFound
from zhiliu.contexts.catalog.public import (
    add_material_revision,
    add_unit_conversion,
    change_material,
)
from zhiliu.contexts.partners.errors import NotASupplier
from zhiliu.contexts.partners.errors import NotFound as PartnerNotFound
from zhiliu.contexts.partners.public import (
    BlockedFunction,
    PartnerRole,
    change_partner,
    place_supply_block,
)
from zhiliu.contexts.purchasing.errors import (
    AlreadyReceived,
    BadOrderRange,
    BadPrice,
    BadQuantity,
    NotFound,
    NotInState,
    NotInUse,
    OrderBlocked,
    OutsideOrderQuantity,
    PriceMissing,
    ReasonMissing,
    WrongRevision,
)
from zhiliu.contexts.purchasing.models import Order, OrderLine, SupplierTerms
from zhiliu.contexts.purchasing.public import (
    LineIn,
    cancel_order,
    close_order,
    confirm_order,
    create_order,
    lock_order,
    record_received,
    record_returned,
    set_supplier_terms,
)
from zhiliu.kernel.actor import SYSTEM, Actor, Scope
from zhiliu.kernel.ids import new_id
from zhiliu.platform.access.errors import NotPermitted
from zhiliu.platform.commands.errors import Conflict
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


def act(operation, order, *, reason="", at=None, actor=SYSTEM):
    return run(
        lambda command, moment: operation(order_id=order.order.pk, command=command, at=moment),
        operation=f"purchasing.{operation.__name__}",
        reason=reason,
        at=at,
        actor=actor,
    )


def terms(plant, material, *, actor=SYSTEM, **values):
    given = {"price": D(3), "currency": "CNY", "lead_time_days": 7, **values}
    return run(
        lambda command, at: set_supplier_terms(
            supplier_id=plant.supplier.pk,
            material_id=material.pk,
            **given,
            command=command,
            at=at,
        ),
        operation="purchasing.set_supplier_terms",
        actor=actor,
    )


def receive(order, quantity, returned=0):
    def write(command, at):
        line_id = order.lines[0].line.pk
        record_received(line_id, D(quantity))
        record_returned(line_id, D(returned))

    run(write)


def block(plant, material=None, function=BlockedFunction.ORDER):
    run(
        lambda command, at: place_supply_block(
            supplier_id=plant.supplier.pk,
            blocked_function=function,
            reason="audit failed",
            material_id=material.pk if material else None,
            command=command,
            at=at,
        )
    )


def retire(plant):
    run(
        lambda command, at: change_partner(
            partner_id=plant.supplier.pk,
            expected_version=1,
            changes={"is_active": False},
            command=command,
            at=at,
        )
    )


def retire_material(material):
    run(
        lambda command, at: change_material(
            material_id=material.pk,
            expected_version=1,
            changes={"is_active": False},
            command=command,
            at=at,
        )
    )


def events(order):
    rows = OutboxEvent.objects.filter(subject_id=order.order.pk).order_by("id")
    return [(e.type, e.subject_version) for e in rows]


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


def test_a_draft_is_confirmed_later(plant, material):
    order = plant.order(line(material), confirm=False)
    act(confirm_order, order, at=AT)

    row = Order.objects.get()
    assert (row.state, row.version, row.confirmed_at) == ("confirmed", 2, AT)
    entry = AuditEntry.objects.get(record_id=row.pk, record_version=2)
    assert entry.changes["state"] == ["draft", "confirmed"]
    assert events(order) == [
        ("purchasing.order_created.v1", 1),
        ("purchasing.order_confirmed.v1", 2),
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
        "supplier out of use": lambda: (retire(plant), plant.order(line(material))),
        "material unknown": lambda: plant.order(line(material), LineIn(new_id(), D(1))),
        "material out of use": lambda: (retire_material(material), plant.order(line(material))),
        "supplier blocked": lambda: (block(plant), plant.order(line(material))),
        "material blocked": lambda: (block(plant, material), plant.order(line(material))),
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


@pytest.mark.parametrize("grown", ["supplier", "material", "block"])
def test_a_draft_is_asked_again_when_it_is_confirmed(plant, material, grown):
    order = plant.order(line(material), confirm=False)
    if grown == "supplier":
        retire(plant)
    elif grown == "material":
        retire_material(material)
    else:
        block(plant)

    with pytest.raises(OrderBlocked if grown == "block" else NotInUse):
        act(confirm_order, order)

    assert Order.objects.get().state == "draft"
    assert events(order) == [("purchasing.order_created.v1", 1)]


def test_confirming_at_creation_needs_the_right_to_confirm(plant, material):
    scopes = (Scope(site_id=plant.site.pk, company_id=plant.company.pk),)
    clerk = Actor(SYSTEM.id, "clerk", {"purchasing.create_order": scopes})

    def create(confirm):
        return run(
            lambda command, at: create_order(
                site_id=plant.site.pk,
                supplier_id=plant.supplier.pk,
                lines=[line(material)],
                confirm=confirm,
                command=command,
                at=at,
            ),
            operation="purchasing.create_order",
            actor=clerk,
        )

    with pytest.raises(NotPermitted):
        create(True)
    create(False)

    assert Order.objects.get().state == "draft"


def test_an_order_is_cancelled_with_a_reason_before_anything_came(plant, material):
    order = plant.order(line(material))
    with pytest.raises(ReasonMissing):
        act(cancel_order, order)

    act(cancel_order, order, reason="not needed")

    row = Order.objects.get()
    assert (row.state, row.end_reason, row.ended_by) == ("cancelled", "not needed", SYSTEM.id)
    assert events(order)[-1] == ("purchasing.order_cancelled.v1", 2)


def test_an_order_that_received_is_closed_short_not_cancelled(plant, material):
    order = plant.order(line(material))
    receive(order, 60)
    with pytest.raises(AlreadyReceived):
        act(cancel_order, order, reason="x")
    with pytest.raises(ReasonMissing):
        act(close_order, order)
    assert Order.objects.get().version == 1

    act(close_order, order, reason="supplier stopped")

    assert Order.objects.get().state == "closed"
    event = OutboxEvent.objects.get(type="purchasing.order_closed.v1")
    assert event.data == {
        "supplier_id": str(plant.supplier.pk),
        "reason": "supplier stopped",
        "is_short": True,
    }


def test_a_full_order_is_closed_without_a_reason(plant, material):
    order = plant.order(line(material))
    receive(order, 100)

    act(close_order, order)

    assert OutboxEvent.objects.get(type="purchasing.order_closed.v1").data["is_short"] is False


@pytest.mark.parametrize("verb", [confirm_order, cancel_order, close_order])
def test_a_cancelled_order_stays_cancelled(plant, material, verb):
    order = plant.order(line(material))
    act(cancel_order, order, reason="x")

    with pytest.raises(NotInState):
        act(verb, order, reason="x")

    assert Order.objects.get().version == 2


@pytest.mark.parametrize("verb", [confirm_order, cancel_order, close_order])
def test_an_order_outside_the_grant_is_not_there(plant, material, verb):
    order = plant.order(line(material), confirm=verb is not confirm_order)
    rights = {f"purchasing.{verb.__name__}": (Scope(site_id=new_id()),)}

    with pytest.raises(NotFound):
        act(verb, order, reason="x", actor=Actor(SYSTEM.id, "x", rights))

    assert Order.objects.get().version == 1


def test_totals_are_guarded_by_the_database(plant, material):
    order = plant.order(line(material))
    receive(order, 10)

    for received, returned in ((-11, 0), (0, 11)):
        with pytest.raises(Conflict):
            receive(order, received, returned)

    row = OrderLine.objects.get()
    assert (row.received, row.returned) == (D(10), D(0))


def test_terms_are_set_once_and_then_changed(plant, material):
    first = terms(plant, material, supplier_item="X-1")
    terms(plant, material, supplier_item="X-1")  # says nothing new
    second = terms(plant, material, price=D("2.5"), supplier_item="X-1")

    assert first.pk == second.pk
    row = SupplierTerms.objects.get()
    assert (row.price, row.unit_id, row.version) == (D("2.5"), plant.piece.pk, 2)
    entry = AuditEntry.objects.get(record_id=row.pk, record_version=2)
    assert entry.changes == {"price": ["3", "2.5"]}
    told = OutboxEvent.objects.filter(type="purchasing.supplier_terms_set.v1").order_by("id")
    assert [e.subject_version for e in told] == [1, 2]
    assert told[0].subject_number == f"{plant.supplier.number}/{material.number}"


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"price": D(-1)}, BadPrice),
        ({"currency": "YUAN"}, BadCurrency),
        ({"min_order_quantity": D(5), "max_order_quantity": D(4)}, BadOrderRange),
        ({"min_order_quantity": D(0)}, BadOrderRange),
        ({"unit_id": new_id()}, CatalogNotFound),
    ],
)
def test_refused_terms_change_nothing(plant, material, values, refusal):
    with pytest.raises(refusal):
        terms(plant, material, **values)

    assert not SupplierTerms.objects.exists()
    assert not OutboxEvent.objects.filter(type="purchasing.supplier_terms_set.v1").exists()


def test_terms_belong_to_no_company_so_a_limited_grant_sets_none(plant, material):
    rights = {"purchasing.set_supplier_terms": (Scope(company_id=plant.company.pk),)}

    with pytest.raises(SharedByAll):
        terms(plant, material, actor=Actor(SYSTEM.id, "x", rights))

    assert not SupplierTerms.objects.exists()


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


def test_locking_an_order_is_one_statement(plant, material):
    order = plant.order(line(material), line(material))

    sent = statements(lambda: run(lambda command, at: lock_order(order.order.pk, command)))

    assert sum("for no key update of o, l" in sql for sql in sent) == 1
    assert len(sent) == 2  # and the one write of the command itself
