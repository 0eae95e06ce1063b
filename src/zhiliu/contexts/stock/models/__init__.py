from zhiliu.contexts.stock.models.holds import GenealogyEdge, Hold, Period, Reservation
from zhiliu.contexts.stock.models.ledger import Balance, Finding, Move, Serial, SerialMove
from zhiliu.contexts.stock.models.lots import LabelPrint, Lot, LotBound, LotMeasure, LotVersion
from zhiliu.contexts.stock.models.places import Place

__all__ = [
    "Balance",
    "Finding",
    "GenealogyEdge",
    "Hold",
    "LabelPrint",
    "Lot",
    "LotBound",
    "LotMeasure",
    "LotVersion",
    "Move",
    "Period",
    "Place",
    "Reservation",
    "Serial",
    "SerialMove",
]
