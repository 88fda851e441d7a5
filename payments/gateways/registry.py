"""All gateways of this installation; each registers itself when payments is ready."""

from payments.gateways.base import Gateway
from portal.core.registry import Registry

gateways: Registry[Gateway] = Registry("gateway")
