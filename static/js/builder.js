// The form builder by keyboard: order, copies and undo from the list; settings that follow the kind of question.
// Without this file every step is a button or a link of the page.
"use strict";

(() => {
  const act = document.getElementById("b-act");
  const outline = document.querySelector("[data-outline]");
  const editor = document.querySelector("[data-editor]");
  const OFF = "keys-off"; // the same switch as desk.js

  const isTyping = (element) => element.matches("input:not([type=checkbox], [type=radio]), select, textarea");
  const currentLink = () =>
    outline?.contains(document.activeElement) ? document.activeElement.closest("[data-open]") : outline?.querySelector(".at > [data-open]");

  // ---------- the list ----------
  // What is new goes behind the line that has the focus.
  const follow = (event) => {
    const link = event.target.closest("[data-open]");
    if (!link) return;
    outline.querySelectorAll(".at").forEach((row) => row.classList.remove("at"));
    link.closest("[data-row]").classList.add("at");
    document.querySelectorAll("[data-new]").forEach((button) => {
      const address = new URL(button.href);
      address.searchParams.set("at", link.dataset.spot);
      button.href = address;
    });
  };

  const send = (op) => {
    const link = currentLink();
    if (!act || !link) return;
    const button = Object.assign(document.createElement("button"), { type: "submit", name: "op", value: op, hidden: true });
    act.elements.at.value = link.dataset.spot;
    act.append(button);
    act.requestSubmit(button);
  };

  // ---------- keys ----------
  const MOVES = { ArrowUp: "move_up", ArrowDown: "move_down" };

  const find = (event) => {
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && event.key === "Enter") return editor && (() => editor.requestSubmit());
    if (isTyping(event.target)) return null;
    if (isCommand && event.key.toLowerCase() === "z") return () => document.querySelector("[data-undo] button:enabled")?.click();
    if (isCommand && event.key.toLowerCase() === "y") return () => document.querySelector("[data-redo] button:enabled")?.click();
    if (!outline?.contains(event.target)) return null;
    if (event.altKey && MOVES[event.key]) return () => send(MOVES[event.key]);
    return event.key === "Delete" && localStorage.getItem(OFF) !== "1" ? () => send("remove") : null;
  };

  const onKey = (event) => {
    if (event.isComposing || event.repeat) return;
    const run = find(event);
    if (!run) return;
    event.preventDefault();
    run();
  };

  // ---------- settings follow the kind of question ----------
  const showSettings = () => {
    const kind = editor?.querySelector("[data-kinds] input:checked")?.value;
    if (!kind) return;
    editor.querySelectorAll("[data-types]").forEach((part) => {
      part.hidden = !part.dataset.types.split(" ").includes(kind);
      if (part.matches("option")) part.disabled = part.hidden;
    });
  };

  // In a list that scrolls by itself, what is edited is in sight.
  const box = outline?.parentElement;
  const here = outline?.querySelector(".at > [data-open]");
  if (box && here) box.scrollTop = here.offsetTop - box.clientHeight / 3;

  // So is the chosen question in the telephone.
  const showQuestion = () => {
    const key = outline?.querySelector(".at > [data-open]")?.dataset.spot.replace(/^field:([^.]*).*$/, "$1");
    const pane = document.getElementById("b-pane")?.parentElement;
    const control = key && pane?.querySelector(`[id="id_${key}"], [id^="id_${key}_"], [id^="id_${key}-"]`);
    const field = control?.closest(".field, fieldset") ?? control;
    if (field) pane.scrollTop += field.getBoundingClientRect().top - pane.getBoundingClientRect().top - 16;
  };

  outline?.addEventListener("focusin", follow);
  document.addEventListener("keydown", onKey);
  document.querySelectorAll("[data-act]").forEach((button) => button.addEventListener("click", () => send(button.dataset.act)));
  editor?.addEventListener("change", showSettings);
  const hideButtons = () => document.querySelectorAll("[data-without-builder]").forEach((button) => { button.hidden = true; });
  // A page drawn anew in the telephone needs the form's script again: it looks for its page once.
  const revive = (event) => {
    hideButtons();
    if (event.detail.target.id === "b-pane") showQuestion();
    const script = document.querySelector("script[src*='js/forms.']");
    if (event.detail.target.id !== "b-pane" || !script) return;
    document.body.append(Object.assign(document.createElement("script"), { src: script.src }));
  };
  document.addEventListener("htmx:afterSwap", revive);
  hideButtons();
  showSettings();
  showQuestion();
})();
