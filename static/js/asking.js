// What may be asked back: a tick per row shows the box for the reason. Without this file every box stands open.
// An unticked box keeps its words but is not sent.
"use strict";

(() => {
  const show = (tick) => {
    const box = document.getElementById(tick.dataset.asks);
    box.closest(".field").hidden = !tick.checked;
    box.disabled = !tick.checked;
  };

  for (const tick of document.querySelectorAll("input[data-asks]")) {
    const box = document.getElementById(tick.dataset.asks);
    tick.hidden = tick.disabled = false;
    tick.checked ||= box.value.trim() !== "";
    show(tick);
    tick.addEventListener("change", () => show(tick));
  }
})();
