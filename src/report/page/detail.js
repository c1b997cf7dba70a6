"use strict";
// The panel at the side: everything about one finding or one procedure.

let opener = null;

function openDetail(heading, ...content) {
  const panel = byId("detail");
  if (panel.hidden) opener = document.activeElement;
  const close = el("button", { type: "button", class: "close", onclick: closeDetail }, t("page-close"));
  panel.replaceChildren(el("div", { class: "detail-head" }, el("h2", { id: "detail-title" }, heading), close), ...content.filter(Boolean));
  panel.hidden = false;
  panel.scrollTop = 0;
  panel.focus({ preventScroll: true });
}

function closeDetail() {
  byId("detail").hidden = true;
  writeState({ finding: "", code: "" });
  opener?.focus({ preventScroll: true });
}

/** A text with spans marked. Spans count characters, half-open; the strong one wins where two overlap. */
function marked(text, spans) {
  const characters = Array.from(text);
  const kept = [];
  for (const span of [...spans].sort((a, b) => Number(Boolean(b.strong)) - Number(Boolean(a.strong)) || a.start - b.start)) {
    const isFree = kept.every((other) => span.end <= other.start || span.start >= other.end);
    if (span.end > span.start && isFree) kept.push(span);
  }
  const parts = [];
  let from = 0;
  for (const span of kept.sort((a, b) => a.start - b.start)) {
    parts.push(characters.slice(from, span.start).join(""));
    parts.push(el("mark", { class: span.strong ? "strong" : null, title: span.title }, characters.slice(span.start, span.end).join("")));
    from = span.end;
  }
  parts.push(characters.slice(from).join(""));
  return el("p", { class: "words" }, ...parts);
}

/** Spans of the papers that a request names. */
function paperSpans(request) {
  const a = rows.assessments;
  return (assessmentsOf().get(request) ?? []).map((row) => ({
    start: a.span_start[row], end: a.span_end[row], row,
    title: `${title("kinds", strings[a.kind[row]])}: ${t(`verdict-${strings[a.verdict[row]]}`)}`,
  }));
}

/** The span of the words a finding quotes: that of its paper, else the first place where they stand. */
function quoteSpan(text, quote, spans) {
  const own = spans.find((span) => Array.from(text).slice(span.start, span.end).join("") === quote);
  if (own) return { ...own, strong: true };
  const at = quote ? text.indexOf(quote) : -1;
  if (at < 0) return null;
  const start = Array.from(text.slice(0, at)).length;
  return { start, end: start + Array.from(quote).length, strong: true };
}

const facts = (...pairs) =>
  el("dl", {}, ...pairs.filter(([, value]) => value).flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));

function findingDetail(finding) {
  const f = rows.findings;
  const id = strings[f.finding_id[finding]];
  const item = strings[f.item[finding]];
  const table = { request: rows.requests, step: rows.steps }[item];
  const row = f.row[finding];
  const procedure = f.procedure[finding];
  const quote = strings[f.quote[finding]];
  const text = row < 0 ? quote : table ? strings[table.text[row]] : strings[rows.procedures.name[row]];
  const spans = item === "request" && row >= 0 ? paperSpans(row) : [];
  const own = quoteSpan(text, quote, spans);
  const rule = strings[f.rule[finding]];
  const related = strings[f.related[finding]];
  const left = strings[f.suppressed_reason[finding]];
  writeState({ finding: id, code: "" });
  openDetail(title("rules", rule),
    el("p", {}, strings[(language() ? f.message_en : f.message)[finding]]),
    left ? el("p", { class: "quiet" }, `${t("page-suppressed-why")} ${left}`) : null,
    el("h3", {}, t("page-row")),
    marked(text, own ? [own, ...spans] : spans),
    own || !quote ? null : el("p", { class: "words" }, el("mark", { class: "strong" }, quote)),
    facts(
      [t("page-place"), table && row >= 0 ? place(table, row) : strings[f.source_file[finding]]],
      [t("page-procedure"), procedure < 0 ? "" : procedureLink(procedure)],
      [t("page-agency"), procedure < 0 ? "" : strings[rows.procedures.agency[procedure]]],
      [t("page-rule"), `${rule} · ${labels.explanations[rule]?.[language()] ?? ""}`],
      [t("page-certainty"), t(`certainty-${strings[f.certainty[finding]]}`)],
      [t("page-ground"), strings[f.ground[finding]] || t("page-no-ground")],
      [t("page-source"), strings[f.source[finding]] && title("sources", strings[f.source[finding]])],
      [t("page-kind"), strings[f.kind[finding]] && title("kinds", strings[f.kind[finding]])],
      [t("page-readiness"), readinessOf(spans, quote, text)],
      [t("page-related"), related && relatedList(related)],
      [t("page-finding"), id]),
    ...proposalParts(proposalOf().get(f.finding_id[finding])));
}

function readinessOf(spans, quote, text) {
  const own = spans.find((span) => Array.from(text).slice(span.start, span.end).join("") === quote);
  const readiness = own && strings[rows.assessments.readiness[own.row]];
  return readiness && t(`readiness-${readiness}`);
}

/** Other rows, requests or procedures that a finding rests on; a long list is cut, its length is said. */
function relatedList(related) {
  const ids = related.split("; ");
  return ids.slice(0, 30).join("; ") + (ids.length > 30 ? ` … (${number(ids.length)})` : "");
}

function proposalParts(proposal) {
  if (proposal === undefined) return [el("h3", {}, t("page-proposal")), el("p", { class: "quiet" }, t("page-no-proposal"))];
  const p = rows.proposals;
  const text = (column) => strings[p[language() ? `${column}_en` : column][proposal]];
  const decision = strings[p.decision[proposal]];
  const by = strings[p.decided_by[proposal]];
  const covered = strings[p.covered_by[proposal]];
  return [
    el("h3", {}, `${t("page-proposal")} ${strings[p.proposal_id[proposal]]}`),
    el("p", {}, text("content")),
    covered ? el("p", { class: "quiet" }, t("page-covered", { id: covered })) : null,
    facts(
      [t("page-competence"), t(`competence-${strings[p.competence[proposal]]}`)],
      [t("page-execution"), text("execution")],
      [t("page-cost-saved"), number(p.cost_saved_vnd[proposal])],
      [t("page-decision"), [decision ? title("decisions", decision) : t("page-undecided"), by && t("page-by", { who: by }), strings[p.note[proposal]]].filter(Boolean).join(" · ")]),
  ];
}

const procedureName = (procedure) =>
  `${strings[rows.procedures.code[procedure]] || strings[rows.procedures.procedure_id[procedure]]} · ${strings[rows.procedures.name[procedure]]}`;

const procedureLink = (procedure) =>
  el("button", { type: "button", class: "link", onclick: () => procedureDetail(procedure) }, procedureName(procedure));

function procedureDetail(procedure) {
  const p = rows.procedures;
  const id = strings[p.procedure_id[procedure]];
  const requests = requestsOf().get(procedure) ?? [];
  const steps = stepsOf().get(procedure) ?? [];
  const findings = findingsOf().get(procedure) ?? [];
  writeState({ code: id, finding: "" });
  let last = "";
  const request = (row) => {
    const name = strings[rows.requests.case_title[row]];
    const heading = name !== last ? el("p", { class: "quiet" }, `${t("page-other-case")}: ${name}`) : null;
    last = name;
    return el("li", {}, heading, marked(strings[rows.requests.text[row]], paperSpans(row)));
  };
  openDetail(procedureName(procedure),
    facts([t("page-field"), strings[p.field[procedure]]], [t("page-agency"), strings[p.agency[procedure]]], [t("page-place"), place(p, procedure)]),
    el("p", { class: "actions" },
      el("button", { type: "button", onclick: () => go({ view: "findings", q: id, code: "" }) }, `${t("page-open-findings")} (${number(findings.length)})`),
      chains().has(procedure) ? el("button", { type: "button", onclick: () => go({ view: "graph", procedure: id, code: "" }) }, t("page-open-graph")) : null),
    el("h3", {}, `${t("page-requests")} (${number(requests.length)})`), el("ol", {}, ...requests.map(request)),
    el("h3", {}, `${t("page-steps")} (${number(steps.length)})`),
    el("ol", {}, ...steps.map((row) => el("li", {}, el("p", { class: "words" }, strings[rows.steps.text[row]])))));
}
