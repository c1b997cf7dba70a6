"use strict";
// A table of any length: only the rows in sight are in the document. Rows have one height; the words are cut, never the data.

const ROW_HEIGHT = 46;
/** Rows on paper: fewer where everything is printed. */
const printedRows = () => (document.body.classList.contains("all") ? 40 : 200);

class Grid {
  /** Columns: { key, title, width, text(row), sort(row)?, number? }; `open(row)` is called on Enter and on a click. */
  constructor(host, label, columns, open) {
    this.columns = columns;
    this.open = open;
    this.list = [];
    this.at = 0;
    this.head = el("div", { class: "grid-row grid-head", role: "row" });
    this.spacer = el("div", { class: "grid-spacer", role: "rowgroup" });
    this.box = el("div", { class: "grid-box", tabindex: "0", role: "grid", "aria-label": label }, this.head, this.spacer);
    this.printed = el("p", { class: "printed" });
    host.replaceChildren(el("div", { class: "grid", style: `--columns: ${columns.map((c) => c.width).join(" ")}` }, this.box), this.printed);
    this.box.addEventListener("scroll", () => this.draw());
    this.box.addEventListener("keydown", (event) => this.key(event));
  }

  /** Shows rows in the order given. */
  show(list, sort, change) {
    this.list = list;
    this.at = Math.min(this.at, Math.max(list.length - 1, 0));
    this.heads(sort, change);
    this.box.setAttribute("aria-rowcount", list.length + 1);
    this.box.scrollTop = 0;
    this.at = 0;
    this.draw(true);
  }

  heads(sort, change) {
    const cells = this.columns.map((column) => {
      const direction = sort === column.key ? "ascending" : sort === `-${column.key}` ? "descending" : "none";
      const next = direction === "ascending" ? `-${column.key}` : column.key;
      const mark = { ascending: " ▲", descending: " ▼", none: "" }[direction];
      const button = el("button", { type: "button", onclick: () => change({ sort: next }) }, column.title + mark);
      return el("div", { role: "columnheader", "aria-sort": direction, class: column.number ? "n" : null }, button);
    });
    this.head.replaceChildren(...cells);
  }

  draw(fresh) {
    const isPrint = document.body.classList.contains("printing");
    const height = this.box.clientHeight || 600;
    const first = isPrint ? 0 : Math.max(0, Math.floor(this.box.scrollTop / ROW_HEIGHT) - 5);
    const last = isPrint ? Math.min(this.list.length, printedRows()) : Math.min(this.list.length, first + Math.ceil(height / ROW_HEIGHT) + 10);
    if (!fresh && first === this.first && last === this.last) return;
    [this.first, this.last] = [first, last];
    this.spacer.style.height = isPrint ? "auto" : `${this.list.length * ROW_HEIGHT}px`;
    const drawn = [];
    for (let at = first; at < last; at++) drawn.push(this.row(at, isPrint));
    if (!this.list.length) drawn.push(el("p", { class: "none" }, t("page-none-found")));
    this.spacer.replaceChildren(...drawn);
    this.box.setAttribute("aria-activedescendant", this.rowId(this.at));
    const cut = isPrint && this.list.length > printedRows();
    this.printed.textContent = cut ? t("page-printed", { shown: number(printedRows()), all: number(this.list.length) }) : "";
  }

  rowId(at) {
    return `${this.box.parentElement.parentElement.id}-row-${at}`;
  }

  row(at, isPrint) {
    const row = this.list[at];
    const cells = this.columns.map((column) =>
      el("div", { role: "gridcell", class: column.number ? "n" : null }, el("span", {}, column.text(row))));
    return el("div", {
      id: this.rowId(at), class: at === this.at ? "grid-row chosen" : "grid-row", role: "row", "aria-rowindex": at + 2,
      style: isPrint ? null : `top: ${at * ROW_HEIGHT}px`,
      onclick: () => { this.choose(at); this.open(row); },
    }, ...cells);
  }

  /** Moves the chosen row and keeps it in sight. */
  choose(at) {
    this.at = Math.max(0, Math.min(at, this.list.length - 1));
    const top = this.at * ROW_HEIGHT;
    const height = this.box.clientHeight - this.head.offsetHeight;
    if (top < this.box.scrollTop) this.box.scrollTop = top;
    else if (top + ROW_HEIGHT > this.box.scrollTop + height) this.box.scrollTop = top + ROW_HEIGHT - height;
    this.draw(true);
  }

  key(event) {
    const page = Math.max(1, Math.floor(this.box.clientHeight / ROW_HEIGHT) - 1);
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key === "Enter" && this.list.length) this.open(this.list[this.at]);
    else if (event.key in moves) this.choose(this.at + moves[event.key]);
    else return;
    event.preventDefault();
  }
}
