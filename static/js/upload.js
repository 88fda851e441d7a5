// Before a file is sent: says its name and size, shows a picture of it, refuses one that is too large.
// The words come from components/upload.html; the limit from data-max-bytes on the input.
"use strict";

(() => {
  const MEGABYTE = 1_048_576;
  const words = document.getElementById("upload-words")?.dataset;
  if (!words) return;

  const formatSize = (bytes) =>
    bytes < MEGABYTE
      ? `${Math.max(Math.floor(bytes / 1024), 1)}\u00a0KB`
      : `${(bytes / MEGABYTE).toFixed(1).replace(".0", "").replace(".", ",")}\u00a0MB`;

  const addText = (parent, tag, text, className = "") => {
    const element = document.createElement(tag);
    element.textContent = text;
    element.className = className;
    parent.append(element);
  };

  const buildPicture = (file) => {
    const picture = document.createElement("img");
    picture.className = "thumb";
    picture.alt = "";
    picture.src = URL.createObjectURL(file);
    picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
    picture.addEventListener("error", () => picture.replaceWith(document.createElement("span")));
    return picture;
  };

  const buildRow = (file, limit) => {
    const isBad = file.size > limit;
    const row = document.createElement("li");
    const about = document.createElement("span");
    const state = isBad ? words.tooBig.replace("%s", formatSize(limit)) : words.ready;
    row.append(file.type.startsWith("image/") && !isBad ? buildPicture(file) : document.createElement("span"), about);
    addText(about, "b", file.name);
    addText(about, "span", `${formatSize(file.size)} · ${state}`, isBad ? "bad" : "");
    return row;
  };

  const listFor = (input) => {
    const next = input.nextElementSibling;
    if (next?.matches("[data-chosen]")) return next;
    const list = document.createElement("ul");
    list.className = "files";
    list.dataset.chosen = "";
    list.setAttribute("aria-label", words.chosen);
    list.setAttribute("aria-live", "polite");
    input.after(list);
    return list;
  };

  const onChange = (event) => {
    const input = event.target;
    if (!input.matches("input[type=file][data-max-bytes]")) return;
    const limit = Number(input.dataset.maxBytes);
    const files = [...input.files];
    listFor(input).replaceChildren(...files.map((file) => buildRow(file, limit)));
    if (files.some((file) => file.size > limit)) keep(input, files.filter((file) => file.size <= limit));
  };

  const keep = (input, files) => {
    const kept = new DataTransfer();
    files.forEach((file) => kept.items.add(file));
    input.files = kept.files;
  };

  // A line that is down would leave an empty browser page; the form stays here instead.
  const onSubmit = (event) => {
    const notice = document.getElementById("upload-offline");
    notice.hidden = navigator.onLine;
    if (navigator.onLine) return;
    event.preventDefault();
    notice.focus();
  };

  document.addEventListener("change", onChange);
  document.addEventListener("submit", onSubmit, true);
})();
