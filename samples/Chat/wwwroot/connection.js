// A WebSocket that reconnects, with growing delays, until you call close().
// Dispatches "state" ({ state: "connecting" | "open" | "waiting" | "closed", seconds }) and "message" (the parsed JSON).

const FIRST_DELAY = 500;
const LONGEST_DELAY = 15_000;

export class Connection extends EventTarget {
  #url;
  #socket;
  #timer;
  #attempt = 0;
  #closed = false;

  // Each attempt reads the URL again, so you can change it, for example to add a position.
  constructor(url) {
    super();
    this.#url = url;
    // Do not wait when the network is back or the page becomes visible.
    addEventListener("online", this.#hurry);
    document.addEventListener("visibilitychange", this.#hurry);
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  open() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#tell("connecting");

    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.addEventListener("open", () => this.#tell("open"));
    socket.addEventListener("message", ({ data }) => {
      this.#attempt = 0; // a proxy may open a connection and then lose the server
      this.dispatchEvent(new CustomEvent("message", { detail: JSON.parse(data) }));
    });
    socket.addEventListener("close", () => this.#closed || this.#retry());
  }

  send(message) {
    this.#socket.send(JSON.stringify(message));
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    removeEventListener("online", this.#hurry);
    document.removeEventListener("visibilitychange", this.#hurry);
    this.#socket?.close(1000);
    this.#tell("closed");
  }

  #retry() {
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
