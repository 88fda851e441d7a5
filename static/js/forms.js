// E-forms with JavaScript: questions come and go while one answers, communes follow the province,
// and a typed date is written out as it was understood. Everything works without this file too.
"use strict";

(() => {
  const form = document.querySelector("[data-eform]");
  if (!form) return;
  const scope = JSON.parse(form.dataset.eform);
  // ---------- reading answers ----------
  const settingOf = ({ dataset }) => ({ on: scope.on, ahead: "ahead" in dataset, decimals: Number(dataset.decimals ?? 2) });

  const controlsOf = (question) =>
    [...question.querySelectorAll("input:not([type=hidden]), select, textarea")].filter((control) => !control.closest("[hidden]"));

  // A kind of paper alone says nothing yet, but "no paper" does.
  const hasPaper = (controls) =>
    controls.some(({ name, value }) => (/-(number|issued_on|issued_by)$/.test(name) ? value.trim() !== "" : value === "none"));

  const readAnswer = (question) => {
    const { type } = question.dataset;
    const controls = controlsOf(question);
    if (type === "group") return [...question.querySelectorAll("[data-row]")].map(() => ({ row: true }));
    if (type === "identity_document" && !hasPaper(controls)) return null;
    if (["address", "identity_document"].includes(type)) return Object.fromEntries(controls.map((control) => [control.name, control.value.trim()]));
    if (type === "choices") return controls.filter((control) => control.checked).map((control) => control.value);
    if (type === "declaration") return controls.some((control) => control.checked) || null;
    const control = controls.find((item) => item.type !== "radio" || item.checked);
    return MotCua.readTyped(type, control?.value ?? "", settingOf(question));
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
    if (!condition) {
      if (question.hidden) show(question, true); // drawn hidden because its group was
      return true;
    }
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
    const question = target.closest("[data-type]");
    if (question?.dataset.type === "date" || question?.dataset.type === "partial_date") {
      const day = MotCua.readTyped(question.dataset.type, target.value, settingOf(question));
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
