/* Beside the choice of a year a slider that moves it; without this script the choice is enough. */

for (const place of document.querySelectorAll("[data-year-slider]")) {
  const choice = place.querySelector("select");
  const label = place.querySelector("label");
  const years = [...choice.options].map((option) => option.value).reverse();
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = "0";
  slider.max = String(years.length - 1);
  slider.value = String(years.indexOf(choice.value));
  slider.setAttribute("aria-label", label.textContent);
  const say = () => slider.setAttribute("aria-valuetext", choice.selectedOptions[0].textContent);
  slider.addEventListener("input", () => {
    choice.value = years[Number(slider.value)];
    say();
  });
  choice.addEventListener("change", () => {
    slider.value = String(years.indexOf(choice.value));
    say();
  });
  say();
  place.append(slider);
}
