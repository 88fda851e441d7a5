"""Addresses of the words people use, the events of life, and the searches nothing answered."""

from django.urls import URLPattern, path

from procedures.editing.words import empty, events, views

urlpatterns: list[URLPattern] = [
    path("words/", views.index, name="words"),
    path("words/new/", views.new, name="word_new"),
    path("words/<slug:concept_key>/", views.edit, name="word"),
    path("words/<slug:concept_key>/remove/", views.remove, name="word_remove"),
    path("words/<slug:concept_key>/restore/", views.restore, name="word_restore"),
    path("life-events/", events.index, name="life_events"),
    path("life-events/new/", events.new, name="life_event_new"),
    path("life-events/<slug:event_key>/", events.edit, name="life_event"),
    path("life-events/<slug:event_key>/move/", events.move, name="life_event_move"),
    path("life-events/<slug:event_key>/delete/", events.delete, name="life_event_delete"),
    path("empty-searches/", empty.index, name="empty_searches"),
]
