// The dialog of one card: everything that a mouse can do by dragging, for touch and keyboard.

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
      this.#act(target.closest("button")?.dataset ?? {});
    });
  }

  open(columns, card) {
    this.#card = card;
    this.#dialog.querySelector("[name=title]").value = find(columns, card).title;
    this.show(columns);
    this.#dialog.showModal();
  }

  close() {
    this.#dialog.close();
  }

  // Somebody may change the board while the dialog is open.
  show(columns) {
    this.#columns = columns;
    const present = columnOf(columns, this.#card);
    if (!present) return this.#dialog.close();

    this.#dialog.querySelector("#targets").replaceChildren(...columns.map(({ id, title }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.column = id;
      button.textContent = title;
      button.setAttribute("aria-pressed", id === present.id);
      return button;
    }));
    this.#button("up").disabled = present.cards[0].id === this.#card;
    this.#button("down").disabled = present.cards.at(-1).id === this.#card;
  }

  #act({ action, column }) {
    const present = columnOf(this.#columns, this.#card);
    const index = present?.cards.findIndex(({ id }) => id === this.#card);
    if (column && column !== present.id) {
      this.#actions.move(this.#card, column);
      this.#dialog.querySelector(`[data-column="${column}"]`).focus();
    }
    if (action === "up") this.#actions.move(this.#card, present.id, present.cards[index - 1].id);
    if (action === "down") this.#actions.move(this.#card, present.id, present.cards[index + 2]?.id);
    if (action === "remove") this.#actions.remove(this.#card);
    if (action === "close") this.#dialog.close();
  }

  #save() {
    const title = this.#dialog.querySelector("[name=title]").value.trim();
    if (title !== find(this.#columns, this.#card)?.title) this.#actions.rename(this.#card, title);
  }

  #button(action) {
    return this.#dialog.querySelector(`[data-action=${action}]`);
  }
}
