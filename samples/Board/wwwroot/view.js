// Shows the columns. Elements stay the same from one rendering to the next, so that focus, drafts and drags survive.

const template = id => document.getElementById(id).content.firstElementChild;

const CARD = "application/x-krait-card"; // you can drag other things onto the page, too

export class View {
  #root;
  #actions;
  #columns = new Map();
  #cards = new Map();

  // actions: add(column, title), edit(card), move(card, column, before)
  constructor(root, actions) {
    this.#root = root;
    this.#actions = actions;
  }

  show(columns) {
    const ids = columns.map(({ id }) => id);
    if (ids.join() !== [...this.#columns.keys()].join()) this.#build(columns);

    const focused = document.activeElement?.dataset.card;
    for (const column of columns) {
      const element = this.#columns.get(column.id);
      element.querySelector(".count").textContent = column.cards.length;
      fill(element.querySelector(".cards"), column.cards.map(card => this.#card(card)));
    }
    if (focused && document.activeElement?.dataset.card !== focused) this.focus(focused);
    const present = new Set(columns.flatMap(({ cards }) => cards.map(({ id }) => id)));
    for (const id of this.#cards.keys()) if (!present.has(id)) this.#cards.delete(id);
  }

  focus(card) {
    this.#cards.get(card)?.firstElementChild.focus();
  }

  #build(columns) {
    this.#columns = new Map(columns.map(column => [column.id, this.#column(column)]));
    this.#root.replaceChildren(...this.#columns.values());
  }

  #column({ id, title }) {
    const element = template("column-template").cloneNode(true);
    const form = element.querySelector("form");
    element.setAttribute("aria-label", title);
    element.querySelector("h2").textContent = title;
    form.elements.title.setAttribute("aria-label", `Add a card to ${title}`);
    form.addEventListener("submit", event => {
      event.preventDefault();
      this.#actions.add(id, form.elements.title.value.trim());
      form.reset();
    });
    acceptDrops(element, (card, before) => this.#actions.move(card, id, before));
    return element;
  }

  #card({ id, title, isPending = false }) {
    if (!this.#cards.has(id)) this.#cards.set(id, this.#newCard(id));
    const item = this.#cards.get(id);
    const card = item.firstElementChild;
    card.textContent = title;
    card.classList.toggle("pending", isPending);
    return item;
  }

  #newCard(id) {
    const item = template("card-template").cloneNode(true);
    const card = item.firstElementChild;
    card.dataset.card = id;
    card.addEventListener("click", () => this.#actions.edit(id));
    card.addEventListener("keydown", event => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.#actions.edit(id);
    });
    card.addEventListener("dragstart", event => {
      event.dataTransfer.setData(CARD, id);
      event.dataTransfer.effectAllowed = "move";
      card.classList.add("dragged");
    });
    card.addEventListener("dragend", () => card.classList.remove("dragged"));
    return item;
  }
}

function fill(list, items) {
  if (items.length !== list.children.length || items.some((item, index) => item !== list.children[index])) list.replaceChildren(...items);
}

function acceptDrops(column, drop) {
  const list = column.querySelector(".cards");
  const mark = below => {
    for (const item of list.children) item.classList.toggle("below", item === below);
    column.classList.toggle("end", below === null);
  };
  column.addEventListener("dragover", event => {
    if (!event.dataTransfer.types.includes(CARD)) return;
    event.preventDefault();
    mark(itemBelow(list, event.clientY));
  });
  column.addEventListener("dragleave", event => column.contains(event.relatedTarget) || mark());
  column.addEventListener("drop", event => {
    event.preventDefault();
    mark();
    drop(event.dataTransfer.getData(CARD), itemBelow(list, event.clientY)?.firstElementChild.dataset.card);
  });
}

// The first card whose middle is below the pointer; null at the end of the list.
const itemBelow = (list, y) => [...list.children].find(item => {
  const { top, height } = item.getBoundingClientRect();
  return y < top + height / 2;
}) ?? null;
