"""The ledger: moves, the balances they add up to, and serials."""

from django.db import models
from django.db.models.functions import Now

from zhiliu.contexts.catalog.models import Material
from zhiliu.contexts.partners.models import Partner
from zhiliu.contexts.stock.models.lots import Lot
from zhiliu.contexts.stock.models.places import Place
from zhiliu.kernel.ids import new_id
from zhiliu.platform.evidence.public import AppendOnlyModel


class Move(AppendOnlyModel):
    """Goods of one lot from one place to another: both legs in one row, so it always balances.

    `lot_version` is the version that the gate saw. `origin` is "own", or the other system whose
    document it is. The reference is the document line that wanted it.
    """

    company_id = models.UUIDField()
    command_id = models.UUIDField()
    line = models.PositiveIntegerField()
    move_kind = models.CharField(max_length=20)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    lot_version = models.PositiveIntegerField()
    from_place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    to_place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=18, decimal_places=6)
    reference_kind = models.CharField(max_length=60, blank=True)
    reference_id = models.UUIDField(null=True)
    reference_number = models.CharField(max_length=60, blank=True)
    customer_id = models.UUIDField(null=True)
    actor_id = models.UUIDField()
    reason = models.TextField(blank=True)
    origin = models.CharField(max_length=30, default="own")
    origin_document = models.CharField(max_length=100, blank=True)
    occurred_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["command_id", "line"], name="stock_move_line"),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0), name="stock_move_quantity_positive"
            ),
            models.CheckConstraint(
                condition=~models.Q(from_place=models.F("to_place")),
                name="stock_move_two_places",
            ),
        ]
        indexes = [
            models.Index(fields=["lot", "id"], name="stock_move_lot"),
            models.Index(
                fields=["reference_id"],
                name="stock_move_reference",
                condition=models.Q(reference_id__isnull=False),
            ),
        ]


class Balance(models.Model):
    """What one internal place holds of one lot for one owner: the exact sum of its moves."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=18, decimal_places=6)
    reserved = models.DecimalField(max_digits=18, decimal_places=6, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lot", "place", "owner"], name="stock_balance_key"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=0), name="stock_balance_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(reserved__gte=0) & models.Q(reserved__lte=models.F("quantity")),
                name="stock_balance_reserved_on_hand",
            ),
        ]
        indexes = [models.Index(fields=["place"], name="stock_balance_place")]


class Serial(models.Model):
    """One piece with a number of its own; a member of exactly one lot, whose status it takes.

    Lot, place and owner follow from its SerialMove rows as a balance follows from moves.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="+")
    maker = models.CharField(max_length=100, blank=True)
    number = models.CharField(max_length=60)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    born_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["material", "maker", "number"], name="stock_serial_once"
            )
        ]
        indexes = [models.Index(fields=["number"], name="stock_serial_number")]


class SerialMove(AppendOnlyModel):
    """One serial of one move."""

    move = models.ForeignKey(Move, on_delete=models.PROTECT, related_name="+")
    serial = models.ForeignKey(Serial, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["move", "serial"], name="stock_serial_move_once")
        ]


class Finding(AppendOnlyModel):
    """A foreign move that our gate would have refused: recorded, listed and answered by a hold."""

    move = models.OneToOneField(Move, on_delete=models.PROTECT, related_name="+")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    sentence = models.TextField()
