// Keys of the staff pages: "/" the scan box, j and k through a list, x picks, "?" the list of keys,
// a letter for each control with data-key. A scanner may fire at any page: fast keys ending in Enter are a code.
"use strict";

(() => {
  const BURST_GAP_MS = 80;
  const CODE_GAP_MS = 500;
  const CODE = /^(?=.*\d).{5,}$/;
  const OFF = "keys-off";
  const ROWS = "tr[data-row], li[data-row]";

  const scan = document.querySelector("[data-scan]");
  const list = document.querySelector("[data-keys]");
  const toggle = document.querySelector("[data-keys-toggle]");
  let burst = "";
  let burstAt = 0;
  let code = "";
  let burstTimer = 0;
  let codeTimer = 0;

  const isOff = () => localStorage.getItem(OFF) === "1";
  const isTyping = (element) => element.matches("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");

  // ---------- lists ----------
  const rows = () => [...document.querySelectorAll(ROWS)];
  const currentRow = () => document.querySelector(`:is(${ROWS}).at`);

  const moveTo = (row) => {
    if (!row) return;
    currentRow()?.removeAttribute("aria-current");
    currentRow()?.classList.remove("at");
    row.classList.add("at");
    row.setAttribute("aria-current", "true");
    row.querySelector("[data-open]")?.focus();
    row.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const all = rows();
    const at = all.indexOf(currentRow());
    moveTo(at < 0 ? all[0] : all[at + by]);
  };

  // ---------- picking ----------
  const boxes = () => rows().flatMap((row) => [...row.querySelectorAll("input[type=checkbox]")]);

  const showPicked = () => {
    const picked = boxes().filter((box) => box.checked);
    boxes().forEach((box) => box.closest("[data-row]").classList.toggle("picked", box.checked));
    document.querySelectorAll("[data-bulk]").forEach((bar) => {
      bar.hidden = picked.length === 0;
      bar.querySelector("[data-bulk-count]").textContent = String(picked.length);
    });
  };
  const pick = () => currentRow()?.querySelector("input[type=checkbox]")?.click();

  const onChange = (event) => {
    if (event.target.matches("[data-pick-all]")) boxes().forEach((box) => { box.checked = event.target.checked; });
    if (event.target.matches("[data-pick-all]") || boxes().includes(event.target)) showPicked();
  };

  // ---------- keys ----------
  const fixed = {
    "/": () => scan?.focus(),
    "?": () => { list?.focus(); list?.scrollIntoView({ block: "nearest" }); },
    j: () => step(1),
    k: () => step(-1),
    x: pick,
  };

  const press = (key) => {
    if (isOff()) return;
    const control = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (control) {
      control.focus();
      if (!isTyping(control)) control.click();
    } else {
      fixed[key]?.();
    }
  };

  // One key is a shortcut only when no other comes at a scanner's pace.
  const endBurst = () => {
    clearTimeout(burstTimer);
    const key = burst;
    burst = "";
    if (key.length === 1) press(key);
  };
  const addToBurst = (key, at) => {
    if (at - burstAt > BURST_GAP_MS) endBurst(); // the timer of a busy page may come late
    burst += key;
    burstAt = at;
    clearTimeout(burstTimer);
    burstTimer = setTimeout(endBurst, BURST_GAP_MS);
  };

  // A slow machine passes on a scanner's keys with gaps, so a code has more time than a burst.
  const addToCode = (key) => {
    code += key;
    clearTimeout(codeTimer);
    codeTimer = setTimeout(() => { code = ""; }, CODE_GAP_MS);
  };

  const takeCode = (event) => {
    if (!scan || !CODE.test(code)) return;
    event.preventDefault();
    scan.value = code;
    scan.form.requestSubmit();
  };

  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    if (event.key === "Enter") {
      takeCode(event);
      code = "";
    } else if (event.repeat) {
      press(event.key);
    } else if (event.key.length === 1) {
      if (event.key === "/" && !isOff()) event.preventDefault();
      addToBurst(event.key, event.timeStamp);
      addToCode(event.key);
    }
  };

  // WCAG 2.1.4: shortcuts of one letter can be turned off.
  const showToggle = () => {
    if (!toggle) return;
    toggle.hidden = false;
    toggle.textContent = isOff() ? toggle.dataset.off : toggle.dataset.on;
  };
  const onToggle = () => {
    localStorage.setItem(OFF, isOff() ? "0" : "1");
    showToggle();
  };

  // Laid out as cards, these stay tables for those who listen.
  const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  const getRole = (part) => ROLES[part.tagName] ?? (part.scope === "row" ? "rowheader" : "columnheader");
  document.querySelectorAll(".table--cards, .checklist, .reasons").forEach((table) => {
    [table, ...table.querySelectorAll("thead, tbody, tr, th, td")].forEach((part) => part.setAttribute("role", getRole(part)));
  });

  document.addEventListener("keydown", onKey);
  document.addEventListener("change", onChange);
  toggle?.addEventListener("click", onToggle);
  showToggle();
  showPicked();
})();
