// Commands that the server has not answered yet. If the connection is lost, the page sends them once more on the next one.
// That is safe: the page chooses the ids of cards, so the second command changes nothing.

export class Outbox {
  #pending = [];
  #lastId = 0;
  #send;

  // send(message) returns whether there was a connection to send it on.
  constructor(send) {
    this.#send = send;
  }

  get commands() {
    return this.#pending.map(({ command }) => command);
  }

  add(command) {
    const entry = { command: { ...command, id: this.nextId() }, sent: 0 };
    this.#pending.push(entry);
    this.#post(entry);
  }

  nextId() {
    return ++this.#lastId;
  }

  // The server has answered. Returns the command.
  settle(id) {
    const index = this.#pending.findIndex(({ command }) => command.id === id);
    return index < 0 ? undefined : this.#pending.splice(index, 1)[0].command;
  }

  // There is a new connection. Returns the commands that were lost twice; the page gives them up.
  reconnected() {
    const lost = this.#pending.filter(({ sent }) => sent > 1).map(({ command }) => command);
    this.#pending = this.#pending.filter(({ sent }) => sent <= 1);
    this.#pending.forEach(entry => this.#post(entry));
    return lost;
  }

  // The server refused new cards that came too fast, without saying which ones.
  sendCardsAgain() {
    this.#pending.filter(({ command }) => command.type === "addCard").forEach(({ command }) => this.#send(command));
  }

  #post(entry) {
    if (this.#send(entry.command)) entry.sent++;
  }
}
