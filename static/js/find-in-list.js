/* Narrows a list on this page to the rows that hold what is typed.
   Lists of several pages, and browsers without this script, ask the server instead. */

const MARKS = /\p{M}/gu;

function plain(text) {
  return text.normalize("NFKD").replace(MARKS, "").toLowerCase();
}

function narrow(form, table) {
  const wanted = plain(form.querySelector("input").value.trim());
  let shown = 0;
  for (const body of table.tBodies) {
    const [heading, ...rows] = body.rows;
    const whole = plain(heading.textContent).includes(wanted);
    let inBody = 0;
    for (const row of rows) {
      row.hidden = !whole && !plain(row.cells[0].textContent).includes(wanted);
      if (!row.hidden) inBody += 1;
    }
    body.hidden = inBody === 0;
    shown += inBody;
  }
  const { one, many } = form.querySelector(".found").dataset;
  form.querySelector(".found").textContent =
    wanted === "" ? "" : shown === 1 ? one : many.replace("{}", String(shown));
}

for (const form of document.querySelectorAll("form[data-find]:not([data-many-pages])")) {
  const table = document.getElementById(form.dataset.find);
  if (table) {
    form.addEventListener("input", () => narrow(form, table));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      narrow(form, table);
    });
  }
}
