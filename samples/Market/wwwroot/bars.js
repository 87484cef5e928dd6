// Counts by name, as bars: the most frequent first.

import { number } from "./units.js";

export class Bars {
  #bar;
  #list;
  #none;

  constructor(title, none, tone, template, bar) {
    this.element = template.content.cloneNode(true).querySelector("section");
    this.element.dataset.tone = tone;
    this.element.querySelector("h2").textContent = title;
    this.#none = this.element.querySelector(".none");
    this.#none.textContent = none;
    this.#list = this.element.querySelector("ol");
    this.#bar = bar;
  }

  show(counts) {
    const entries = Object.entries(counts).sort(([, one], [, other]) => other - one);
    this.#none.hidden = entries.length > 0;
    while (this.#list.children.length < entries.length) this.#list.append(this.#bar.content.cloneNode(true));
    while (this.#list.children.length > entries.length) this.#list.lastElementChild.remove();
    entries.forEach(([name, count], i) => this.#fill(this.#list.children[i], name, count, entries[0][1]));
  }

  #fill(item, name, count, most) {
    item.querySelector(".name").textContent = name.replaceAll("_", " ");
    item.querySelector("i").style.width = `${count / most * 100}%`;
    item.querySelector("data").value = count;
    item.querySelector("data").textContent = number(count)[0];
  }
}
