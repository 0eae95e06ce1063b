from zhiliu.contexts.partners.models.partners import Partner, SupplyBlock

__all__ = ["Partner", "SupplyBlock"]
