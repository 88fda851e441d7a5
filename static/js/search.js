// Suggestions under the search box (ARIA combobox with a listbox). Without this file the form works as it is.
"use strict";

(() => {
  const WAIT_MS = 180;
  const SHORTEST = 2;
  const KEPT = 40;

  const form = document.querySelector("form[data-suggest]");
  const input = form?.querySelector("input[type=search]");
  if (!input) return;

  const list = document.createElement("ul");
  list.id = "suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.suggestLabel);
  const told = document.createElement("p");
  told.className = "sr";
  told.setAttribute("role", "status");
  form.append(list, told);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);

  const answers = new Map();
  let asked = null;
  let timer = 0;
  let chosen = null;

  const choose = (option) => {
    chosen?.setAttribute("aria-selected", "false");
    chosen = option;
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };

  const close = () => {
    choose(null);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  };

  const stop = () => {
    clearTimeout(timer);
    asked?.abort();
    asked = null;
  };

  const show = (html) => {
    choose(null);
    list.innerHTML = html;
    const options = list.querySelectorAll("[role=option]");
    options.forEach((option) => option.setAttribute("aria-selected", "false"));
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(options.length > 0));
    const found = list.querySelectorAll("[data-href]").length;
    told.textContent = found ? `${form.dataset.suggestCount} ${found}` : "";
  };

  const ask = async (words) => {
    asked = new AbortController();
    const { signal } = asked;
    try {
      const response = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(words)}`, { signal });
      if (!response.ok) return close();
      const html = await response.text();
      if (answers.size >= KEPT) answers.clear();
      answers.set(words, html);
      if (document.activeElement === input) show(html);
    } catch {
      // Aborted, or the line is down: the form still works.
    }
  };

  const typed = () => {
    stop();
    const words = input.value.trim();
    if (words.length < SHORTEST) return close();
    if (answers.has(words)) return show(answers.get(words));
    timer = setTimeout(() => ask(words), WAIT_MS);
  };

  const move = (step) => {
    const options = [...list.querySelectorAll("[role=option]")];
    const place = options.indexOf(chosen) + step;
    choose(place < -1 ? options.at(-1) : (options[place] ?? null));
  };

  const open = (option) => {
    stop();
    if (option.dataset.href) location.assign(option.dataset.href);
    else form.requestSubmit();
  };

  input.addEventListener("input", typed);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      stop();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) return typed();
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && chosen && !list.hidden) {
      event.preventDefault();
      open(chosen);
    } else if (event.key === "Tab") {
      close();
    }
  });
  input.addEventListener("blur", () => { stop(); close(); });
  // Before the blur of the box, or the list would be gone when the click arrives.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) open(option);
  });
})();
