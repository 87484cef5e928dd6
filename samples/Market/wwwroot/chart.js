// One stock on the page: its price, its change, and a line of the last minute.

export const POINTS = 240;
const SPAN = 60_000;

const money = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const percent = new Intl.NumberFormat(undefined, { style: "percent", minimumFractionDigits: 2, signDisplay: "exceptZero" });
const words = cents => money.format(cents / 100);

export class Chart {
  #stock;
  #points = [];
  #parts = {};

  constructor(stock, template) {
    this.#stock = stock;
    this.element = template.content.cloneNode(true).querySelector("article");
    for (const name of ["symbol", "name", "price", "change", "chart", "area", "opening", "line", "high", "low", "base"])
      this.#parts[name] = this.element.querySelector(`.${name}`);
    this.#parts.symbol.textContent = stock.symbol;
    this.#parts.name.textContent = stock.name;
    this.#parts.base.textContent = `opened at ${words(stock.opening)}`; // the dashed line
    this.#draw([{ price: stock.price, at: Date.now() }]);
  }

  // Keeps quotes that are newer than the history: they came while it was on its way.
  setHistory(points) {
    const past = points.map(timed);
    const end = past.at(-1)?.at ?? 0;
    this.#points = [...past, ...this.#points.filter(({ at }) => at > end)];
    this.#draw();
  }

  add(quote) {
    this.#points.push(timed(quote));
    this.#draw();
  }

  #draw(points = this.#points) {
    const { price, at: now } = points.at(-1);
    const from = now - SPAN;
    while (points[1]?.at <= from) points.shift(); // keep the price with which the minute began

    const { opening } = this.#stock;
    const prices = points.map(point => point.price);
    const high = Math.max(...prices, opening);
    const low = Math.min(...prices, opening);
    const margin = Math.max(1, (high - low) * 0.08);
    const x = at => Math.max(0, (at - from) / SPAN * 100).toFixed(2);
    const y = value => (100 - (value - low + margin) / (high - low + 2 * margin) * 100).toFixed(2);

    // A price holds until the next trade: steps, not slopes.
    const [first, ...rest] = points;
    const line = `M${x(first.at)},${y(first.price)}` + rest.map(point => `H${x(point.at)}V${y(point.price)}`).join("");
    const { chart, area, line: path, opening: base } = this.#parts;
    path.setAttribute("d", line);
    area.setAttribute("d", `${line}V100H${x(first.at)}Z`);
    base.setAttribute("y1", y(opening));
    base.setAttribute("y2", y(opening));

    const change = (price - opening) / opening;
    this.element.dataset.trend = Math.sign(change);
    this.#parts.price.querySelector("data").value = price;
    this.#parts.price.querySelector("data").textContent = words(price);
    this.#parts.change.textContent = `${change < 0 ? "▼" : "▲"} ${percent.format(change)}`;
    this.#parts.high.textContent = words(high);
    this.#parts.low.textContent = words(low);
    chart.setAttribute("aria-label", `${this.#stock.name} in the last minute: between ${words(low)} and ${words(high)}, now ${words(price)}, opened at ${words(opening)}`);
  }
}

const timed = ({ price, at }) => ({ price, at: Date.parse(at) });
