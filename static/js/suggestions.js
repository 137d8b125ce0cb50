/* Suggestions under search boxes: a combobox with a listbox popup (WAI-ARIA APG).
   Without this script the box is a plain field of a plain form. */

const WAIT = 150;
const LEAST = 2;
let made = 0;

class Suggestions {
  constructor(input) {
    this.input = input;
    this.address = input.dataset.suggestions;
    this.options = [];
    this.active = -1;
    this.asked = 0;
    this.build();
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.onKey(event));
    input.addEventListener("blur", () => this.close());
  }

  build() {
    made += 1;
    const id = `suggestions-${made}`;
    this.list = document.createElement("ul");
    Object.assign(this.list, { id, className: "suggestions", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.input.dataset.found);
    // Before blur would close the list under the pointer.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.onClick(event));
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    this.input.parentElement.classList.add("suggests");
    this.input.parentElement.append(this.list, this.status);
    const states = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false" };
    for (const [name, value] of Object.entries({ ...states, "aria-controls": id })) {
      this.input.setAttribute(name, value);
    }
  }

  wait() {
    clearTimeout(this.timer);
    this.asked += 1;
    if (this.input.value.trim().length < LEAST) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.ask(this.asked), WAIT);
  }

  async ask(question) {
    const url = new URL(this.address, location.href);
    url.searchParams.set("q", this.input.value.trim());
    let found = [];
    try {
      const response = await fetch(url);
      if (response.ok) found = (await response.json()).suggestions;
    } catch {
      found = []; // Offline or away: the form still works, or says why not.
    }
    if (question === this.asked && document.activeElement === this.input) this.show(found);
  }

  show(found) {
    this.options = found;
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...found.map((suggestion, index) => this.option(suggestion, index)));
    this.list.hidden = found.length === 0;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    const { found: some, none } = this.input.dataset;
    this.status.textContent = found.length > 0 ? `${found.length} ${some}` : none;
  }

  option(suggestion, index) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const name = document.createElement("span");
    name.textContent = suggestion.name;
    item.append(name);
    if (suggestion.detail) {
      const detail = document.createElement("span");
      detail.className = "detail";
      detail.textContent = suggestion.detail;
      item.append(" ", detail);
    }
    return item;
  }

  onKey(event) {
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (this.list.hidden) return;
      event.preventDefault();
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    }
  }

  move(step) {
    // One place more than there are options: the field itself lies between last and first.
    const places = this.options.length + 1;
    this.active = ((this.active + 1 + step + places) % places) - 1;
    [...this.list.children].forEach((item, index) => {
      item.setAttribute("aria-selected", String(index === this.active));
    });
    if (this.active < 0) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    const item = this.list.children[this.active];
    this.input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }

  onClick(event) {
    const item = event.target.closest("[role=option]");
    if (item) this.choose([...this.list.children].indexOf(item));
  }

  choose(index) {
    const suggestion = this.options[index];
    if (this.input.dataset.fills) {
      this.input.value = suggestion[this.input.dataset.fills];
      this.close();
      this.input.dispatchEvent(new Event("change", { bubbles: true }));
    } else {
      location.assign(suggestion.url);
    }
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.active = -1;
    this.list.hidden = true;
    this.status.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

function furnish() {
  for (const input of document.querySelectorAll("[data-suggestions]:not([role])")) {
    new Suggestions(input);
  }
}

furnish();
document.addEventListener("fields-replaced", furnish);
