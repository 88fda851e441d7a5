"""Address of the guided check; its names belong to the catalogue's."""

from django.urls import path

from procedures.guide import views

urlpatterns = [path("procedures/<str:code>/check/", views.check, name="check")]
