// Conditions of e-forms: the same evaluator as procedures/formschema/conditions.py, tested on the same vectors.
// Nothing is coerced; an unanswered or hidden field makes every comparison but "empty" false.
"use strict";

globalThis.MotCua = globalThis.MotCua ?? {};
(() => {
  const KINDS = {
    integer: "number", decimal: "number", money: "number", date: "date", partial_date: "date", time: "time",
    choices: "list", boolean: "boolean", declaration: "boolean",
    address: "composite", identity_document: "composite", group: "composite",
  };
  const SHAPES = {
    number: (value) => typeof value === "number" && Number.isFinite(value),
    boolean: (value) => typeof value === "boolean",
    list: (value) => Array.isArray(value) && value.every((item) => typeof item === "string"),
    composite: (value) => typeof value === "object" && value !== null,
    date: (value) => typeof value === "string" && /^\d{4}(-\d\d(-\d\d)?)?$/.test(value),
    time: (value) => typeof value === "string" && /^\d\d:\d\d$/.test(value),
    text: (value) => typeof value === "string",
  };
  const ORDERED = ["number", "date", "time"];
  const own = (object, key) => (object && Object.hasOwn(object, key) ? object[key] : undefined);
  const kindOf = (types, key) => own(KINDS, own(types, key)) ?? "text";

  const answered = (value, kind) => {
    if (!SHAPES[kind](value) || value === "" || (Array.isArray(value) && !value.length)) return null;
    const parts = kind === "composite" && !Array.isArray(value) ? Object.values(value) : [true];
    return parts.some((part) => part !== null && part !== "") ? value : null;
  };

  // The first and the last moment a value may mean: a partial date stands for every day in it.
  const span = (value, kind) =>
    kind === "date" ? [value + "-01-01".slice(value.length - 4), value + "-12-31".slice(value.length - 4)] : [value, value];

  const compare = (op, a, b, kind) => {
    if (op === "is") return a === b;
    if (!ORDERED.includes(kind)) return op === "is_not" && a !== b;
    const [[first, last], [from, until]] = [span(a, kind), span(b, kind)];
    if (op === "is_not") return last < from || until < first;
    if (op === "less") return last < from;
    if (op === "at_most") return last <= from;
    return op === "more" ? first > until : op === "at_least" && first >= until;
  };

  const isIn = (op, answer, values, kind) => {
    const each = kind === "list" ? "text" : kind;
    const pairs = [].concat(answer).flatMap((item) => values.filter(SHAPES[each]).map((value) => [item, value]));
    return op === "in"
      ? pairs.some(([item, value]) => compare("is", item, value, kind))
      : pairs.every(([item, value]) => compare("is_not", item, value, kind));
  };

  const age = (op, born, years, on) => {
    const [first, last] = span(born, "date");
    const later = (day) => String(Number(day.slice(0, 4)) + Math.trunc(years)).padStart(4, "0") + day.slice(4);
    return op === "age_at_least" ? later(last) <= on : later(first) > on;
  };

  const holds = (term, scope, types, on) => {
    const kind = kindOf(types, term.field);
    const answer = answered(own(scope, term.field), kind);
    const op = Object.keys(term).find((key) => key !== "field");
    if (op === "filled" || op === "empty") return (answer === null) === (op === "empty");
    let value = term[op];
    const other = value !== null && typeof value === "object" && !Array.isArray(value) ? value.field : null;
    if (other !== null) value = answered(own(scope, other), kindOf(types, other));
    if (answer === null || value === null) return false;
    if (op === "age_at_least" || op === "age_below") {
      return kind === "date" && SHAPES.number(value) && age(op, answer, value, on);
    }
    if (op === "in" || op === "not_in") return Array.isArray(value) && isIn(op, answer, value, kind);
    if (!SHAPES[kind === "list" ? "text" : kind](value)) return false;
    if (kind === "list") return (op === "is" || op === "is_not") && answer.includes(value) === (op === "is");
    return compare(op, answer, value, kind);
  };

  const check = (part, scope, types, on) => {
    if (part.all) return part.all.every((term) => check(term, scope, types, on));
    if (part.any) return part.any.some((term) => check(term, scope, types, on));
    return holds(part, scope, types, on);
  };

  // rowTypes names the keys of a group's row: there a key means the same row, answered or not.
  MotCua.evaluate = (condition, answers, types, on, row = {}, rowTypes = {}) => {
    const hidden = Object.fromEntries(Object.keys(rowTypes).map((key) => [key, null]));
    return !condition || check(condition, { ...answers, ...hidden, ...row }, { ...types, ...rowTypes }, on);
  };
})();
