from zhiliu.contexts.nonconformance.models.dispositions import Concession, Disposition
from zhiliu.contexts.nonconformance.models.reports import Report, ReportLot

__all__ = ["Concession", "Disposition", "Report", "ReportLot"]
