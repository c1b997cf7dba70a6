"use strict";
// Charts, drawn by Plotly. Each has a table or list beside it that says the same in words.

const COLOURS = { path: "#6b7785", net: "#0b5cad", data: "#b35c00", good: "#1d7a46", bad: "#b3261e", ink: "#1c2430" };
const FONT = '"Be Vietnam Pro", "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", Arial, sans-serif';

/** A text for a chart, in which "<" would begin a tag; broken into lines of a length. */
function chartText(text, width = 40) {
  const lines = [""];
  for (const word of text.split(" ")) {
    if (lines.at(-1) && lines.at(-1).length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] += (lines.at(-1) ? " " : "") + word;
  }
  return lines.map((line) => line.replace(/&/g, "&amp;").replace(/</g, "&lt;")).join("<br>");
}

const isPaper = () => document.body.classList.contains("printing");

/** As wide as its place; on paper as wide as A4 across. */
const widthOf = (host) => Math.min(host.clientWidth || 1000, isPaper() ? 1000 : 1600);

/** Draws a chart into an element, once the library is there. */
function draw(host, traces, layout) {
  if (typeof Plotly === "undefined") return;
  const common = {
    font: { family: FONT, size: 13, color: COLOURS.ink }, separators: language() ? ".," : ",.", paper_bgcolor: "#fff", plot_bgcolor: "#fff",
    margin: { l: 60, r: 20, t: 40, b: 50 }, width: widthOf(host),
  };
  const config = { displaylogo: false, modeBarButtons: [["toImage"]], displayModeBar: "hover" };
  Plotly.react(host, traces, { ...common, ...layout }, config);
}

const chartBox = (id, label) => el("div", { id, class: "chart", role: "img", "aria-label": label });

/** A title up to its first comma, for places where there is room for no more. */
const brief = (text) => text.split(",")[0];

const yearOf = (name) => Number(/\d{4}/.exec(name)?.[0] ?? NaN);

/** The measures of a scope and way of counting, each with its rows from the oldest catalogue on. */
function measureSeries(scope, weighting) {
  const m = views.measures;
  const base = summary.catalogs[0].name;
  const series = new Map();
  m.measure.forEach((measure, row) => {
    const is = (column, text) => strings[m[column][row]] === text;
    if (!is("scope", scope) || !is("weighting", weighting) || !is("from", base)) return;
    series.set(measure, [...(series.get(measure) ?? []), row]);
  });
  return [...series].map(([measure, list]) => ({ measure: strings[measure], list, last: list.at(-1) }));
}

function progressChart(host, series) {
  const m = views.measures;
  const base = yearOf(summary.catalogs[0].name);
  const [COLUMNS, BOX] = isPaper() ? [4, 128] : [3, 190], GAP = 0.05;
  const lines = Math.max(1, Math.ceil(series.length / COLUMNS));
  const height = lines * BOX + 70;
  const traces = [], layout = { height, annotations: [], legend: { orientation: "h", y: 1, yanchor: "bottom", x: 0 }, margin: { l: 45, r: 15, t: 60, b: 30 } };
  series.forEach(({ measure, list, last }, at) => {
    const axis = at ? at + 1 : "";
    const column = at % COLUMNS, line = Math.floor(at / COLUMNS);
    const wide = (1 - GAP * (COLUMNS - 1)) / COLUMNS;
    const top = 1 - line / lines, low = top - 1 / lines;
    const x0 = column * (wide + GAP);
    layout[`xaxis${axis}`] = { domain: [x0, x0 + wide], anchor: `y${axis}`, dtick: isPaper() ? 5 : 2, tickformat: "d", range: [base - 0.5, Math.max(2030, m.target_year[last] ?? 0) + 0.7], gridcolor: "#e6eaef" };
    layout[`yaxis${axis}`] = { domain: [low + 0.2 / lines, top - 0.24 / lines], anchor: `x${axis}`, range: [-40, 110], tickvals: [-40, 0, 40, 80], ticksuffix: " %", gridcolor: "#e6eaef", zerolinecolor: "#8a96a3" };
    layout.annotations.push({ text: `<b>${chartText(t(`indicator-${measure}`), isPaper() ? 34 : 46)}</b>`, x: x0, y: top - 0.02 / lines, xref: "paper", yref: "paper", xanchor: "left", yanchor: "top", showarrow: false, align: "left", font: { size: isPaper() ? 10 : 12 } });
    const isShare = m.share_pct[last] !== null;
    const trace = (key, x, y, style) => traces.push({
      type: "scatter", xaxis: `x${axis}`, yaxis: `y${axis}`, x, y, name: t(`page-series-${key}`), legendgroup: key, showlegend: !traces.some((other) => other.legendgroup === key), hovertemplate: "%{x}: %{y:.1f} %<extra></extra>", ...style,
    });
    const target = m.target_pct[last], due = m.target_year[last];
    const years = list.map((row) => yearOf(strings[m.to[row]]));
    if (target !== null && due !== null) {
      const [x, y] = isShare ? [[base, Math.max(due, ...years)], [target, target]] : [[base, due], [0, target]];
      trace("path", x, y, { mode: "lines", line: { color: COLOURS.path, dash: "dash", width: 2 } });
    }
    if (isShare) trace("net", years, list.map((row) => m.share_pct[row]), { mode: "lines+markers", line: { color: COLOURS.net, width: 3 } });
    else {
      const withData = list.map((row) => m.net_with_data_pct[row]), net = list.map((row) => m.net_pct[row]);
      if (withData.some((value, n) => value !== net[n])) trace("data", [base, ...years], [0, ...withData], { mode: "lines+markers", line: { color: COLOURS.data, width: 2, dash: "dot" } });
      trace("net", [base, ...years], [0, ...net], { mode: "lines+markers", line: { color: COLOURS.net, width: 3 } });
      if (m.forecast_pct[last] !== null) trace("forecast", [due], [m.forecast_pct[last]], { mode: "markers", marker: { color: COLOURS.path, size: 9, symbol: "circle-open" } });
    }
  });
  draw(host, traces, layout);
}

function waterfall(host) {
  const a = summary.audit;
  const checks = a.lost.map((l) => [chartText((l.check ? title("checks", l.check) : t("page-no-check")) + (l.open ? ` (${t("page-open").toLowerCase()})` : ""), 34), -(l.lost + l.open)]);
  const x = [t("page-claimed"), ...checks.map((c) => c[0]), t("page-accepted-amount")];
  const y = [a.claimed, ...checks.map((c) => c[1]), a.accepted];
  draw(host, [{
    type: "waterfall", x: x.map((_, at) => at), y, measure: ["absolute", ...checks.map(() => "relative"), "total"], text: y.map((value) => number(value)), textposition: "outside", cliponaxis: false,
    decreasing: { marker: { color: COLOURS.bad } }, totals: { marker: { color: COLOURS.net } }, increasing: { marker: { color: COLOURS.good } }, connector: { line: { color: "#8a96a3", width: 1 } }, hovertemplate: "%{text}<extra></extra>",
  }], { height: 460, showlegend: false, xaxis: { tickvals: x.map((_, at) => at), ticktext: x, tickangle: x.length > 9 ? -50 : 0, automargin: true }, yaxis: { rangemode: "tozero", gridcolor: "#e6eaef" }, margin: { l: 60, r: 20, t: 30, b: 120 } });
}

/** The value that the order of connection sums up: papers a year where known, else rows. */
const cumulativeKey = () => (summary.connections.some((c) => c.papers_freed !== null && c.papers_freed !== undefined) ? "papers" : "rows");

function connectionCurve(host) {
  const list = summary.connections;
  const x = list.map((c) => c.rank), key = cumulativeKey();
  const state = (c) => (c.is_connected ? COLOURS.good : COLOURS.data);
  draw(host, [
    { type: "bar", x, y: list.map((c) => (key === "papers" ? c.papers_freed : c.requests_freed)), name: t(key === "papers" ? "page-papers-freed" : "page-requests-freed"), marker: { color: list.map(state) }, hovertemplate: "%{y:,}<extra></extra>" },
    { type: "scatter", mode: "lines+markers", x, y: list.map((c) => c.cumulative), name: t(`page-cumulative-${key}`), line: { color: COLOURS.net, width: 3 }, hovertemplate: "%{y:,}<extra></extra>" },
  ], {
    height: 460, legend: { orientation: "h", y: 1.02, yanchor: "bottom", x: 0 }, margin: { l: 80, r: 20, t: 40, b: 150 },
    xaxis: { tickvals: x, ticktext: list.map((c) => chartText(title("sources", c.source), 22)), tickangle: list.length > 7 ? -40 : 0, automargin: true }, yaxis: { rangemode: "tozero", tickformat: ",", gridcolor: "#e6eaef" },
  });
}

/** Fields in the heat map: as many as a page holds. */
const fieldsShown = () => (isPaper() ? 18 : 30);

/** One line of a length; what is cut is in the table below. */
const shorten = (text, length) => chartText(text.length > length ? `${text.slice(0, length - 1)}…` : text, Infinity);

/** Fields with their counts by kind; `which` is 0 for replaceable papers, 1 for all. The largest first. */
function fieldTotals(which) {
  const fields = new Map(), kinds = new Map();
  for (const [field, kind, ...counts] of views.cells) {
    const count = counts[which];
    if (!count) continue;
    const own = fields.get(field) ?? { field, total: 0, kinds: new Map() };
    own.total += count;
    own.kinds.set(kind, count);
    fields.set(field, own);
    kinds.set(kind, (kinds.get(kind) ?? 0) + count);
  }
  const bySize = (a, b) => b[1] - a[1];
  return { fields: [...fields.values()].sort((a, b) => b.total - a.total), kinds: [...kinds].sort(bySize).map((k) => k[0]) };
}

function heatMap(host, which, click) {
  const { fields, kinds } = fieldTotals(which);
  const shown = fields.slice(0, fieldsShown());
  const z = shown.map((f) => kinds.map((k) => f.kinds.get(k) ?? null));
  draw(host, [{
    type: "heatmap", z, x: kinds.map((_, at) => at), y: shown.map((_, at) => at), text: z.map((line) => line.map((value) => number(value))), texttemplate: "%{text}", hovertemplate: "%{customdata}: %{text}<extra></extra>",
    customdata: shown.map((f) => kinds.map((k) => chartText(`${f.field || t("page-no-field")} – ${title("kinds", k)}`, 60))), colorscale: [[0, "#eaf2fb"], [1, "#0b5cad"]], xgap: 2, ygap: 2, showscale: false,
  }], {
    height: 190 + shown.length * 24, margin: { l: 60, r: 130, t: 170, b: 10 },
    xaxis: { side: "top", tickvals: kinds.map((_, at) => at), ticktext: kinds.map((k) => shorten(brief(title("kinds", k)), 27)), tickangle: -50, showgrid: false, zeroline: false },
    yaxis: { autorange: "reversed", tickvals: shown.map((_, at) => at), ticktext: shown.map((f) => shorten(f.field || t("page-no-field"), 48)), showgrid: false, zeroline: false, automargin: true },
  });
  host.removeAllListeners?.("plotly_click");
  host.on?.("plotly_click", (event) => click(shown[event.points[0].pointIndex[0]].field, kinds[event.points[0].pointIndex[1]]));
}

/** Boxes and arrows: the chosen procedure at the right, what comes before at its left. */
function graphChart(host, nodes, edges) {
  const depth = Math.max(...nodes.map((n) => n.depth));
  const layers = Array.from({ length: depth + 1 }, (_, at) => nodes.filter((n) => n.depth === at));
  const tallest = Math.max(...layers.map((l) => l.length));
  const spot = new Map();
  layers.forEach((layer, at) => layer.forEach((node, n) => spot.set(node.procedure, [-at, (tallest - layer.length) / 2 + n])));
  // arrows lie below the boxes and end at the left side of one
  const half = (125 * (Math.max(depth, 2) + 1)) / (widthOf(host) - 20);
  const arrows = edges.map(([from, to]) => {
    const [x, y] = spot.get(to), [ax, ay] = spot.get(from);
    return { x: x - half, y, ax, ay, xref: "x", yref: "y", axref: "x", ayref: "y", showarrow: true, arrowhead: 2, arrowwidth: 1.5, arrowcolor: COLOURS.path, text: "" };
  });
  const boxes = nodes.map((node) => {
    const [x, y] = spot.get(node.procedure);
    return { x, y, text: chartText(procedureName(node.procedure), 34), showarrow: false, bgcolor: node.depth ? "#eaf2fb" : "#fff4d6", bordercolor: COLOURS.net, borderpad: 5, font: { size: 12 }, align: "left" };
  });
  draw(host, [{ type: "scatter", mode: "markers", x: [...spot.values()].map((s) => s[0]), y: [...spot.values()].map((s) => s[1]), marker: { opacity: 0 }, hoverinfo: "skip" }], {
    height: 120 + tallest * 90, annotations: [...arrows, ...boxes], showlegend: false, margin: { l: 10, r: 10, t: 10, b: 10 },
    xaxis: { visible: false, range: [-Math.max(depth, 2) - 0.5, 0.5] }, yaxis: { visible: false, range: [tallest - 0.4, -0.6] },
  });
}
