// What people type into e-forms, read as procedures/formschema/types reads it: both are tested on the same table
// (tests/procedures/typed_vectors.json). null: nothing was typed, or it cannot be read.
"use strict";

globalThis.MotCua = globalThis.MotCua ?? {};
(() => {
  const CENTURY = 100, FIRST_YEAR = 1850, LAST_YEAR = 2150, MAX_DIGITS = 15;
  const UNITS = { nghìn: 3, ngàn: 3, k: 3, triệu: 6, tr: 6, tỷ: 9, tỉ: 9 };
  const DAY_WORDS = ["ngày", "ngay", "tháng", "thang", "năm", "nam"];
  const pad = (number, length = 2) => String(number).padStart(length, "0");
  const line = (text) => text.replace(/\s+/g, " ");
  const bare = (text) => text.replace(/[\s.\-–]/g, "");

  // ---------- days ----------
  const splitDay = (text) => {
    const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
    if (iso) return [iso[3], iso[2], iso[1]];
    const plain = text.replace(/[\p{L}\p{N}_]+/gu, (word) => (DAY_WORDS.includes(word.toLowerCase()) ? " " : word));
    return /^[\d\s/.,\-–]+$/.test(plain) ? plain.match(/\d+/g) ?? [] : [];
  };

  const readYear = (text, { on, ahead }, isFull = false) => {
    const now = Number(on.slice(0, 4));
    let year = Number(text);
    if (text.length === 2 && !isFull) {
      year += Math.floor(now / CENTURY) * CENTURY;
      return ahead || year <= now ? year : year - CENTURY;
    }
    return text.length === 4 && year >= FIRST_YEAR && year <= LAST_YEAR ? year : null;
  };

  const isMonth = (text) => text.length <= 2 && Number(text) >= 1 && Number(text) <= 12;

  const buildDay = ([day, month, yearText], setting) => {
    const year = readYear(yearText, setting);
    if (year === null || day.length > 2 || !isMonth(month)) return null;
    const date = new Date(Date.UTC(year, Number(month) - 1, Number(day)));
    const isReal = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
    return isReal ? `${pad(year, 4)}-${pad(Number(month))}-${pad(Number(day))}` : null;
  };

  const readDate = (text, setting) => {
    let parts = splitDay(text);
    if (parts.length === 1 && [6, 8].includes(parts[0].length)) {
      parts = [parts[0].slice(0, 2), parts[0].slice(2, 4), parts[0].slice(4)];
    }
    return parts.length === 3 ? buildDay(parts, setting) : null;
  };

  const readPartial = (text, setting) => {
    const iso = /^(\d{4})-(\d{2})$/.exec(text);
    let parts = iso ? [iso[2], iso[1]] : splitDay(text);
    const [all] = parts;
    if (parts.length === 1 && all.length === 6 && isMonth(all.slice(0, 2)) && readYear(all.slice(2), setting, true)) {
      parts = [all.slice(0, 2), all.slice(2)];
    }
    if (parts.length > 2 || (parts.length === 1 && all.length > 4)) return readDate(text, setting);
    const year = parts.length ? readYear(parts[parts.length - 1], setting, true) : null;
    if (year === null || (parts.length === 2 && !isMonth(parts[0]))) return null;
    return parts.length === 2 ? `${pad(year, 4)}-${pad(Number(parts[0]))}` : pad(year, 4);
  };

  const readTime = (text) => {
    const found = /^(?:(\d{1,2})(?:\s*(?:[:hg.]|giờ)\s*(\d{1,2})?\s*(?:phút|p)?)?|(\d{2})(\d{2}))$/i.exec(text);
    const [hour, minute] = found ? [Number(found[1] ?? found[3]), Number(found[2] ?? found[4] ?? 0)] : [24, 0];
    return hour <= 23 && minute <= 59 ? `${pad(hour)}:${pad(minute)}` : null;
  };

  // ---------- numbers ----------
  const short = (digits) => (/^\d+$/.test(digits) && digits.length <= MAX_DIGITS ? Number(digits) : null);

  const readInteger = (text) => {
    const [sign, digits] = text.startsWith("-") ? [-1, text.slice(1)] : [1, text];
    const number = short(/^\d{1,3}([ .,])\d{3}(\1\d{3})*$/.test(digits) ? digits.replace(/\D/g, "") : digits);
    return number === null ? null : sign * number + 0;
  };

  const readMoney = (text) => {
    const found = /^(.*?)\s*(nghìn|ngàn|k|triệu|tr|tỷ|tỉ)?\s*(đồng|đ|vnđ|vnd)?\.?$/i.exec(text);
    if (!found?.[2]) return readInteger(found?.[1] ?? text);
    const parts = /^(\d+)(?:[.,](\d+))?$/.exec(found[1]);
    const zeros = UNITS[found[2].toLowerCase()];
    return !parts || (parts[2] ?? "").length > zeros ? null : short(parts[1] + (parts[2] ?? "").padEnd(zeros, "0"));
  };

  const readDecimal = (text, { decimals = 2 }) => {
    const grouped = /^(?:(\d{1,3}(?:\.\d{3})+),(\d+)|(\d{1,3}(?:,\d{3})+)\.(\d+)|(\d{1,3}(?:\.\d{3})+))$/.exec(text);
    const plain = /^(\d+)(?:[.,](\d+))?$/.exec(text);
    if (!grouped && !plain) return null;
    const whole = grouped ? (grouped[1] ?? grouped[3] ?? grouped[5]).replace(/\D/g, "") : plain[1];
    const rest = (grouped ? grouped[2] ?? grouped[4] : plain[2]) ?? "";
    return short(whole) === null || rest.length > decimals ? null : Number(`${whole}.${rest || 0}`);
  };

  // ---------- the rest ----------
  const readTaxCode = (text) => {
    const digits = bare(text);
    if (!/^(\d{10}|\d{12}|\d{13})$/.test(digits)) return null;
    return digits.length === 13 ? `${digits.slice(0, 10)}-${digits.slice(10)}` : digits;
  };

  const READERS = {
    integer: readInteger,
    money: readMoney,
    decimal: readDecimal,
    date: readDate,
    partial_date: readPartial,
    time: readTime,
    boolean: (text) => (text === "true" || text === "false" ? text === "true" : null),
    national_id: (text) => (/^\d{12}$/.test(bare(text)) ? bare(text) : null),
    tax_code: readTaxCode,
    email: (text) => text.replace(/@[^@]*$/, (domain) => domain.toLowerCase()),
    phone: (text) => `+${text.replace(/\D/g, "").replace(/^0/, "84")}`,
    paragraph: (text) => text.replace(/\r\n?/g, "\n"),
  };

  // `setting`: on, the day "today" means (ISO); ahead, whether a two-digit year may lie in the future; decimals.
  MotCua.readTyped = (type, raw, setting) => {
    const trimmed = raw.trim().normalize("NFC");
    const text = type === "paragraph" ? trimmed : line(trimmed);
    return text === "" ? null : (READERS[type] ?? ((value) => value))(text, setting);
  };
})();
