// The token of the user. The page renews it when the server says that it expires soon. Each window has its own and keeps it
// over a reload.
// Dispatches "renewed" when there is a new token, and "ended" when the server refuses the old one.

export class Session extends EventTarget {
  #timer;
  #saved = JSON.parse(sessionStorage.getItem("session")); // { token, name }

  get isOpen() {
    return this.#saved !== null;
  }

  get name() {
    return this.#saved.name;
  }

  get token() {
    return this.#saved.token;
  }

  // Returns why it failed, or undefined.
  async logIn(name, password) {
    try {
      const response = await fetch("/login", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ name, password }),
      });
      if (response.status === 401) return "The password is wrong.";
      if (!response.ok) return `The server refused (${response.status}).`;
      this.#begin(await response.json());
    } catch {
      return "The server cannot be reached.";
    }
  }

  // Gets a new token for the one that expires. While the server cannot be reached, it tries again later.
  async renew() {
    clearTimeout(this.#timer); // of the next try
    const headers = { Authorization: `Bearer ${this.token}` };
    try {
      const response = await fetch("/renew", { method: "POST", headers });
      if (response.status === 401) return this.#expire();
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      this.#begin(await response.json());
      this.dispatchEvent(new Event("renewed"));
    } catch {
      this.#timer = setTimeout(() => this.isOpen && this.renew(), 2000);
    }
  }

  end() {
    clearTimeout(this.#timer);
    sessionStorage.removeItem("session");
    this.#saved = null;
  }

  #begin({ token, name }) {
    this.#saved = { token, name };
    sessionStorage.setItem("session", JSON.stringify(this.#saved));
  }

  #expire() {
    this.end();
    this.dispatchEvent(new Event("ended"));
  }
}
