// The till: change to give back while it is typed; counting notes with Enter, the sum and the difference beside them.
// The server computes all of it again; without scripts every field is shown and the words come after sending.
"use strict";

(() => {
  const NOT_A_DIGIT = /[.,\s]|đ(ồng)?$/gi;

  // Whole đồng of what was typed; null for nothing or for what is no amount.
  const read = (text) => {
    const digits = text.trim().replace(NOT_A_DIGIT, "");
    return /^\d{1,12}$/.test(digits) ? Number(digits) : null;
  };
  const show = (amount) => `${String(amount).replace(/\B(?=(\d{3})+$)/g, ".")} đ`;

  // ---------- taking money ----------
  const taking = document.querySelector("form[data-due]");
  const startTaking = () => {
    const due = Number(taking.dataset.due);
    const box = taking.querySelector("[data-change]");
    const tendered = taking.querySelector("[name=tendered]");

    const showChange = () => {
      const given = read(tendered.value);
      box.hidden = given === null || given === due;
      if (box.hidden) return;
      const [words, output] = [box.querySelector("span"), box.querySelector("output")];
      words.textContent = given < due ? words.dataset.short : words.dataset.back;
      output.value = show(Math.abs(given - due));
      box.classList.toggle("is-short", given < due);
    };
    const showMethod = () => {
      const method = taking.querySelector("[name=method]:checked")?.value;
      taking.querySelectorAll("[data-when]").forEach((part) => { part.hidden = part.dataset.when !== method; });
    };
    taking.addEventListener("input", showChange);
    taking.addEventListener("change", showMethod);
    showChange();
    showMethod();
  };

  // ---------- counting the drawer ----------
  const counting = document.querySelector("form[data-expected]");
  const startCounting = () => {
    const expected = Number(counting.dataset.expected);
    const notes = [...counting.querySelectorAll("[data-note]")];
    const total = counting.querySelector("[name=total]");
    const box = counting.querySelector("[data-counted]");
    const words = box.querySelector("[data-difference]");

    const countNote = (note) => {
      const number = read(note.value);
      const sum = (number ?? 0) * Number(note.dataset.note);
      note.closest("tr").querySelector("[data-row-sum]").value = number ? show(sum) : "";
      return number === null ? null : sum;
    };
    const showSum = () => {
      const sums = notes.map(countNote).filter((sum) => sum !== null);
      const summed = sums.length ? sums.reduce((all, sum) => all + sum, 0) : read(total.value);
      box.hidden = summed === null;
      if (summed === null) return;
      const difference = summed - expected;
      box.querySelector("[data-sum]").value = show(summed);
      words.textContent = difference === 0 ? words.dataset.even
        : `${difference < 0 ? words.dataset.short : words.dataset.over} ${show(Math.abs(difference))}`;
      box.classList.toggle("is-off", difference !== 0);
      box.classList.toggle("is-even", difference === 0);
    };
    const goOn = (event) => {
      if (event.key !== "Enter") return;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        counting.requestSubmit();
      } else if (event.target.matches("input:not([type=hidden])")) {
        event.preventDefault();
        const fields = [...counting.querySelectorAll("input:not([type=hidden]), button.button--big")];
        fields[fields.indexOf(event.target) + 1]?.focus();
      }
    };
    counting.querySelectorAll("[data-sums]").forEach((cell) => { cell.hidden = false; });
    counting.addEventListener("input", showSum);
    counting.addEventListener("keydown", goOn);
    showSum();
  };

  if (taking) startTaking();
  if (counting) startCounting();
})();
