"use strict";
// Data, languages, numbers, and the state that stands after # in the address.

const data = JSON.parse(document.getElementById("data").textContent);
const { strings, rows, views, labels, report: summary } = data;
const VIEWS = ["overview", "progress", "audit", "databases", "fields", "graph", "findings", "procedures"];
const byId = (id) => document.getElementById(id);

/** What is shown: view, lang, q, sort, filters … Empty entries are left out of the address. */
let state = {};

function readState() {
  const given = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  state = { ...given, view: VIEWS.includes(given.view) ? given.view : "overview" };
  if (state.lang !== "vi" && state.lang !== "en") state.lang = document.documentElement.lang;
}

function writeState(changes) {
  Object.assign(state, changes);
  const kept = Object.entries(state).filter(([, value]) => value !== "" && value !== undefined);
  history.replaceState(null, "", "#" + new URLSearchParams(kept));
}

const language = () => (state.lang === "en" ? 1 : 0);

/** A message, with its placeholders filled; the key itself when there is none. */
function t(key, args = {}) {
  const text = labels.texts[key]?.[language()] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => args[name] ?? whole);
}

/** The title of a code of the rule set; the code itself when it has none. */
const title = (family, code) => labels[family][code]?.[language()] ?? code;

const formats = new Map();

/** A number as it is written in the language: 1.234,5. Nothing for null, which means that it is not known. */
function number(value, digits = 0) {
  if (value === null || value === undefined) return "";
  const key = `${language()}/${digits}`;
  if (!formats.has(key)) {
    const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    formats.set(key, new Intl.NumberFormat(language() ? "en-GB" : "vi-VN", options));
  }
  return formats.get(key).format(value);
}

/** A date of the tables, 2026-11-24, as it is written in the language. */
const day = (date) => (language() ? date : date.split("-").reverse().join("/"));

/** An amount that is mostly whole. */
const amount = (value) => number(value, Number.isInteger(value) ? 0 : 1);

/** An element; texts among the children stay texts. */
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A plain table. Columns: { title, number?, cell(row) } where a cell is a text or an element. */
function plainTable(columns, list, caption) {
  const cell = (column, row) => el("td", { class: column.number ? "n" : null }, column.cell(row));
  return el("div", { class: "wide" },
    el("table", {},
      caption ? el("caption", {}, caption) : null,
      el("thead", {}, el("tr", {}, ...columns.map((c) => el("th", { scope: "col", class: c.number ? "n" : null }, c.title)))),
      el("tbody", {}, ...list.map((row) => el("tr", {}, ...columns.map((c) => cell(c, row)))))));
}

/** A labelled choice that writes one entry of the state. Options: [value, text]. */
function choice(key, label, options, value, change) {
  const select = el("select", { onchange: (event) => change({ [key]: event.target.value }) },
    ...options.map(([code, text]) => el("option", { value: code, selected: code === value }, text)));
  return el("label", { class: "choice" }, el("span", {}, label), select);
}

/** Where a row stands in its source. */
function place(table, row) {
  const file = strings[table.source_file[row]];
  const line = table.source_row ? strings[table.source_row[row]] : "";
  return line ? `${file}#${line}` : file;
}

/** Numbers of rows by the value of a column, in the order of the table. */
function groupBy(column) {
  const groups = new Map();
  column.forEach((value, row) => (groups.has(value) ? groups.get(value).push(row) : groups.set(value, [row])));
  return groups;
}

const lazily = (make) => {
  let made;
  return () => (made ??= make());
};
const requestsOf = lazily(() => groupBy(rows.requests.procedure));
const stepsOf = lazily(() => groupBy(rows.steps.procedure));
const findingsOf = lazily(() => groupBy(rows.findings.procedure));
const assessmentsOf = lazily(() => groupBy(rows.assessments.request));

/** The proposal of each finding, by the text number of the finding's id; a proposal names its findings "F-1; F-2". */
const proposalOf = lazily(() => {
  const found = new Map();
  const numbers = new Map(rows.findings.finding_id.map((id) => [strings[id], id]));
  (rows.proposals?.findings ?? []).forEach((ids, row) => {
    for (const id of strings[ids].split("; ")) {
      const known = numbers.get(id);
      if (known !== undefined && !found.has(known)) found.set(known, row);
    }
  });
  return found;
});

/** The decision on a finding: a code of the drop-down, "undecided", or "none" when no proposal rests on it. */
function decisionOf(finding) {
  const proposal = proposalOf().get(rows.findings.finding_id[finding]);
  return proposal === undefined ? "none" : strings[rows.proposals.decision[proposal]] || "undecided";
}

const decisionTitle = (code) =>
  code === "none" ? t("page-no-proposal") : code === "undecided" ? t("page-undecided") : title("decisions", code);
