// The editor of the catalogue: money is grouped as it is left, the list of sections folds on a phone,
// and leaving with something unsaved is asked about. Everything works without it.
"use strict";

(() => {
  const NARROW = "(max-width: 59.99em)";
  const GROUP = /\B(?=(\d{3})+$)/g;

  const foldParts = () => {
    const parts = document.querySelector("[data-parts]");
    if (parts && matchMedia(NARROW).matches) parts.open = false;
  };

  const groupMoney = (event) => {
    const field = event.target;
    if (!field.matches?.("[data-money]")) return;
    const digits = field.value.replace(/[\s.,]|đ$/g, "");
    if (/^\d{4,15}$/.test(digits)) field.value = digits.replace(GROUP, ".");
  };

  const showPicture = (event) => {
    const picture = document.querySelector(`[data-picture="${event.target.id}"]`);
    if (!picture) return;
    picture.hidden = !event.target.value;
    if (event.target.value) picture.src = `${picture.dataset.folder}${event.target.value}-good.svg`;
  };

  // A picked button, or a row that was just moved, is where one goes on.
  const focusTarget = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || target.matches("main, form")) return;
    const field = target.matches("button") ? target : target.querySelector("input:not([type=hidden]), select, textarea");
    (target.matches("button") ? target : field ?? target).focus();
  };

  // In a row of tabs that is wider than the screen, the current one is in sight.
  const showCurrent = () => {
    document.querySelectorAll(".tabs ul, .views .chips").forEach((row) => {
      const here = row.querySelector("[aria-current]");
      if (here) row.scrollLeft = here.getBoundingClientRect().right - row.getBoundingClientRect().right + row.scrollLeft;
    });
  };

  const watchForm = () => {
    const form = document.getElementById("editor");
    if (!form) return;
    let isDirty = false;
    form.addEventListener("input", () => { isDirty = true; });
    form.addEventListener("submit", () => { isDirty = false; });
    addEventListener("beforeunload", (event) => {
      if (isDirty) event.preventDefault();
    });
  };

  document.addEventListener("change", groupMoney, true);
  document.addEventListener("change", showPicture);
  foldParts();
  showCurrent();
  addEventListener("load", focusTarget);
  watchForm();
})();
