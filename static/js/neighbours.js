/* Whoever is pointed at or has the focus stands out with its ties; without this script the
   drawing is complete all the same. */

for (const drawing of document.querySelectorAll(".neighbour-drawing")) {
  const marks = [...drawing.querySelectorAll("a")];
  const lines = [...drawing.querySelectorAll("[data-ends]")];

  const show = (chosen) => {
    const near = new Set([chosen?.dataset.rank]);
    for (const line of lines) {
      const ends = line.dataset.ends.split(" ");
      const isTied = chosen !== null && ends.includes(chosen.dataset.rank);
      line.classList.toggle("is-tied", isTied);
      if (isTied) ends.forEach((end) => near.add(end));
    }
    for (const mark of marks) mark.classList.toggle("is-near", near.has(mark.dataset.rank));
    drawing.classList.toggle("has-chosen", chosen !== null);
  };
  const markOf = (event) => event.target.closest("a");

  drawing.addEventListener("focusin", (event) => show(markOf(event)));
  drawing.addEventListener("focusout", () => show(null));
  drawing.addEventListener("pointerover", (event) => show(markOf(event)));
  drawing.addEventListener("pointerleave", () => {
    show(drawing.contains(document.activeElement) ? document.activeElement : null);
  });
}
