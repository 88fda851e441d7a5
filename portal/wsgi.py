"""The door that gunicorn calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

from portal.production import refuse_unsafe_start

application = get_wsgi_application()
refuse_unsafe_start()
