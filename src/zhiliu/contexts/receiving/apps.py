from django.apps import AppConfig


class ReceivingConfig(AppConfig):
    name = "zhiliu.contexts.receiving"
    label = "receiving"
    default_auto_field = "django.db.models.BigAutoField"
