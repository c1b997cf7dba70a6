"use strict";
// The two searchable lists. A search looks every word up in every text once, then at the text numbers of each row.

/** Text without accents and case, as people type it. */
const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

/** Folded texts by number, as far as they are known. */
const folded = [];
const SLICE = 4000;

/** Folds texts that are not yet known, a slice at a time; true when all are. */
function foldSome(numbers, all) {
  const open = [];
  for (let at = 0; at < numbers.length && (all || open.length < SLICE); at++) if (folded[numbers[at]] === undefined) open.push(numbers[at]);
  for (let from = 0; from < open.length; from += SLICE) {
    const slice = open.slice(from, from + SLICE);
    fold(slice.map((n) => strings[n]).join("\u0001")).split("\u0001").forEach((text, at) => { folded[slice[at]] = text; });
  }
  return open.length < SLICE;
}

/** Titles join the texts, so that a search finds them too; done before the texts are folded. */
const titleNumbers = {};
for (const family of ["rules", "kinds", "sources"]) {
  titleNumbers[family] = {};
  for (const [code, titles] of Object.entries(labels[family])) titleNumbers[family][code] = strings.push(`${code} ${titles.join(" ")}`) - 1;
}
const titleNumber = (family, text) => titleNumbers[family][strings[text]] ?? 0;

/** For each word of a search, which of the texts have it. */
function hits(query, numbers) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length) foldSome(numbers, true);
  return words.map((word) => {
    const has = new Uint8Array(strings.length);
    for (const n of numbers) if (folded[n].includes(word)) has[n] = 1;
    return has;
  });
}

/** Rows of a column of text numbers in the order of the language; long columns in that of the letters without accents. */
function ranks(column) {
  const distinct = [...new Set(column)];
  if (distinct.length < 10000) {
    const collator = new Intl.Collator(language() ? "en" : "vi", { numeric: true });
    distinct.sort((a, b) => collator.compare(strings[a], strings[b]));
  } else {
    foldSome(distinct, true);
    const start = new Map(distinct.map((n) => [n, folded[n].slice(0, 40)]));
    distinct.sort((a, b) => { const [x, y] = [start.get(a), start.get(b)]; return x < y ? -1 : x > y ? 1 : a - b; });
  }
  const rank = new Map(distinct.map((text, at) => [text, at]));
  return (row) => rank.get(column[row]);
}

class List {
  /** Parts: { view, columns(), filters: { key: { label, code(row), text(code) } }, searched: [columns of text numbers], more(row), count, open(row) } */
  constructor(parts) {
    this.parts = parts;
    const more = parts.more ? this.rowsOf(parts.count).flatMap(parts.more) : [];
    this.numbers = [...new Set([...parts.searched.flatMap((column) => [...new Set(column)]), ...more])];
    this.all = this.rowsOf(parts.count);
    this.prepare();
  }

  rowsOf(count) {
    return Array.from({ length: count }, (_, row) => row);
  }

  /** Folds the texts while nobody waits, so that the first letter typed need not. */
  prepare() {
    const later = window.requestIdleCallback ?? ((run) => setTimeout(run, 50));
    const step = () => { if (!foldSome(this.numbers, false)) later(step); };
    later(step);
  }

  render(host) {
    const { view, filters } = this.parts;
    this.search = el("input", { type: "search", id: `${view}-search`, value: state.q ?? "", autocomplete: "off", oninput: () => this.typed() });
    const choices = Object.entries(filters).map(([key, filter]) =>
      choice(key, filter.label(), [["", t("page-any")], ...this.codes(key, filter)], state[key] ?? "", (changes) => this.change(changes)));
    const clear = el("button", { type: "button", onclick: () => this.clear() }, t("page-clear"));
    const bar = el("form", { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() },
      el("label", { class: "choice search" }, el("span", {}, t("page-search")), this.search), ...choices, clear);
    this.count = el("p", { class: "count", role: "status" });
    const place = el("div", { id: `${view}-grid` });
    host.replaceChildren(el("h2", {}, t(`page-view-${view}`)), bar, this.count, place, el("p", { class: "quiet keys" }, t("page-keys")));
    this.grid = new Grid(place, t(`page-view-${view}`), this.parts.columns(), this.parts.open);
    this.update();
  }

  /** Codes that occur, and the one asked for, by title. */
  codes(key, filter) {
    const found = [...new Set([...this.all.map(filter.code), state[key] ?? ""])].filter((code) => code !== "");
    const collator = new Intl.Collator(language() ? "en" : "vi");
    return found.map((code) => [code, filter.text(code)]).sort((a, b) => collator.compare(a[1], b[1]));
  }

  clear() {
    const none = Object.fromEntries(Object.keys(this.parts.filters).map((key) => [key, ""]));
    writeState({ ...none, q: "" });
    this.render(byId(`view-${this.parts.view}`));
  }

  change(changes) {
    writeState(changes);
    this.update();
  }

  /** Long lists are searched when the typing pauses. */
  typed() {
    clearTimeout(this.timer);
    const search = () => this.change({ q: this.search.value });
    if (this.all.length < 10000) search();
    else this.timer = setTimeout(search, 150);
  }

  update() {
    const list = this.found();
    this.count.textContent = t("page-shown", { shown: number(list.length), all: number(this.all.length) });
    this.grid.show(list, state.sort ?? "", (changes) => this.change(changes));
  }

  found() {
    const wanted = Object.entries(this.parts.filters).filter(([key]) => state[key]);
    const words = hits(state.q ?? "", this.numbers);
    const { searched, more } = this.parts;
    const isMeant = (row) => words.every((has) => searched.some((column) => has[column[row]]) || (more?.(row).some((text) => has[text]) ?? false));
    const list = this.all.filter((row) => wanted.every(([key, filter]) => filter.code(row) === state[key]) && (!words.length || isMeant(row)));
    const key = (state.sort ?? "").replace(/^-/, "");
    const column = this.grid.columns.find((c) => c.key === key);
    if (!column) return list;
    const by = column.sort();
    const sign = state.sort.startsWith("-") ? -1 : 1;
    return list.map((row) => [row, by(row)]).sort((a, b) => sign * (a[1] - b[1]) || a[0] - b[0]).map((pair) => pair[0]);
  }
}

/** The column of the procedures' texts that belongs to each finding. */
const ofProcedure = (column) => rows.findings.procedure.map((procedure) => (procedure < 0 ? 0 : rows.procedures[column][procedure]));
const findingCodes = lazily(() => ofProcedure("code"));
const findingNames = lazily(() => ofProcedure("name"));
const findingFields = lazily(() => ofProcedure("field"));
const findingAgencies = lazily(() => ofProcedure("agency"));

const order = (column, codes) => () => (row) => codes.indexOf(strings[column[row]]);

const findingList = lazily(() => {
  const f = rows.findings;
  const code = (column) => (row) => strings[column[row]];
  const decisions = lazily(() => f.finding_id.map((_, row) => decisionOf(row)));
  return new List({
    view: "findings",
    count: f.finding_id.length,
    open: findingDetail,
    columns: () => [
      { key: "code", title: t("page-code"), width: "6.5rem", text: (row) => strings[findingCodes()[row]], sort: () => ranks(findingCodes()) },
      { key: "name", title: t("page-procedure"), width: "minmax(8rem, 2fr)", text: (row) => strings[findingNames()[row]], sort: () => ranks(findingNames()) },
      { key: "rule", title: t("page-finding"), width: "minmax(8rem, 2fr)", text: (row) => title("rules", strings[f.rule[row]]), sort: () => ranks(f.rule) },
      { key: "words", title: t("page-words"), width: "minmax(10rem, 3fr)", text: (row) => strings[f.quote[row]], sort: () => ranks(f.quote) },
      { key: "source", title: t("page-source"), width: "minmax(6rem, 1.2fr)", text: (row) => (f.source[row] ? title("sources", strings[f.source[row]]) : ""), sort: () => ranks(f.source) },
      { key: "certainty", title: t("page-certainty"), width: "7rem", text: (row) => t(`certainty-${strings[f.certainty[row]]}`), sort: order(f.certainty, ["safe", "review"]) },
      { key: "decision", title: t("page-decision"), width: "8rem", text: (row) => decisionTitle(decisions()[row]), sort: () => (row) => ["accept", "reject", "discuss", "undecided", "none"].indexOf(decisions()[row]) },
    ],
    filters: {
      rule: { label: () => t("page-rule"), code: code(f.rule), text: (c) => title("rules", c) },
      source: { label: () => t("page-source"), code: code(f.source), text: (c) => title("sources", c) },
      kind: { label: () => t("page-kind"), code: code(f.kind), text: (c) => title("kinds", c) },
      field: { label: () => t("page-field"), code: (row) => strings[findingFields()[row]], text: (c) => c },
      certainty: { label: () => t("page-certainty"), code: code(f.certainty), text: (c) => t(`certainty-${c}`) },
      decision: { label: () => t("page-decision"), code: (row) => decisions()[row], text: decisionTitle },
    },
    searched: [
      f.finding_id, f.quote, f.message, f.message_en, f.ground, findingCodes(), findingNames(), findingFields(), findingAgencies(),
      ...[["rules", "rule"], ["kinds", "kind"], ["sources", "source"]].map(([family, column]) => f[column].map((text) => titleNumber(family, text))),
    ],
  });
});

const procedureList = lazily(() => {
  const p = rows.procedures;
  const count = (groups) => (row) => groups().get(row)?.length ?? 0;
  const requests = (row) => requestsOf().get(row) ?? [];
  const counted = (key, titleKey, groups) => ({ key, title: t(titleKey), width: "5.5rem", number: true, text: (row) => number(count(groups)(row)), sort: () => count(groups) });
  return new List({
    view: "procedures",
    count: p.procedure_id.length,
    open: procedureDetail,
    columns: () => [
      { key: "code", title: t("page-code"), width: "6.5rem", text: (row) => strings[p.code[row]], sort: () => ranks(p.code) },
      { key: "name", title: t("page-procedure"), width: "minmax(12rem, 4fr)", text: (row) => strings[p.name[row]], sort: () => ranks(p.name) },
      { key: "field", title: t("page-field"), width: "minmax(7rem, 1.5fr)", text: (row) => strings[p.field[row]], sort: () => ranks(p.field) },
      { key: "agency", title: t("page-agency"), width: "minmax(7rem, 2fr)", text: (row) => strings[p.agency[row]], sort: () => ranks(p.agency) },
      counted("requests", "page-requests", requestsOf), counted("steps", "page-steps", stepsOf), counted("findings", "page-findings", findingsOf),
    ],
    filters: {
      field: { label: () => t("page-field"), code: (row) => strings[p.field[row]], text: (c) => c },
      agency: { label: () => t("page-agency"), code: (row) => strings[p.agency[row]], text: (c) => c },
    },
    searched: [p.procedure_id, p.code, p.name, p.field, p.agency],
    more: (row) => requests(row).map((r) => rows.requests.text[r]),
  });
});
