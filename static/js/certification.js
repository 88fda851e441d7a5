// Quick certification: Enter goes on, letters become the name of a paper, the sum keeps up with the rows.
// Counts by the catalogue's rules as procedures/fees.py does, on the same vectors; the server counts again.
"use strict";

globalThis.MotCua = globalThis.MotCua ?? {};
(() => {
  const inBands = (bands, pieces) => {
    let total = 0;
    let start = 0;
    for (const [upTo, price] of bands) {
      const end = upTo === null ? pieces : Math.min(pieces, upTo);
      total += Math.max(0, end - start) * price;
      start = Math.max(start, end);
    }
    return total;
  };
  const capped = (amount, cap) => (cap === null || cap === undefined ? amount : Math.min(amount, cap));
  const count = (row, key) => (Number.isInteger(row[key]) && row[key] > 0 ? row[key] : 0);
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

  const charge = (rule, rows) => {
    if (!rule.of) return rule.price;
    if (!rule.bands.length) return capped(sum(rows.map((row) => count(row, rule.of))) * rule.price, rule.cap);
    return sum(rows.map((row) =>
      capped(inBands(rule.bands, count(row, rule.of)), rule.cap) * (rule.times ? count(row, rule.times) : 1)));
  };

  // rules: onestop/certification/pricing.py; rows: [{pages, copies}] of whole numbers. Answers whole đồng.
  MotCua.certificationFee = (rules, rows) => sum(rules.map((rule) => charge(rule, rows)));
})();

(() => {
  const form = document.getElementById("certification");
  if (!form) return;

  const ONE_COPY = "1";
  const body = form.querySelector("[data-rows]");
  const template = form.querySelector("[data-row-template]");
  const primary = form.querySelector("[data-primary]");
  const identity = document.getElementById("identity");
  const person = document.getElementById("name");
  const rules = form.dataset.fees ? JSON.parse(form.dataset.fees) : null;
  const names = new Map([...document.querySelectorAll("#common-papers option")].map((option) => [option.textContent, option.value]));

  // ---------- rows ----------
  const rows = () => [...body.rows];
  const cell = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const valueOf = (row, name) => cell(row, name)?.value.trim() ?? "";
  const isEmpty = (row) => !valueOf(row, "paper") && !valueOf(row, "pages") && ["", ONE_COPY].includes(valueOf(row, "copies"));
  const addRow = () => {
    const index = body.rows.length;
    const holder = document.createElement("tbody");
    holder.innerHTML = template.innerHTML.replaceAll("__index__", String(index)).replaceAll("__number__", String(index + 1));
    body.append(holder.rows[0]);
    return body.rows[index];
  };

  // ---------- the sum ----------
  const whole = (text) => (/^[\d. ]+$/.test(text) ? Number(text.replace(/[. ]/g, "")) : NaN);
  const show = () => {
    if (!rules) return;
    const counted = rows().filter((row) => !isEmpty(row)).map((row) => ({ pages: whole(valueOf(row, "pages")), copies: whole(valueOf(row, "copies")) }));
    const total = MotCua.certificationFee(rules, counted);
    form.querySelector("[data-agreed]").value = String(total);
    form.querySelector("[data-total]").textContent = `${String(total).replace(/\B(?=(\d{3})+$)/g, ".")} đ`;
    form.querySelector("[data-explained]").hidden = true;
  };

  // ---------- keys ----------
  const expand = (input) => {
    const name = names.get(input.value.trim().toLowerCase());
    if (name) input.value = name;
  };
  const firstBlank = (row) => ["paper", "pages", "copies"].map((name) => cell(row, name)).find((input) => input && !input.value.trim());
  const goOn = (row) => {
    if (isEmpty(row)) return primary;
    return firstBlank(row) ?? cell(row.nextElementSibling ?? addRow(), "paper");
  };

  // The QR of a citizen card: number|old number|name|…
  const readCard = () => {
    const [number, , name] = identity.value.split("|");
    if (name === undefined) return;
    identity.value = number;
    if (!person.value.trim()) person.value = name;
  };

  const onEnter = (event) => {
    const input = event.target;
    if (event.ctrlKey) {
      event.preventDefault();
      primary.click();
      return;
    }
    if (!input.matches("input")) return;
    event.preventDefault();
    const row = input.closest("tr");
    if (row) expand(input);
    if (input === identity) readCard();
    const next = row ? goOn(row) : primary;
    show();
    next.focus();
  };

  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) onEnter(event);
  });
  form.addEventListener("input", show);
  form.addEventListener("change", (event) => {
    if (event.target.name?.endsWith("-paper")) expand(event.target);
    show();
  });
  body.addEventListener("focusin", (event) => { if (event.target.matches(".qty")) event.target.select(); });
  form.querySelector("[data-more]").addEventListener("click", (event) => {
    event.preventDefault();
    cell(rows().find(isEmpty) ?? addRow(), "paper").focus();
  });

  if (rules) form.querySelector("[data-price]").parentElement.hidden = true; // the sum keeps up by itself
  show();
})();
