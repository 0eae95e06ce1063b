from django.apps import AppConfig


class NonconformanceConfig(AppConfig):
    name = "zhiliu.contexts.nonconformance"
    label = "nonconformance"
    default_auto_field = "django.db.models.BigAutoField"
