// What every page gets on top of what already works without scripts:
// focus on the error summary, one sending per form, the session warning, copy buttons.
"use strict";

(() => {
  const SENT_AGAIN_AFTER_MS = 20_000;
  const WARN_BEFORE_MS = 120_000;
  const LONGEST_SESSION_S = 86_400;
  const COPIED_FOR_MS = 4_000;

  // ---------- error summary ----------
  const focusErrorSummary = () => {
    const summary = document.querySelector(".error-summary");
    if (summary) summary.focus();
  };

  // A link to a group of radio buttons lands on the first of them.
  const focusField = (event) => {
    const link = event.target.closest(".error-summary a[href^='#']");
    if (!link) return;
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const field = target?.matches("input, select, textarea") ? target : target?.querySelector("input, select, textarea");
    if (!field) return;
    event.preventDefault();
    (field.closest(".field") ?? field).scrollIntoView();
    field.focus({ preventScroll: true });
  };

  // ---------- one sending per form ----------
  const release = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll(".is-busy").forEach((button) => button.classList.remove("is-busy"));
  };

  const sendOnce = (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    // The button stays enabled, for a disabled one would not send its value.
    event.submitter?.classList.add("is-busy");
    setTimeout(() => release(form), SENT_AGAIN_AFTER_MS);
  };

  const releaseAll = (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
  };

  // ---------- the session warning ----------
  const watchSession = () => {
    const box = document.querySelector("[data-session]");
    const seconds = Number(box?.dataset.session);
    if (!box || !(seconds > 0) || seconds > LONGEST_SESSION_S) return;
    const form = box.querySelector("form");
    const otherTabs = new BroadcastChannel("session");
    let timer = 0;

    const restart = () => {
      clearTimeout(timer);
      box.hidden = true;
      timer = setTimeout(() => { box.hidden = false; }, Math.max(seconds * 1000 - WARN_BEFORE_MS, 0));
    };
    const extend = async (event) => {
      event.preventDefault();
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
      if (answer?.status === 204) {
        restart();
        otherTabs.postMessage("extended");
      } else {
        box.querySelector("[data-session-ended]").hidden = false;
      }
    };

    form.addEventListener("submit", extend);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !box.hidden) extend(event);
    });
    otherTabs.addEventListener("message", restart);
    otherTabs.postMessage("opened");
    restart();
  };

  // ---------- copy buttons ----------
  const copy = async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const box = button.parentElement;
    await navigator.clipboard.writeText(box.querySelector("[data-copy-text]").textContent.trim());
    const status = box.querySelector("[data-copy-status]");
    status.textContent = button.dataset.copied;
    setTimeout(() => { status.textContent = ""; }, COPIED_FOR_MS);
  };

  const showCopyButtons = () => {
    if (!navigator.clipboard) return;
    document.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = false; });
  };

  document.addEventListener("click", focusField);
  document.addEventListener("click", copy);
  document.addEventListener("submit", sendOnce);
  window.addEventListener("pageshow", releaseAll);
  focusErrorSummary();
  showCopyButtons();
  watchSession();
})();
