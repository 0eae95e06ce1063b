"""What may be granted in stock, and who sees what of it."""

from zhiliu.contexts.stock.models import Hold, Lot, Period, Place, Reservation
from zhiliu.platform.access.public import Permission, Visibility

READ = "stock.read"

PERMISSIONS = (
    Permission(READ, "See stock", "查看库存"),
    Permission("stock.add_place", "Add places", "新增库位"),
    Permission("stock.move_container", "Move containers", "移动容器"),
    Permission("stock.move_goods", "Move goods", "移库"),
    Permission("stock.issue", "Issue goods", "发料"),
    Permission("stock.return_issue", "Take back unused goods", "退料"),
    Permission("stock.ship", "Ship goods", "发货"),
    Permission("stock.receive_customer_return", "Receive customer returns", "接收客户退货"),
    Permission("stock.reserve", "Reserve goods", "预留库存"),
    Permission("stock.cancel_reservation", "Cancel reservations", "取消预留"),
    Permission("stock.place_hold", "Place holds", "冻结"),
    Permission("stock.lift_hold", "Lift holds", "解除冻结"),
    Permission("stock.split_lot", "Split lots", "拆分批次"),
    Permission("stock.merge_lots", "Merge lots", "合并批次"),
    Permission("stock.regrade_lot", "Regrade lots", "降级"),
    Permission("stock.change_owner", "Draw consigned goods", "变更货主"),
    Permission("stock.take_sample", "Take samples", "取样"),
    Permission("stock.consume_sample", "Record destroyed samples", "记录破坏性样品"),
    Permission("stock.retain_sample", "Retain samples", "留样"),
    Permission("stock.count_goods", "Adjust counts", "盘点调整"),
    Permission("stock.book_found_goods", "Book found goods", "登记盘盈物料"),
    Permission("stock.book_opening_stock", "Book opening stock", "登记期初库存"),
    Permission("stock.scrap", "Scrap goods", "报废"),
    Permission("stock.return_to_vendor", "Return goods to the supplier", "退供"),
    Permission("stock.restrict_lot", "Restrict lots within bounds", "限制使用"),
    Permission("stock.change_expiry", "Change a lot's expiry", "变更有效期"),
    Permission("stock.observe_move", "Record moves of other systems", "记录外部系统移动"),
    Permission("stock.add_period", "Add periods", "新增期间"),
    Permission("stock.close_period", "Close periods", "关闭期间"),
    Permission("stock.print_labels", "Print labels", "打印标签"),
)

LOTS = Visibility(Lot.kind, Lot, READ, company="company_id", site="site_id", supplier="supplier_id")
HOLDS, RESERVATIONS = (
    Visibility(
        model.kind,
        model,
        READ,
        company="lot__company_id",
        site="lot__site_id",
        supplier="lot__supplier_id",
    )
    for model in (Hold, Reservation)
)
PLACES = Visibility(Place.kind, Place, READ, company="site__company_id", site="site_id")
PERIODS = Visibility(Period.kind, Period, READ, company="company_id")
VISIBLE = (LOTS, HOLDS, RESERVATIONS, PLACES, PERIODS)
