"""The words people use: a list to search, one concept to edit and to try."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.policy import catalogue_admin
from portal.accounts.requests import PortalRequest
from portal.core.errors import Conflict, RuleViolation
from procedures import services
from procedures.editing.saving import read_number
from procedures.editing.words.refusing import Refusal, describe_refusal
from procedures.editing.words.trial import try_words
from procedures.editing.words.typed import TypedWords, read_words, show_words
from procedures.editing_choices import ConceptKind
from procedures.knowledge import is_shipped_word
from procedures.models import SearchConcept
from procedures.word_selectors import access_concept, list_concepts, list_procedure_names

_KINDS = (("", gettext_lazy("Mọi loại")), *ConceptKind.choices)
_ORIGINS = (
    ("", gettext_lazy("Có sẵn và tự thêm")),
    ("shipped", gettext_lazy("Có sẵn, chưa ai sửa")),
    ("edited", gettext_lazy("Tỉnh đã sửa hoặc tự thêm")),
    ("off", gettext_lazy("Đã tắt")),
)


@require_safe
@catalogue_admin
def index(request: PortalRequest) -> HttpResponse:
    """All concepts by name, thirty a page."""
    wanted = {"q": request.GET.get("q", "").strip()[:100]}
    for name, known in (("kind", _KINDS), ("origin", _ORIGINS)):
        value = request.GET.get(name, "")
        wanted[name] = value if value in {key for key, _label in known} else ""
    rows, following = list_concepts(
        words=wanted["q"],
        kind=wanted["kind"],
        origin=wanted["origin"],
        after=request.GET.get("after", "")[:64],
    )
    given = {name: value for name, value in wanted.items() if value}
    context = {
        "concepts": rows,
        "wanted": wanted,
        "is_filtered": bool(given),
        "kinds": _KINDS,
        "origins": _ORIGINS,
        "next_href": f"?{urlencode({**given, 'after': following})}" if following else "",
    }
    return render(request, "catalogue/words/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@catalogue_admin
def new(request: PortalRequest) -> HttpResponse:
    """A concept of one's own, perhaps from words that found nothing."""
    if request.method != "POST":
        return _show(request, None, show_words(None, said=request.GET.get("said", "").strip()[:80]))
    return _answer(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@catalogue_admin
def edit(request: PortalRequest, concept_key: str) -> HttpResponse:
    """One concept: its phrases, one a line; tried out before it is saved."""
    concept = access_concept(concept_key)
    if request.method != "POST":
        return _show(request, concept, show_words(concept))
    return _answer(request, concept)


def _answer(request: PortalRequest, concept: SearchConcept | None) -> HttpResponse:
    typed = read_words(request.POST.dict())
    key = concept.key if concept else ""
    if "try" in request.POST:
        return _show(request, concept, typed)
    try:
        kept = services.save_concept(
            request.actor,
            key,
            typed.wording,
            row_version=typed.row_version,
            accept_clashes=typed.accepts_clashes,
        )
    except (RuleViolation, Conflict) as error:
        return _show(request, concept, typed, error)
    messages.success(request, _("Đã lưu. Tìm kiếm dùng từ mới ngay."))
    return redirect("catalogue:word", kept.key)


def _show(
    request: PortalRequest,
    concept: SearchConcept | None,
    typed: TypedWords,
    error: Refusal | None = None,
) -> HttpResponse:
    said, status = describe_refusal(error, typed.row_version)
    named = list_procedure_names(typed.wording.codes)
    context: dict[str, Any] = {
        "concept": concept,
        "typed": typed,
        **said,
        "clashes": error.extra.get("clashes", ()) if error else (),
        "kinds": ConceptKind.choices,
        "named": [{"code": code, "name": named.get(code, "")} for code in typed.wording.codes],
        "trial": try_words(typed.values["query"], typed.wording, key=concept.key if concept else ""),
        "has_original": concept is not None and is_shipped_word(concept.key),
        "crumbs": _crumbs(concept),
    }
    return render(request, "catalogue/words/edit.html", context, status=status)


def _crumbs(concept: SearchConcept | None) -> list[dict[str, str]]:
    here = next(iter(concept.says), "") if concept else _("Thêm từ")
    return [{"label": _("Từ người dân dùng"), "href": reverse("catalogue:words")}, {"label": here}]


@require_POST
@catalogue_admin
def remove(request: PortalRequest, concept_key: str) -> HttpResponse:
    """Out of the search: one of the product is switched off, one's own is deleted."""
    version = read_number(request.POST.get("row_version"))
    try:
        gone = services.remove_concept(request.actor, concept_key, row_version=version)
    except Conflict as error:
        messages.warning(request, error.message)
        return redirect("catalogue:word", concept_key)
    messages.success(
        request, _("Đã xóa nhóm từ.") if gone else _("Đã tắt nhóm từ. Có thể bật lại bất cứ lúc nào.")
    )
    return redirect("catalogue:words") if gone else redirect("catalogue:word", concept_key)


@require_POST
@catalogue_admin
def restore(request: PortalRequest, concept_key: str) -> HttpResponse:
    """Back to the words the product brings."""
    version = read_number(request.POST.get("row_version"))
    try:
        services.restore_concept(request.actor, concept_key, row_version=version)
    except (Conflict, RuleViolation) as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, _("Đã trở về các từ có sẵn trong phần mềm."))
    return redirect("catalogue:word", concept_key)
