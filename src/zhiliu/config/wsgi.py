"""The WSGI entry that `zhiliu web` serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiliu.config.settings")
application = get_wsgi_application()
