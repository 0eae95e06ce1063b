"""Named refusals of receiving. What is on the dock can always be booked in: each says how."""

from dataclasses import dataclass

from zhiliu.kernel.refusal import NoSuchRecord, Refusal

WORDS = {
    "arrival": "到货单",
    "gate refusal": "拒收单",
    "supplier return": "退供单",
    "supplier": "供应商",
    "site": "工厂",
    "order": "订单",
    "order line": "采购订单行",
    "lot": "批次",
    "owner": "货主",
    "draft": "草稿",
    "confirmed": "已确认",
    "closed": "已关闭",
    "cancelled": "已取消",
    "refuse goods at the gate": "拒收",
}


class NotFound(NoSuchRecord):
    """No such record, or none that the caller may see."""

    code = "receiving.not_found"
    words = WORDS


@dataclass(eq=False)
class OrderOrSupplier(Refusal):
    """A delivery is for an order, or from a named supplier without one; not both."""

    code = "receiving.order_or_supplier"
    en = "Name either the order or, for goods without an order, the supplier (and site)."
    zh = "请填写采购订单；如无订单，请填写供应商（和工厂）。二者只填其一。"
    remedy_en = "With an order leave supplier and site out: the order knows them."
    remedy_zh = "有订单时无需填写供应商和工厂，订单中已有。"


@dataclass(eq=False)
class OrderNotPlaced(Refusal):
    """Nothing is expected for a draft or cancelled order."""

    order: str
    state: str

    code = "receiving.order_not_placed"
    words = WORDS
    en = "Order {order} is {state}; goods cannot be received for it."
    zh = "采购订单 {order} 的状态为{state:zh}，不能据此收货。"
    remedy_en = (
        "Receive the goods as unordered: name the supplier instead of the order; they are booked "
        "in on hold and the buyer is told. Or have the order confirmed first."
    )
    remedy_zh = "请按无订单收货：填写供应商而不填订单，货物将冻结入库并通知采购员；或先确认订单。"


@dataclass(eq=False)
class WrongSite(Refusal):
    """The arrival place belongs to another site than the order."""

    order: str
    place: str

    code = "receiving.wrong_site"
    en = "Order {order} is for another site than the place {place}."
    zh = "采购订单 {order} 的收货工厂与库位 {place} 不一致。"
    remedy_en = "Choose a place of the order's site, or receive the goods as unordered here."
    remedy_zh = "请选择订单所属工厂的库位，或在此按无订单收货。"


@dataclass(eq=False)
class LineNotNamed(Refusal):
    """A delivery line names an order line or a material."""

    line: int

    code = "receiving.line_not_named"
    en = "Line {line} of the delivery names neither an order line nor a material."
    zh = "到货第 {line} 行既未指定采购订单行，也未指定物料。"
    remedy_en = "Scan the order line or the material."
    remedy_zh = "请扫描采购订单行或物料。"


@dataclass(eq=False)
class SerialsWrong(Refusal):
    """Serials are named one a piece, exactly for materials controlled by serial."""

    line: int
    material: str
    named: int
    needed: str

    code = "receiving.serials_wrong"
    en = "Line {line}: material {material} needs {needed} different serials, {named} were named."
    zh = "第 {line} 行：物料 {material} 需要 {needed} 个不同的序列号，实际填写 {named} 个。"
    remedy_en = "Scan each piece once; leave serials out for materials without them."
    remedy_zh = "请逐件扫描，每件一次；无序列号管理的物料请勿填写。"


@dataclass(eq=False)
class MeasureUnused(Refusal):
    """A measure says how many stock units something given in another unit has."""

    line: int
    unit: str

    code = "receiving.measure_unused"
    en = "Line {line} is given in the stock unit {unit}; there is nothing to measure."
    zh = "第 {line} 行已按库存单位 {unit} 填写，无需再填实测数量。"
    remedy_en = "Leave the measured quantity out, or give the line in rolls, drums or the like."
    remedy_zh = "请去掉实测数量，或按卷、桶等单位填写该行。"


@dataclass(eq=False)
class BadDates(Refusal):
    """Manufactured in the future, or expired before it was made."""

    line: int
    manufactured_date: str
    expires_date: str

    code = "receiving.bad_dates"
    en = (
        "Line {line}: manufactured {manufactured_date}, expires {expires_date}: goods are made on "
        "or before the day they arrive and expire on or after the day they are made."
    )
    zh = (
        "第 {line} 行：生产日期 {manufactured_date}，有效期至 {expires_date}："
        "生产日期不能晚于到货日，有效期不能早于生产日期。"
    )
    remedy_en = "Read both dates from the label again; leave out what it does not say."
    remedy_zh = "请核对标签上的日期；标签未注明的请不填。"


@dataclass(eq=False)
class BadOwner(Refusal):
    """Goods belong to the company, to their supplier (consigned) or to a customer."""

    line: int
    owner: str

    code = "receiving.bad_owner"
    en = "Line {line}: {owner} is neither the company, the goods' supplier nor a customer."
    zh = "第 {line} 行：{owner} 既不是本公司，也不是供货供应商或客户。"
    remedy_en = "Leave the owner out for own goods; name the supplier for consigned ones."
    remedy_zh = "自有货物请不填货主；寄售货物请填写供应商。"


@dataclass(eq=False)
class NotACarrier(Refusal):
    """The partner named as carrier is none."""

    number: str

    code = "receiving.not_a_carrier"
    en = "Partner {number} is no carrier."
    zh = "合作方 {number} 不是承运商。"
    remedy_en = "Choose a carrier, or leave it out."
    remedy_zh = "请选择承运商，或不填。"


@dataclass(eq=False)
class ReasonMissing(Refusal):
    """The act needs a stated reason."""

    act: str

    code = "receiving.reason_missing"
    words = WORDS
    en = "To {act} needs a reason."
    zh = "{act:zh}须填写原因。"
    remedy_en = "State the reason."
    remedy_zh = "请填写原因。"


@dataclass(eq=False)
class GoodsNotNamed(Refusal):
    """A refusal at the gate says what was refused, and a quantity has a unit."""

    code = "receiving.goods_not_named"
    en = "Say what was refused: a material or a description, and the unit of its quantity."
    zh = "请说明拒收的货物：填写物料或描述，并注明数量单位。"
    remedy_en = "Name the material, or describe the goods as the delivery note does."
    remedy_zh = "请指定物料，或按送货单描述货物。"


@dataclass(eq=False)
class NoSupplier(Refusal):
    """Goods return to the supplier that they came from."""

    lot: str

    code = "receiving.no_supplier"
    en = "Lot {lot} came from no supplier, or from several."
    zh = "批次 {lot} 没有唯一的来源供应商。"
    remedy_en = "Scrap it, or ship it to a partner who takes it."
    remedy_zh = "请报废处理，或发给愿意接收的合作方。"


@dataclass(eq=False)
class MixedReturn(Refusal):
    """A supplier return goes from one site to one supplier."""

    lots: tuple[str, ...]

    code = "receiving.mixed_return"
    en = "Lots {lots} do not stand at one site or came from different suppliers."
    zh = "批次 {lots} 不在同一工厂，或来自不同供应商。"
    remedy_en = "Write one return per site and supplier."
    remedy_zh = "请按工厂和供应商分别退供。"
