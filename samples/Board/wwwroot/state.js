// Applies changes to the columns of a board. The functions do not change their arguments.

const without = (cards, id) => cards.filter(card => card.id !== id);

const insert = (cards, card, before) => {
  const index = cards.findIndex(({ id }) => id === before);
  return index < 0 ? [...cards, card] : cards.toSpliced(index, 0, card);
};

const eachColumn = (columns, change) => columns.map(column => ({ ...column, cards: change(column.cards, column.id) }));

export const find = (columns, id) => columns.flatMap(({ cards }) => cards).find(card => card.id === id);

export const columnOf = (columns, id) => columns.find(({ cards }) => cards.some(card => card.id === id));

// Puts a card, new or not, into a column.
const place = (columns, card, target, before) =>
  eachColumn(columns, (cards, column) => column === target ? insert(without(cards, card.id), card, before) : without(cards, card.id));

const replace = (columns, card) => eachColumn(columns, cards => cards.map(old => old.id === card.id ? card : old));

const changes = {
  cardAdded: (columns, { card, column }) => place(columns, card, column),
  cardMoved: (columns, { card: id, column, before }) => {
    const card = find(columns, id);
    return card ? place(columns, card, column, before) : columns;
  },
  cardRenamed: (columns, { card: id, title }) => replace(columns, { id, title }),
  cardRemoved: (columns, { card: id }) => eachColumn(columns, cards => without(cards, id)),
};

export const isChange = event => event.type in changes;

export const apply = (columns, change) => changes[change.type](columns, change);

// Shows a command before the server has answered it, marked as pending.
export function preview(columns, command) {
  const isPending = true;
  switch (command.type) {
    case "addCard":
      return find(columns, command.card) ? columns
        : place(columns, { id: command.card, title: command.title, isPending }, command.column);
    case "moveCard": {
      const card = find(columns, command.card);
      return card ? place(columns, { ...card, isPending }, command.column, command.before) : columns;
    }
    case "renameCard":
      return replace(columns, { id: command.card, title: command.title, isPending });
    case "removeCard":
      return apply(columns, { ...command, type: "cardRemoved" });
  }
}
