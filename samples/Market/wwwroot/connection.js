// A WebSocket that reconnects, with growing delays.
// Dispatches "state" ({ state: "connecting" | "open" | "waiting", seconds }) and one event for each message, named by its type ("message" if it has none).

const FIRST_DELAY = 500;
const LONGEST_DELAY = 15_000;
const PATIENCE = 10_000;

export class Connection extends EventTarget {
  #url;
  #protocol;
  #socket;
  #timer;
  #attempt = 0;
  #requests = new Map();
  #lastId = 0;

  constructor(url, protocol) {
    super();
    this.#url = url;
    this.#protocol = protocol;
    // Do not wait when the network is back or the page becomes visible.
    addEventListener("online", this.#hurry);
    document.addEventListener("visibilitychange", this.#hurry);
  }

  open() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#tell("connecting");

    const socket = new WebSocket(this.#url, this.#protocol);
    this.#socket = socket;
    socket.addEventListener("open", () => this.#tell("open"));
    socket.addEventListener("message", ({ data }) => this.#take(JSON.parse(data)));
    socket.addEventListener("close", () => this.#retry());
  }

  // Sends nothing if there is no connection: the listing of the next one asks for everything again.
  send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  // Sends a message with an id, and resolves to the answer with the same id.
  request(message) {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#settle(id)?.reject(new Error("There was no answer.")), PATIENCE);
      this.#requests.set(id, { resolve, reject, timer });
      this.send({ ...message, id });
    });
  }

  #take(message) {
    this.#attempt = 0; // a proxy may open a connection and then lose the server
    const request = this.#settle(message.id);
    if (!request) this.dispatchEvent(new CustomEvent(message.type ?? "message", { detail: message }));
    else if (message.type === "problem") request.reject(new Error(message.text));
    else request.resolve(message);
  }

  #settle(id) {
    const request = this.#requests.get(id);
    this.#requests.delete(id);
    clearTimeout(request?.timer);
    return request;
  }

  #retry() {
    for (const id of this.#requests.keys()) this.#settle(id).reject(new Error("The connection was lost."));

    // Half of the delay is random, so that not all pages reconnect to a restarted server at once.
    const delay = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** this.#attempt++) * (0.5 + Math.random() / 2);
    this.#timer = setTimeout(() => this.open(), delay);
    this.#tell("waiting", Math.ceil(delay / 1000));
  }

  #hurry = () => {
    if (this.#timer !== undefined && document.visibilityState === "visible") this.open();
  };

  #tell(state, seconds) {
    this.dispatchEvent(new CustomEvent("state", { detail: { state, seconds } }));
  }
}
