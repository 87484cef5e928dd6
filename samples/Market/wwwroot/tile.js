// One meter on the page: its latest value, and a line of the last minute.

export class Tile {
  #meter;
  #parts = {};

  // meter: { title, tone, of: snapshot => value, words: value => [text, unit], note?: snapshot => text, top?: the least height }
  constructor(meter, template) {
    this.#meter = meter;
    this.element = template.content.cloneNode(true).querySelector("article");
    this.element.dataset.tone = meter.tone;
    for (const name of ["h2", "data", ".unit", ".note", "svg", ".line", ".area", ".dot"])
      this.#parts[name.replace(".", "")] = this.element.querySelector(name);
    this.#parts.h2.textContent = meter.title;
    this.#parts.data.textContent = "–";
  }

  show(snapshots, length) {
    const { title, of, words, note, top = 1e-6 } = this.#meter;
    const first = length - snapshots.length;
    const points = snapshots.map((snapshot, i) => ({ x: first + i, value: of(snapshot), snapshot })).filter(({ value }) => value !== undefined);
    const latest = points.at(-1);
    if (!latest) return;

    const [text, unit] = words(latest.value);
    this.#parts.data.value = latest.value;
    this.#parts.data.textContent = text;
    this.#parts.unit.textContent = unit;
    const most = Math.max(...points.map(({ value }) => value));
    this.#parts.note.textContent = note?.(latest.snapshot) ?? `at most ${words(most).join(" ").trim()}`;
    this.element.classList.toggle("calm", most === 0);
    this.#draw(points, Math.max(most, top));
    this.#parts.svg.setAttribute("aria-label", `${title} in the last minute: now ${text} ${unit}, at most ${words(most).join(" ")}`);
  }

  #draw(points, high) {
    const y = value => (98 - value / high * 90).toFixed(2);
    const { line, area, dot } = this.#parts;
    const runs = points.reduce((runs, point) => {
      if (point.x - 1 === runs.at(-1)?.at(-1).x) runs.at(-1).push(point);
      else runs.push([point]); // there was no value in between
      return runs;
    }, []);
    const path = run => `M${run[0].x},${y(run[0].value)}h0` + run.map(({ x, value }) => `L${x},${y(value)}`).join("");
    const { x, value } = points.at(-1);
    line.setAttribute("d", runs.map(path).join(""));
    area.setAttribute("d", runs.map(run => `${path(run)}V100H${run[0].x}Z`).join(""));
    dot.hidden = false;
    dot.style.left = `${x / 59 * 100}%`;
    dot.style.top = `${y(value)}%`;
  }
}
