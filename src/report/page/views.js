"use strict";
// The views of the page, and how one moves between them.

/** Changes the state and shows what it says. */
function go(changes) {
  writeState(changes);
  render();
}

function heading(view, note) {
  return [el("h2", {}, t(`page-view-${view}`)), note ? el("p", {}, t(note)) : null].filter(Boolean);
}

const missing = (view, key) => byId(`view-${view}`).replaceChildren(...heading(view), el("p", { class: "missing" }, t(key)));

function tile(value, text, view) {
  return el("li", {}, el("button", { type: "button", onclick: () => go({ view }) }, el("strong", {}, value), el("span", {}, text)));
}

function renderOverview(host) {
  const newest = summary.catalogs.at(-1);
  const sum = (list, get) => list.reduce((total, row) => total + get(row), 0);
  const safe = sum(summary.findings, (r) => r.safe), all = safe + sum(summary.findings, (r) => r.review);
  const told = views.measures ? measureSeries("city", "none").filter((s) => strings[views.measures.on_path[s.last]]) : [];
  const kept = told.filter((s) => strings[views.measures.on_path[s.last]] === "yes");
  const tiles = [
    tile(number(newest.figures.procedures), t("page-tile-procedures", { catalog: newest.name }), "procedures"),
    tile(number(newest.figures.requests), t("page-tile-requests"), "fields"),
    tile(number(all), t("page-tile-findings", { safe: number(safe) }), "findings"),
    summary.proposals ? tile(number(summary.proposals.counted), t("page-tile-proposals", { requests: number(summary.proposals.requests_saved) }), "databases") : null,
    views.measures ? tile(number(kept.length), t("page-tile-path", { all: number(told.length) }), "progress") : null,
    summary.audit ? tile(number(summary.audit.accepted), t("page-tile-claims", { claimed: number(summary.audit.claimed) }), "audit") : null,
  ].filter(Boolean);
  const names = views.figures;
  const figures = [{ title: t("page-measure"), cell: (name) => t(`measure-${name}`) },
    ...summary.catalogs.map((c) => ({ title: c.name, number: true, cell: (name) => number(c.figures[name]) }))];
  const problems = (severity) => `${number(sum(summary.catalogs, (c) => c.problems[severity] ?? 0))} ${t(`page-trouble-${severity}`)}`;
  const inputs = [["page-files", "files"], ["page-read", "read"], ["page-kept", "accepted"], ["page-left-out", "rejected"]];
  const left = [views.measures ? null : "page-none-progress", summary.audit ? null : "page-none-audit", rows.proposals ? null : "page-none-proposals"].filter(Boolean);
  host.replaceChildren(...heading("overview"), el("ul", { class: "tiles" }, ...tiles),
    ...left.map((key) => el("p", { class: "missing" }, t(key))),
    el("h3", {}, t("page-sheet-figures")), el("p", {}, t("page-figures-note")), plainTable(figures, names),
    ...(summary.plan.length ? [el("h3", {}, t("page-sheet-plan")), el("p", {}, t("page-plan-note")), planTable()] : []),
    el("h3", {}, t("page-sheet-findings")), ruleTable(),
    el("h3", {}, t("page-sheet-inputs")),
    el("p", {}, inputs.map(([key, name]) => `${t(key)}: ${number(summary.inputs[name])}`).join(" · ")),
    el("p", {}, `${t("page-problems")}: ${["error", "warning", "note"].map(problems).join(" · ")}. ${t("page-problems-note")}`));
}

function planTable() {
  const share = (p) => (p.baseline ? number((100 * p.gain) / p.baseline, 1) + " %" : "");
  return plainTable([
    { title: t("page-measure"), cell: (p) => t(`aim-${p.measure}`) },
    { title: t("page-baseline"), number: true, cell: (p) => number(p.baseline) },
    { title: t("page-needed-amount"), number: true, cell: (p) => number(p.needed) },
    { title: t("page-gain"), number: true, cell: (p) => (p.baseline === null ? "" : number(p.gain)) },
    { title: t("page-share"), number: true, cell: share },
    { title: t("page-reached"), cell: (p) => (p.baseline === null ? t("page-path-") : t(p.is_reached ? "page-yes" : "page-no")) },
  ], summary.plan);
}

function ruleTable() {
  const link = (r) => el("button", { type: "button", class: "link", onclick: () => go({ view: "findings", rule: r.rule, q: "" }) }, title("rules", r.rule));
  return plainTable([
    { title: t("page-rule-code"), cell: (r) => r.rule }, { title: t("page-rule"), cell: link },
    ...["safe", "review", "suppressed"].map((key) => ({ title: t(`page-${key}`), number: true, cell: (r) => number(r[key]) })),
  ], summary.findings);
}

function scopeTitle(scope) {
  const [kind, ...name] = scope.split(":");
  return t(`page-scope-${kind}`, { name: kind === "level" ? t(`level-${name.join(":")}`) : name.join(":") });
}

function renderProgress(host) {
  const m = views.measures;
  if (!m) return missing("progress", "page-none-progress");
  const distinct = (column) => [...new Set(column)].map((text) => strings[text]);
  const scopes = distinct(m.scope).sort((a, b) => (a === "city" ? -1 : b === "city" ? 1 : 0));
  const scope = scopes.includes(state.scope) ? state.scope : "city";
  const weightings = ["none", "dossiers"].filter((w) => distinct(m.weighting).includes(w));
  const weighting = weightings.includes(state.weighting) ? state.weighting : "none";
  const series = measureSeries(scope, weighting);
  const chart = chartBox("chart-progress", t("page-chart-progress"));
  const value = (column, digits) => (s) => (digits ? number(m[column][s.last], 1) : amount(m[column][s.last]));
  const numeric = (key, column, digits) => ({ title: t(key), number: true, cell: value(column, digits) });
  host.replaceChildren(...heading("progress", "page-progress-note"),
    el("div", { class: "filters" },
      choice("scope", t("page-scope"), scopes.map((s) => [s, scopeTitle(s)]), scope, go),
      choice("weighting", t("page-weighting"), weightings.map((w) => [w, t(`page-weighting-${w}`)]), weighting, go)),
    chart, el("p", { class: "quiet" }, `${t("page-clipped")} ${t("forecast-same-yearly-pace")}.`),
    plainTable([
      { title: t("page-measure"), cell: (s) => t(`indicator-${s.measure}`) }, { title: t("page-to"), cell: (s) => strings[m.to[s.last]] },
      numeric("page-baseline", "baseline"), numeric("page-current", "current"), numeric("page-gross", "gross_pct", 1), numeric("page-net", "net_pct", 1),
      numeric("page-net-data", "net_with_data_pct", 1), numeric("page-share", "share_pct", 1), numeric("page-needed", "needed_pct", 1),
      { title: `${t("page-target")} (${t("page-target-year").toLowerCase()})`, number: true, cell: (s) => (m.target_pct[s.last] === null ? "" : `${amount(m.target_pct[s.last])} (${m.target_year[s.last]})`) },
      numeric("page-forecast", "forecast_pct", 1), { title: t("page-on-path"), cell: (s) => t(`page-path-${strings[m.on_path[s.last]]}`) },
    ], series));
  progressChart(chart, series);
}

function renderAudit(host) {
  const a = summary.audit;
  if (!a) return missing("audit", "page-none-audit");
  const chart = chartBox("chart-audit", t("page-chart-audit"));
  const c = views.claims;
  const checkTitle = (code) => (code ? `${title("checks", code)} (${code})` : t("page-no-check"));
  const lost = [{ name: t("page-claimed"), claims: a.claims, amount: a.claimed },
    ...a.lost.map((l) => ({ name: checkTitle(l.check), claims: l.claims, amount: l.lost ? -l.lost : null, open: l.open ? -l.open : null })),
    { name: t("page-accepted-amount"), claims: null, amount: a.accepted }];
  const why = (row) => el("details", {}, el("summary", {}, t(`verdict-${strings[c.verdict[row]]}`)),
    el("p", {}, strings[c.reason[row]]),
    facts([t("page-checks"), strings[c.checks[row]].split("; ").filter(Boolean).map(checkTitle).join("; ")],
      [t("page-evidence"), strings[c.evidence[row]] && el("span", { class: "lines" }, strings[c.evidence[row]])]));
  host.replaceChildren(...heading("audit", "page-audit-note"), chart,
    plainTable([
      { title: t("page-check"), cell: (l) => l.name }, { title: t("page-claims"), number: true, cell: (l) => number(l.claims) },
      { title: t("page-value"), number: true, cell: (l) => number(l.amount) }, { title: t("page-open"), number: true, cell: (l) => number(l.open) },
    ], lost),
    el("p", { class: "quiet" }, t("page-lost-note")), el("h3", {}, t("page-claims")),
    plainTable([
      { title: t("page-claim"), cell: (row) => strings[c.claim_id[row]] }, { title: t("page-code"), cell: (row) => strings[c.code[row]] },
      { title: t("page-procedure"), cell: (row) => strings[c.name[row]] }, { title: t("page-kind"), cell: (row) => strings[c.claimed_document[row]] },
      { title: t("page-claimed"), number: true, cell: (row) => number(c.claimed_amount[row]) },
      { title: t("page-accepted-amount"), number: true, cell: (row) => (c.accepted_amount[row] === null ? t("page-open") : number(c.accepted_amount[row])) },
      { title: t("page-verdict"), cell: why }, { title: t("page-place"), cell: (row) => place(c, row) },
    ], c.claim_id.map((_, row) => row)));
  waterfall(chart);
}

function renderDatabases(host) {
  const sources = [{ title: t("page-source"), cell: (s) => title("sources", s.source) },
    ...[["page-now", "replace_now"], ["page-when-connected", "replace_when_connected"], ["page-lapsed", "ground_lapsed"], ["page-already", "already"], ["page-keep", "keep"]]
      .map(([key, name]) => ({ title: t(key), number: true, cell: (s) => number(s[name]) }))];
  const bySource = [el("h3", {}, t("page-sheet-sources")), el("p", {}, t("page-sources-note")), plainTable(sources, summary.sources)];
  if (!rows.proposals) return host.replaceChildren(...heading("databases"), el("p", { class: "missing" }, t("page-none-proposals")), ...bySource);
  const chart = chartBox("chart-databases", t("page-chart-databases"));
  const link = (c) => el("button", { type: "button", class: "link", onclick: () => go({ view: "findings", source: c.source, q: "" }) }, title("sources", c.source));
  const numeric = (key, name) => ({ title: t(key), number: true, cell: (c) => number(c[name]) });
  host.replaceChildren(...heading("databases", "page-databases-note"), chart,
    plainTable([
      numeric("page-rank", "rank"), { title: t("page-source"), cell: link }, { title: t("page-connected"), cell: (c) => t(c.is_connected ? "page-yes" : "page-no") },
      numeric("page-coverage", "coverage_percent"), numeric("page-requests-freed", "requests_freed"), numeric("page-papers-freed", "papers_freed"),
      numeric("page-cumulative", "cumulative"), numeric("page-cost-saved", "cost_saved_vnd"),
    ], summary.connections), ...bySource);
  connectionCurve(chart);
}

function renderFields(host) {
  if (!views.cells.length) return missing("fields", "page-none-cells");
  const which = state.cells === "all" ? 1 : 0;
  const { fields, kinds } = fieldTotals(which);
  const chart = chartBox("chart-fields", t("page-chart-fields"));
  const shown = fields.length > fieldsShown() ? t("page-fields-shown", { shown: number(fieldsShown()), all: number(fields.length) }) : "";
  host.replaceChildren(...heading("fields", "page-fields-note"),
    el("div", { class: "filters" }, choice("cells", t("page-show"), [["", t("page-cells-replaceable")], ["all", t("page-cells-all")]], which ? "all" : "", go)),
    chart, el("p", { class: "quiet" }, shown),
    plainTable([
      { title: t("page-field"), cell: (f) => f.field || t("page-no-field") }, { title: t("page-total"), number: true, cell: (f) => number(f.total) },
      { title: t("page-kind"), cell: (f) => kinds.filter((k) => f.kinds.has(k)).map((k) => `${title("kinds", k)} ${number(f.kinds.get(k))}`).join("; ") },
    ], fields));
  heatMap(chart, which, (field, kind) => go({ view: "findings", field, kind, q: "" }));
}

/** By procedure: its requests that ask for results of others, each with its suppliers, the main one first. */
const chains = lazily(() => {
  const g = rows.graph;
  const found = new Map();
  g.procedure.forEach((procedure, row) => {
    if (procedure < 0 || g.supplier[row] < 0) return;
    const requests = found.get(procedure) ?? new Map();
    requests.set(g.request[row], [...(requests.get(g.request[row]) ?? []), row].sort((a, b) => g.main[b] - g.main[a]));
    found.set(procedure, requests);
  });
  return found;
});

/** What comes before a procedure along the main suppliers: nodes with their depth (the longest way), and edges. */
function before(start) {
  const depth = new Map([[start, 0]]), edges = new Set();
  const walk = (procedure, at, way) => {
    for (const list of (chains().get(procedure) ?? new Map()).values()) {
      const supplier = rows.graph.supplier[list[0]];
      if (way.includes(supplier)) continue;
      edges.add(`${supplier}/${procedure}`);
      if ((depth.get(supplier) ?? -1) < at + 1) {
        depth.set(supplier, at + 1);
        walk(supplier, at + 1, [...way, supplier]);
      }
    }
  };
  walk(start, 0, [start]);
  return { nodes: [...depth].map(([procedure, d]) => ({ procedure, depth: d })), edges: [...edges].map((e) => e.split("/").map(Number)) };
}

function supplierList(procedure, way, told) {
  const items = [...(chains().get(procedure) ?? new Map())].map(([request, list]) => {
    const [main, ...others] = list.map((row) => rows.graph.supplier[row]);
    const isKnown = told.has(main);
    told.add(main);
    const also = [...new Set(others)].filter((other) => other !== main);
    return el("li", {},
      el("p", { class: "words" }, request < 0 ? "" : strings[rows.requests.text[request]]),
      el("p", {}, `${t("page-from-procedure")} `, procedureLink(main), isKnown ? ` ${t("page-again")}` : "",
        ...also.slice(0, 5).flatMap((other) => [`; ${t("page-or")} `, procedureLink(other)]), also.length > 5 ? ` … (${number(also.length)})` : ""),
      isKnown || way.includes(main) ? null : supplierList(main, [...way, main], told));
  });
  return items.length ? el("ol", {}, ...items) : null;
}

const deepest = lazily(() => [...chains().keys()].map((procedure) => ({ procedure, ...before(procedure) })).sort((a, b) => b.nodes.length - a.nodes.length || a.procedure - b.procedure));

function renderGraph(host) {
  if (!chains().size) return missing("graph", "page-none-graph");
  const id = (procedure) => strings[rows.procedures.procedure_id[procedure]];
  const chosen = deepest().find((c) => id(c.procedure) === state.procedure) ?? deepest()[0];
  const chart = chartBox("chart-graph", t("page-chart-graph"));
  const longest = Math.max(...chosen.nodes.map((n) => n.depth));
  host.replaceChildren(...heading("graph", "page-graph-note"),
    el("div", { class: "filters" }, choice("procedure", t("page-choose"), deepest().map((c) => [id(c.procedure), `${procedureName(c.procedure)} (${c.nodes.length - 1})`]), id(chosen.procedure), go)),
    el("p", {}, el("strong", {}, `${number(chosen.nodes.length - 1)} ${t("page-before")}. `), t("page-chain-longest", { depth: number(longest) })),
    chart, supplierList(chosen.procedure, [chosen.procedure], new Set()));
  graphChart(chart, chosen.nodes, chosen.edges);
}

const RENDER = {
  overview: renderOverview, progress: renderProgress, audit: renderAudit, databases: renderDatabases, fields: renderFields, graph: renderGraph,
  findings: (host) => findingList().render(host), procedures: (host) => procedureList().render(host),
};

function renderTabs(all) {
  const tab = (view) => el("button", {
    type: "button", role: "tab", id: `tab-${view}`, "aria-controls": `view-${view}`, "aria-selected": String(!all && view === state.view),
    tabindex: view === state.view ? "0" : "-1", onclick: () => go({ view, all: "", sort: "" }),
  }, t(`page-view-${view}`));
  byId("tabs").replaceChildren(...VIEWS.map(tab));
}

function render() {
  const all = state.all === "1";
  document.documentElement.lang = state.lang;
  document.title = t("page-title");
  document.body.classList.toggle("all", all);
  document.body.classList.toggle("printing", all);
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll("[data-title]")) element.title = t(element.dataset.title);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", t(element.dataset.label));
  if (all) byId("print").textContent = t("page-back");
  byId("facts").textContent = `${t("page-as-of")} ${day(summary.as_of)} · ${summary.tool} · ${t("page-rules")} ${summary.rules.slice(0, 12)} · ${summary.catalogs.map((c) => c.name).join(", ")}`;
  renderTabs(all);
  for (const view of VIEWS) {
    const host = byId(`view-${view}`);
    host.hidden = !all && view !== state.view;
    host.setAttribute("aria-labelledby", `tab-${view}`);
    if (host.hidden) host.replaceChildren();
    else RENDER[view](host);
  }
  if (!all) openNamed();
}

/** Opens the finding or procedure that the address names. */
function openNamed() {
  const find = (column, id) => column.findIndex((text) => strings[text] === id);
  const finding = state.finding ? find(rows.findings.finding_id, state.finding) : -1;
  const procedure = state.code ? find(rows.procedures.procedure_id, state.code) : -1;
  if (finding >= 0) findingDetail(finding);
  else if (procedure >= 0) procedureDetail(procedure);
  else byId("detail").hidden = true;
}

function tabKey(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  go({ view: VIEWS[(VIEWS.indexOf(state.view) + step + VIEWS.length) % VIEWS.length], all: "", sort: "" });
  byId(`tab-${state.view}`).focus();
}

/** Everything below one another with tables cut, ready to be printed; and back. */
function printAll() {
  const all = state.all === "1" ? "" : "1";
  go({ all, finding: "", code: "" });
  if (all) window.print();
}

/** A single view is printed with the first rows of its table and its charts as wide as the paper. */
function forPrint(isPrint) {
  if (state.all === "1") return;
  document.body.classList.toggle("printing", isPrint);
  if (state.view === "findings") findingList().grid.draw(true);
  else if (state.view === "procedures") procedureList().grid.draw(true);
  else RENDER[state.view](byId(`view-${state.view}`));
}

/** The library of the charts has come: views with charts are drawn again. */
function chartsReady() {
  if (state.all === "1" || !["findings", "procedures"].includes(state.view)) render();
}

byId("tabs").addEventListener("keydown", tabKey);
byId("language").addEventListener("click", () => go({ lang: language() ? "vi" : "en" }));
byId("print").addEventListener("click", printAll);
byId("skip").addEventListener("click", (event) => { event.preventDefault(); byId("content").focus(); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !byId("detail").hidden) closeDetail(); });
window.addEventListener("hashchange", () => { readState(); render(); });
window.addEventListener("beforeprint", () => forPrint(true));
window.addEventListener("afterprint", () => forPrint(false));
let resized = 0;
window.addEventListener("resize", () => { clearTimeout(resized); resized = setTimeout(() => { if (!document.body.classList.contains("printing")) render(); }, 200); });
readState();
render();
