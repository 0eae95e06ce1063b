"""Writes of stock, one function a verb."""

from zhiliu.contexts.stock.operations.births import Birth
from zhiliu.contexts.stock.operations.counting import count_goods
from zhiliu.contexts.stock.operations.holds import lift_hold, place_hold, place_holds
from zhiliu.contexts.stock.operations.labels import LabelFile, bracketed, label_file, print_labels
from zhiliu.contexts.stock.operations.leaving import consume_sample, return_to_vendor, scrap
from zhiliu.contexts.stock.operations.moving import move_goods, retain_sample, take_sample
from zhiliu.contexts.stock.operations.observe import observe_move
from zhiliu.contexts.stock.operations.places import (
    add_period,
    add_place,
    close_period,
    move_container,
)
from zhiliu.contexts.stock.operations.placing import HoldPlacedOn
from zhiliu.contexts.stock.operations.posting import Origin
from zhiliu.contexts.stock.operations.receiving import (
    Incoming,
    LotHold,
    book_found_goods,
    book_opening_stock,
    receive_lots,
)
from zhiliu.contexts.stock.operations.reservations import cancel_reservation, reserve
from zhiliu.contexts.stock.operations.split import Part, split_lot
from zhiliu.contexts.stock.operations.status import (
    Bounds,
    block_lot,
    change_expiry,
    release_lot,
    restrict_by_reason,
    restrict_lot,
)
from zhiliu.contexts.stock.operations.transforming import change_owner, merge_lots, regrade_lot
from zhiliu.contexts.stock.operations.use import (
    issue,
    issue_material,
    receive_customer_return,
    return_issue,
    ship,
)

__all__ = [
    "Birth",
    "Bounds",
    "HoldPlacedOn",
    "Incoming",
    "LabelFile",
    "LotHold",
    "Origin",
    "Part",
    "add_period",
    "add_place",
    "block_lot",
    "book_found_goods",
    "book_opening_stock",
    "bracketed",
    "cancel_reservation",
    "change_expiry",
    "change_owner",
    "close_period",
    "consume_sample",
    "count_goods",
    "issue",
    "issue_material",
    "label_file",
    "lift_hold",
    "merge_lots",
    "move_container",
    "move_goods",
    "observe_move",
    "place_hold",
    "place_holds",
    "print_labels",
    "receive_customer_return",
    "receive_lots",
    "regrade_lot",
    "release_lot",
    "reserve",
    "restrict_by_reason",
    "restrict_lot",
    "retain_sample",
    "return_issue",
    "return_to_vendor",
    "scrap",
    "ship",
    "split_lot",
    "take_sample",
]
