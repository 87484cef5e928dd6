// The dialog of one card. With it, touch and keyboard can do everything that a mouse does by dragging.

import { columnOf, find } from "./state.js";

export class Editor {
  #dialog;
  #actions;
  #columns = [];
  #card;

  // actions: rename(card, title), move(card, column, before), remove(card)
  constructor(dialog, actions) {
    this.#dialog = dialog;
    this.#actions = actions;
    dialog.querySelector("form").addEventListener("submit", () => this.#save());
    dialog.addEventListener("click", ({ target }) => {
      if (target === dialog) dialog.close(); // outside of the panel
      const button = target.closest("button");
      if (button && !isOff(button)) this.#act(button.dataset);
    });
  }

  open(columns, card) {
    this.#card = card;
    this.#dialog.querySelector("[name=title]").value = find(columns, card).title;
    this.#dialog.querySelector("#targets").replaceChildren(...columns.map(target));
    this.show(columns);
    this.#dialog.showModal();
  }

  close() {
    this.#dialog.close();
  }

  // Somebody may change the board while the dialog is open. The buttons stay the same and are never disabled, because the focus
  // would leave a button that is replaced or disabled.
  show(columns) {
    this.#columns = columns;
    const present = columnOf(columns, this.#card);
    if (!present) return this.#dialog.close();

    for (const button of this.#dialog.querySelector("#targets").children) {
      button.setAttribute("aria-pressed", button.dataset.column === present.id);
    }
    this.#turnOff("up", present.cards[0].id === this.#card);
    this.#turnOff("down", present.cards.at(-1).id === this.#card);
  }

  #act({ action, column }) {
    const present = columnOf(this.#columns, this.#card);
    const index = present?.cards.findIndex(({ id }) => id === this.#card);
    if (column && column !== present.id) this.#actions.move(this.#card, column);
    if (action === "up") this.#actions.move(this.#card, present.id, present.cards[index - 1].id);
    if (action === "down") this.#actions.move(this.#card, present.id, present.cards[index + 2]?.id);
    if (action === "remove") this.#actions.remove(this.#card);
    if (action === "close") this.#dialog.close();
  }

  #save() {
    const title = this.#dialog.querySelector("[name=title]").value.trim();
    if (title !== find(this.#columns, this.#card)?.title) this.#actions.rename(this.#card, title);
  }

  #turnOff(action, isOff) {
    this.#dialog.querySelector(`[data-action=${action}]`).setAttribute("aria-disabled", isOff);
  }
}

const isOff = button => button.getAttribute("aria-disabled") === "true";

function target({ id, title }) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.column = id;
  button.textContent = title;
  return button;
}
