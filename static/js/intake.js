// The counter's form: what changes the page draws it again, "Đủ tất cả" ticks on the spot, Ctrl+Enter accepts.
// Everything works without this file too.
"use strict";

(() => {
  const form = document.getElementById("intake");
  if (!form) return;

  const refresh = () => form.requestSubmit(document.getElementById("refresh"));
  const takeAll = (event) => {
    event.preventDefault();
    form.querySelectorAll("input[data-required]").forEach((box) => { box.checked = true; });
    document.getElementById("papers")?.focus();
  };

  form.querySelector("[data-take-all]")?.addEventListener("click", takeAll);
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-refresh]")) refresh();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key === "Enter") form.querySelector("[data-primary]")?.click();
  });

  document.getElementById("refresh")?.parentElement.toggleAttribute("hidden", true); // changes draw the page again by themselves
  const next = form.dataset.focus && document.getElementById(form.dataset.focus);
  if (next) {
    next.focus();
    next.scrollIntoView({ block: "center" });
  }
})();
