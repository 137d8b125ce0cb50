/* Filters answer as soon as they are set: the list is fetched and put in place, the focus stays.
   Without this script the form has a button. */

const REPLACED = ["results", "filters"];

function addressOf(form) {
  const url = new URL(form.action);
  for (const [name, value] of new FormData(form)) {
    if (value.trim()) url.searchParams.append(name, value.trim());
  }
  return url;
}

function openGroups() {
  return [...document.querySelectorAll("#filters details")].map((group) => group.open);
}

function put(page, groups) {
  const focused = document.activeElement?.id;
  const scrolled = [...document.querySelectorAll("#filters .long")].map((list) => list.scrollTop);
  for (const id of REPLACED) {
    document.getElementById(id).replaceWith(page.getElementById(id));
  }
  document.title = page.title;
  document.querySelectorAll("#filters details").forEach((group, index) => {
    if (groups[index]) group.open = true;
  });
  document.querySelectorAll("#filters .long").forEach((list, index) => {
    list.scrollTop = scrolled[index] ?? 0;
  });
  document.getElementById("results-said").textContent =
    document.querySelector(".results-count, .mistakes h2")?.textContent ?? "";
  // Whoever furnishes fields (suggestions.js) finds the new ones.
  document.dispatchEvent(new CustomEvent("fields-replaced"));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

async function refresh(form) {
  const url = addressOf(form);
  document.getElementById("results").setAttribute("aria-busy", "true");
  try {
    const response = await fetch(url);
    // A wrong value has a page of its own with what would be right; it is shown in place too.
    if (!response.ok && response.status !== 400) throw new Error(String(response.status));
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    put(page, openGroups());
    history.pushState({ facets: true }, "", url);
  } catch {
    location.assign(url);
  }
}

document.addEventListener("change", (event) => {
  const { form, type, dataset } = event.target;
  // A field that is still being filled in waits for its button.
  const isWhole = type === "checkbox" || dataset.fills;
  if (form?.matches("[data-facets]") && isWhole) refresh(form);
});

addEventListener("popstate", () => location.reload());
