"""Every address of the installation, and those of a demo."""

from django.urls import URLPattern, URLResolver, include, path

from portal.urls import urlpatterns as installed

urlpatterns: list[URLPattern | URLResolver] = [path("demo/", include("portal.demo.urls")), *installed]
