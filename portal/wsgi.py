"""The door that gunicorn calls."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

from portal.core.handler import PortalHandler
from portal.core.training import refuse_mixed_start
from portal.production import refuse_unsafe_start

django.setup(set_prefix=False)
application = PortalHandler()
refuse_unsafe_start()
refuse_mixed_start()
