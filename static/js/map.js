/* Maps to zoom and to point at: buttons, wheel with Ctrl, pinch, drag and keys.
   Without this script a map is a picture, and the list beside it says the same. */

const MOST = 40; // times the whole world
const STEP = 1.6;
const NEAR = 14; // pixels between pointer and city
const NEAR_FINGER = 28;
const CLICK = 5; // pixels that a click may wander
const SHOWN = 4; // cities of one spot that are named
const SVG = "http://www.w3.org/2000/svg";
let made = 0;

function between(value, least, most) {
  return Math.min(Math.max(value, least), most);
}

class CityMap {
  constructor(figure) {
    this.figure = figure;
    this.view = figure.querySelector(".map-view");
    this.drawing = figure.querySelector(".map-drawing");
    this.named = figure.querySelector(".map-named");
    const [width, height] = figure.dataset.world.split(" ").map(Number);
    this.whole = { width, height };
    const shown = this.drawing.viewBox.baseVal;
    this.centre = { x: shown.x + shown.width / 2, y: shown.y + shown.height / 2 };
    this.zoom = width / shown.width;
    this.pointers = new Map();
    this.cities = [];
    this.chosen = [];
    this.furnish();
    this.listen();
  }

  furnish() {
    for (const part of this.figure.querySelectorAll(".map-tools, .map-keys")) part.hidden = false;
    this.mark = document.createElementNS(SVG, "path");
    this.mark.setAttribute("class", "map-mark");
    this.drawing.append(this.mark);
    // Keys move the map instead of the reader: it is a tool with a name and a description.
    made += 1;
    const keys = this.figure.querySelector(".map-keys");
    keys.id = `map-keys-${made}`;
    const states = {
      tabindex: "0",
      role: "application",
      "aria-label": this.drawing.getAttribute("aria-label"),
      "aria-describedby": keys.id,
    };
    for (const [name, value] of Object.entries(states)) this.view.setAttribute(name, value);
    this.show();
  }

  listen() {
    const { view } = this;
    view.addEventListener("focus", () => this.fetchNames());
    view.addEventListener("keydown", (event) => this.onKey(event));
    view.addEventListener("wheel", (event) => this.onWheel(event), { passive: false });
    view.addEventListener("pointerdown", (event) => this.onDown(event));
    view.addEventListener("pointermove", (event) => this.onMove(event));
    view.addEventListener("pointerup", (event) => this.onUp(event));
    view.addEventListener("pointercancel", (event) => this.pointers.delete(event.pointerId));
    view.addEventListener("pointerenter", () => this.fetchNames());
    this.figure.querySelector(".map-buttons").addEventListener("click", (event) => {
      const way = event.target.closest("button")?.dataset.zoom;
      if (way) this.zoomBy({ in: STEP, out: 1 / STEP, all: 0 }[way]);
    });
  }

  /* Names ---------------------------------------------------------------- */

  fetchNames() {
    this.fetching ??= this.readNames();
    return this.fetching;
  }

  async readNames() {
    try {
      const response = await fetch(this.figure.dataset.names);
      if (!response.ok) throw new Error(String(response.status));
      const { columns, cities } = await response.json();
      this.cities = cities.map((row) =>
        Object.fromEntries(columns.map((name, index) => [name, row[index]])),
      );
      // Finer than what the page holds, which shows once one is near.
      const points = this.cities.map(({ x, y }) => `M${x} ${y}h0`).join("");
      const drawn = this.drawing.querySelectorAll(".map-points");
      if (drawn.length === 1) drawn[0].setAttribute("d", points);
    } catch {
      this.named.textContent = this.named.dataset.away;
      this.fetching = undefined; // The next use asks again.
    }
  }

  nearest({ x, y }, pixels) {
    let least = (pixels / this.scale) ** 2;
    let found;
    for (const city of this.cities) {
      const distance = (city.x - x) ** 2 + (city.y - y) ** 2;
      if (distance < least) {
        least = distance;
        found = city;
      }
    }
    return found && this.cities.filter((city) => city.x === found.x && city.y === found.y);
  }

  name(cities) {
    if (!cities || cities[0] === this.chosen[0]) return;
    this.chosen = cities;
    const words = cities.slice(0, SHOWN).flatMap((city, index) => {
      const link = document.createElement("a");
      link.href = this.addressOf(city);
      link.textContent = `${city.name}, ${city.country}`;
      return index > 0 ? [" · ", link] : [link];
    });
    const more = cities.length - SHOWN;
    if (more > 0) words.push(" ", this.named.dataset.more.replace("{}", String(more)));
    this.named.replaceChildren(...words);
    this.mark.setAttribute("d", `M${cities[0].x} ${cities[0].y}h0`);
  }

  addressOf(city) {
    return `${this.figure.dataset.cities}${city.slug}/`;
  }

  open() {
    if (this.chosen.length > 0) location.assign(this.addressOf(this.chosen[0]));
  }

  /* What is in view ------------------------------------------------------ */

  get scale() {
    // Pixels per unit of the drawing.
    return (this.drawing.getBoundingClientRect().width / this.whole.width) * this.zoom;
  }

  at(event) {
    const box = this.drawing.getBoundingClientRect();
    return {
      x: this.centre.x + (event.clientX - box.left - box.width / 2) / this.scale,
      y: this.centre.y + (event.clientY - box.top - box.height / 2) / this.scale,
    };
  }

  zoomBy(times, around = this.centre) {
    const zoom = times === 0 ? 1 : between(this.zoom * times, 1, MOST);
    const share = this.zoom / zoom;
    this.moveTo(
      around.x + (this.centre.x - around.x) * share,
      around.y + (this.centre.y - around.y) * share,
      zoom,
    );
    this.fetchNames();
  }

  moveTo(x, y, zoom = this.zoom) {
    const { width, height } = this.whole;
    const half = { x: width / zoom / 2, y: height / zoom / 2 };
    this.moved = zoom > 1;
    this.zoom = zoom;
    this.centre = {
      x: between(x, half.x, width - half.x),
      y: between(y, half.y, height - half.y),
    };
    this.asked ??= requestAnimationFrame(() => {
      this.asked = undefined;
      this.show();
    });
  }

  show() {
    const width = this.whole.width / this.zoom;
    const height = this.whole.height / this.zoom;
    const corner = [this.centre.x - width / 2, this.centre.y - height / 2];
    this.drawing.setAttribute("viewBox", [...corner, width, height].join(" "));
    // Not disabled, which would take the focus away.
    for (const [way, isAtEnd] of [["in", this.zoom >= MOST], ["out", this.zoom <= 1]]) {
      const button = this.figure.querySelector(`[data-zoom=${way}]`);
      button.setAttribute("aria-disabled", String(isAtEnd));
    }
    this.view.classList.toggle("is-near", this.zoom > 1);
    // A finger scrolls the page until somebody has taken hold of the map.
    this.view.classList.toggle("is-held", Boolean(this.moved));
  }

  /* Keys, wheel, pointers ------------------------------------------------ */

  async onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const zooms = { "+": STEP, "=": STEP, "-": 1 / STEP, "−": 1 / STEP, 0: 0 };
    if (event.key in ways) {
      const [x, y] = ways[event.key].map((way) => (way * this.whole.height) / this.zoom / 8);
      this.moveTo(this.centre.x + x, this.centre.y + y);
    } else if (event.key in zooms) {
      this.zoomBy(zooms[event.key]);
    } else {
      if (event.key === "Enter") this.open();
      return;
    }
    event.preventDefault();
    await this.fetchNames();
    this.name(this.nearest(this.centre, Infinity));
  }

  onWheel(event) {
    // Without Ctrl the wheel scrolls the page; pinching a trackpad comes with it.
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.zoomBy(between(2 ** (-event.deltaY / 100), 1 / STEP, STEP), this.at(event));
  }

  onDown(event) {
    this.pointers.set(event.pointerId, event);
    this.began = { x: event.clientX, y: event.clientY, several: this.pointers.size > 1 };
  }

  onMove(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType === "mouse") this.point(event, NEAR);
      return;
    }
    const [other] = [...this.pointers.values()].filter((each) => each !== before);
    this.pointers.set(event.pointerId, event);
    if (other) {
      const apart = (each) =>
        Math.hypot(each.clientX - other.clientX, each.clientY - other.clientY) || 1;
      this.zoomBy(apart(event) / apart(before), this.at(other));
    } else if (this.zoom > 1 && this.wandered(event)) {
      this.view.setPointerCapture(event.pointerId);
      this.moveTo(
        this.centre.x - (event.clientX - before.clientX) / this.scale,
        this.centre.y - (event.clientY - before.clientY) / this.scale,
      );
    }
  }

  async onUp(event) {
    if (!this.pointers.delete(event.pointerId)) return;
    if (this.began.several || this.wandered(event) || event.button !== 0) return;
    await this.fetchNames();
    const isMouse = event.pointerType === "mouse";
    // A finger cannot hover: its tap names the city, and the name is the link.
    if (this.point(event, isMouse ? NEAR : NEAR_FINGER) && isMouse) this.open();
  }

  wandered(event) {
    return Math.hypot(event.clientX - this.began.x, event.clientY - this.began.y) > CLICK;
  }

  point(event, pixels) {
    const found = this.nearest(this.at(event), pixels);
    this.view.classList.toggle("is-on-city", Boolean(found));
    this.name(found);
    return found;
  }
}


for (const figure of document.querySelectorAll("figure.map")) new CityMap(figure);
