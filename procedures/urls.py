"""Addresses of the public catalogue."""

from django.urls import include, path

from procedures import sitemap, views

app_name = "procedures"

urlpatterns = [
    path("", views.home, name="home"),
    path("procedures/", views.search, name="search"),
    path("procedures/suggest/", views.suggest, name="suggest"),
    path("", include("procedures.browsing.urls")),
    path("", include("procedures.guide.urls")),
    path("procedures/<str:code>/", views.detail, name="detail"),
    path("procedures/<str:code>/print/", views.print_form, name="print"),
    path("procedures/<str:code>/changes/", views.changes, name="changes"),
    path("sitemap.xml", sitemap.sitemap_index, name="sitemap_index"),
    path("sitemap-<str:part>.xml", sitemap.sitemap, name="sitemap"),
    path("robots.txt", sitemap.robots, name="robots"),
]
