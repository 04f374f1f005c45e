// A field above a long list of values that shows only those with what is typed.
"use strict";

(() => {
  const FEW = 8;
  const plain = (text) => text.toLocaleLowerCase("sv");

  for (const place of document.querySelectorAll("[data-narrow]")) {
    const items = [...place.querySelectorAll("li")];
    if (items.length < FEW) continue;
    const label = document.createElement("label");
    const input = document.createElement("input");
    const status = document.createElement("span");
    label.className = "narrow";
    label.append(place.dataset.narrow, input, status);
    input.type = "search";
    input.autocomplete = "off";
    status.className = "hidden";
    status.setAttribute("role", "status");
    place.prepend(label);
    input.addEventListener("input", () => {
      const typed = plain(input.value.trim());
      for (const item of items) {
        const name = item.querySelector(".option-label") ?? item;
        item.hidden = !plain(name.textContent).includes(typed);
      }
      for (const section of place.querySelectorAll("section")) {
        section.hidden = ![...section.querySelectorAll("li")].some((item) => !item.hidden);
      }
      const left = items.filter((item) => !item.hidden).length;
      status.textContent = typed ? `${left} av ${items.length}` : "";
    });
  }
})();
