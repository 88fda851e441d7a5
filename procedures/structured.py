"""The procedure for search engines: schema.org GovernmentService as JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from procedures.choices import Channel
from procedures.content import Content
from procedures.facts import describe_limits, describe_prices
from procedures.finding import Entry


def build_service(content: Content, *, url: str, related: Iterable[Entry], on: date) -> dict[str, Any]:
    """The service as schema.org says it; `url` is the absolute address of its page."""
    service: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": url,
        "url": url,
        "name": str(content.name),
        "alternateName": str(content.everyday_name),
        "description": str(content.summary),
        "identifier": content.code,
        "serviceType": str(content.field),
        "audience": {"@type": "Audience", "audienceType": str(content.audience)},
        "provider": _organisation(str(content.agencies.competent)),
        "serviceOperator": _organisation(str(content.agencies.performing)),
        "areaServed": {"@type": "AdministrativeArea", "name": content.province or settings.PROVINCE_NAME},
        "availableChannel": [_channel(channel, content, url) for channel in content.channels],
        "serviceOutput": [{"@type": "Thing", "name": str(result.name)} for result in content.results],
        "isRelatedTo": [
            {
                "@type": "GovernmentService",
                "name": entry.name,
                "url": urljoin(url, reverse("procedures:detail", args=[entry.code])),
            }
            for entry in related
        ],
    }
    if content.fees:
        fee = describe_prices(content, on)
        service["offers"] = {"@type": "Offer", "priceCurrency": "VND", "description": fee}
    return {name: value for name, value in service.items() if value}


def _organisation(name: str) -> dict[str, str]:
    return {"@type": "GovernmentOrganization", "name": name}


def _channel(channel: str, content: Content, url: str) -> dict[str, Any]:
    said: dict[str, Any] = {
        "@type": "ServiceChannel",
        "name": str(Channel(channel).label),
        "processingTime": describe_limits(content),
        "availableLanguage": "vi",
    }
    if channel == Channel.ONLINE.value:
        return {**said, "serviceUrl": url}
    return {**said, "servicePhone": {"@type": "ContactPoint", "telephone": settings.HELP_PHONE}}
