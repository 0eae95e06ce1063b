"""The ASGI entry that `zhiliu web` serves: Django in threads, and streams, on one port."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from zhiliu.config.bridge import Bridge


def _bridged() -> Bridge:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiliu.config.settings")
    django = get_wsgi_application()
    from zhiliu.platform.attachments.limits import largest_request

    longest = max(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0, largest_request())
    return Bridge(django, body_limit=longest)


application = _bridged()
