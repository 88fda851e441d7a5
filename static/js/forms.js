// E-forms with JavaScript: questions come and go while one answers, communes follow the province,
// and a typed date is written out as it was understood. Everything works without this file too.
"use strict";

(() => {
  const CENTURY = 100;
  const form = document.querySelector("[data-eform]");
  if (!form) return;
  const scope = JSON.parse(form.dataset.eform);
  const pad = (number, length = 2) => String(number).padStart(length, "0");

  // ---------- reading answers ----------
  const readDate = (text, isPartial) => {
    const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
    let parts = iso ? [iso[3], iso[2], iso[1]] : text.replace(/ngày|tháng|năm/gi, " ").match(/\d+/g) ?? [];
    if (parts.length === 1 && /^(\d{6}|\d{8})$/.test(parts[0])) {
      const [all] = parts;
      const isMonth = isPartial && all.length === 6 && Number(all.slice(2)) >= 1850 && Number(all.slice(0, 2)) <= 12;
      parts = isMonth ? [all.slice(0, 2), all.slice(2)] : [all.slice(0, 2), all.slice(2, 4), all.slice(4)];
    }
    if (isPartial && parts.length === 1 && parts[0].length === 4) return parts[0];
    if (isPartial && parts.length === 2 && parts[1].length === 4 && Number(parts[0]) >= 1 && Number(parts[0]) <= 12) {
      return `${parts[1]}-${pad(Number(parts[0]))}`;
    }
    return parts.length === 3 ? buildDate(...parts) : null;
  };

  const buildDate = (day, month, yearText) => {
    const now = Number(scope.on.slice(0, 4));
    let year = Number(yearText);
    if (yearText.length === 2) {
      year += Math.floor(now / CENTURY) * CENTURY;
      if (year > now) year -= CENTURY;
    } else if (yearText.length !== 4) return null;
    const date = new Date(Date.UTC(year, Number(month) - 1, Number(day)));
    const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
    return isReal && year >= 1850 && year <= 2150 ? `${pad(year, 4)}-${pad(Number(month))}-${pad(Number(day))}` : null;
  };

  const readNumber = (text, isDecimal) => {
    const plain = /^-?\d{1,3}([ .]\d{3})+(,\d+)?$/.test(text) ? text.replace(/[ .]/g, "") : text;
    if (!/^-?\d+([.,]\d+)?$/.test(plain) || (!isDecimal && /[.,]/.test(plain))) return null;
    return Number(plain.replace(",", "."));
  };

  const readTime = (text) => {
    const found = /^(\d{1,2})(?:[:hg.]|\s*giờ)?\s*(\d{2})?/i.exec(text);
    return found ? `${pad(Number(found[1]))}:${found[2] ?? "00"}` : null;
  };

  const READERS = {
    integer: (text) => readNumber(text, false),
    money: (text) => readNumber(text.replace(/\s*(đồng|đ|vnđ)$/i, ""), false),
    decimal: (text) => readNumber(text, true),
    date: (text) => readDate(text, false),
    partial_date: (text) => readDate(text, true),
    time: readTime,
    boolean: (text) => (text === "" ? null : text === "true"),
    national_id: (text) => text.replace(/[\s.\-]/g, ""),
    phone: (text) => `+${text.replace(/\D/g, "").replace(/^0/, "84")}`,
  };
  const COMPOSITE = ["address", "identity_document"];

  const controlsOf = (question) =>
    [...question.querySelectorAll("input:not([type=hidden]), select, textarea")].filter((control) => !control.closest("[hidden]"));

  const readAnswer = (question) => {
    const { type } = question.dataset;
    const controls = controlsOf(question);
    if (type === "group") return [...question.querySelectorAll("[data-row]")].map(() => ({ row: true }));
    if (COMPOSITE.includes(type)) return Object.fromEntries(controls.map((control) => [control.name, control.value.trim()]));
    if (type === "choices") return controls.filter((control) => control.checked).map((control) => control.value);
    if (type === "declaration") return controls.some((control) => control.checked) || null;
    const control = controls.find((item) => item.type !== "radio" || item.checked);
    const text = control?.value.trim().normalize("NFC") ?? "";
    return text === "" ? null : (READERS[type] ?? ((value) => value))(text);
  };

  // ---------- showing and hiding ----------
  const show = (element, isShown) => {
    element.hidden = !isShown;
    for (const control of element.querySelectorAll("input, select, textarea")) {
      const isOut = control.closest("[hidden]") !== null;
      if (!("locked" in control.dataset)) control.disabled = isOut;
    }
  };

  const isSeen = (question, answers, types, row, rowTypes) => {
    const condition = question.dataset.visibleIf;
    if (!condition) return true;
    const seen = MotCua.evaluate(JSON.parse(condition), answers, types, scope.on, row, rowTypes);
    show(question, seen);
    return seen;
  };

  const updateRows = (group, answers, types) => {
    for (const row of group.querySelectorAll("[data-row]")) {
      const questions = [...row.querySelectorAll("[data-key]")];
      const rowTypes = Object.fromEntries(questions.map((question) => [question.dataset.key, question.dataset.type]));
      const values = {};
      for (const question of questions) {
        if (isSeen(question, answers, types, values, rowTypes)) values[question.dataset.key] = readAnswer(question);
      }
    }
  };

  const updateParts = () => {
    for (const part of form.querySelectorAll("[data-with]")) {
      const first = document.getElementById(part.dataset.withOf);
      if (first?.value && !first.closest("[hidden]")) show(part, JSON.parse(part.dataset.with).includes(first.value));
    }
  };

  const update = () => {
    const answers = { ...scope.answers };
    const questions = [...form.querySelectorAll("[data-key]")].filter((question) => !question.closest("[data-row]"));
    const types = { ...scope.types, ...Object.fromEntries(questions.map(({ dataset }) => [dataset.key, dataset.type])) };
    for (const question of questions) {
      if (!isSeen(question, answers, types)) continue;
      if (question.dataset.type === "group") updateRows(question, answers, types);
      answers[question.dataset.key] = readAnswer(question);
    }
    updateParts();
  };

  // ---------- communes follow the province ----------
  let communes = null;
  const loadCommunes = async (address) => {
    communes ??= fetch(address).then((answer) => (answer.ok ? answer.json() : {})).catch(() => ({}));
    return communes;
  };

  const fillCommunes = async (select, province) => {
    const lists = await loadCommunes(select.dataset.communesFrom);
    const blank = new Option(select.dataset.communesBlank, "");
    select.replaceChildren(blank, ...(lists[province] ?? []).map(([code, name]) => new Option(name, code)));
  };

  // ---------- wiring ----------
  const onChange = (event) => {
    const { target } = event;
    const select = form.querySelector(`[data-communes-of="${CSS.escape(target.id)}"]`);
    if (select) fillCommunes(select, target.value);
    const type = target.closest("[data-key]")?.dataset.type;
    if (type === "date" || type === "partial_date") {
      const day = target.value.trim() && readDate(target.value.trim(), type === "partial_date");
      if (day) target.value = day.split("-").reverse().join("/");
    }
    update();
  };

  form.querySelectorAll("[data-without-script]").forEach((button) => { button.hidden = true; });
  form.addEventListener("change", onChange);
  form.addEventListener("input", update);
  form.querySelector("[data-asked]")?.focus();
  update();
})();
