"""What may be granted in the catalogue."""

from zhiliu.platform.access.public import Permission

PERMISSIONS = (
    Permission("catalog.read", "See sites, units and materials", "查看工厂、单位和物料"),
    Permission("catalog.add_company", "Add companies", "新增公司"),
    Permission("catalog.add_site", "Add sites", "新增工厂"),
    Permission("catalog.add_unit", "Add units and conversions", "新增单位与换算"),
    Permission("catalog.add_material", "Add materials", "新增物料"),
)
