from django.apps import AppConfig


class ConfigApp(AppConfig):
    """The last app: when it is ready, everything below it is."""

    name = "zhiliu.config"
    label = "config"

    def ready(self) -> None:
        from zhiliu.config.registry import wire

        wire()
