// Suggestions while typing: the combobox of the WAI-ARIA Authoring Practices (list
// autocomplete, manual selection). Everything works without it.
"use strict";

(() => {
  const DELAY = 120; // milliseconds of rest before the server is asked

  const input = document.querySelector("#q");
  if (!input) return;
  const form = input.form;
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let options = [];
  let active = -1;
  let timer = 0;
  let asked = null;

  list.id = "forslag";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Förslag");
  status.className = "hidden";
  status.setAttribute("role", "status");
  input.parentElement.append(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const select = (place) => {
    active = place;
    [...list.children].forEach((item, n) => item.setAttribute("aria-selected", n === place));
    if (place < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[place].id);
      list.children[place].scrollIntoView({ block: "nearest" });
    }
  };

  const take = (option) => {
    close();
    window.location.assign(option.url);
  };

  const part = (className, text) => {
    const span = document.createElement("span");
    span.className = className;
    span.textContent = text;
    return span;
  };

  const show = (found) => {
    options = found;
    list.replaceChildren(
      ...found.map((option, n) => {
        const item = document.createElement("li");
        item.id = `forslag-${n}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.append(part("suggestion-label", option.label), " ");
        if (option.kind) item.append(part("suggestion-kind", option.kind), " ");
        item.append(part("suggestion-count", option.count));
        // The input keeps the focus, so that typing can go on.
        item.addEventListener("mousedown", (event) => event.preventDefault());
        item.addEventListener("click", () => take(option));
        return item;
      }),
    );
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(Boolean(found.length)));
    status.textContent = found.length
      ? `${found.length} förslag, välj med upp- och nedpil`
      : "Inga förslag";
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const text = input.value;
    if (input.selectionStart !== text.length || text.trim().length < 2) return close();
    const params = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(`${form.dataset.suggestions}?${params}`, {
        signal: asked.signal,
      });
      if (!answer.ok) return close();
      const found = (await answer.json()).suggestions;
      if (input.value === text && document.activeElement === input) show(found);
    } catch (error) {
      if (error.name !== "AbortError") close(); // the search itself still works
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, DELAY);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = !list.hidden;
    const last = options.length - 1;
    if (event.key === "ArrowDown" && open) select(active === last ? -1 : active + 1);
    else if (event.key === "ArrowDown") return void ask();
    else if (event.key === "ArrowUp" && open) select(active < 0 ? last : active - 1);
    else if (event.key === "Escape" && open) close();
    else if (event.key === "Enter" && open && active >= 0) take(options[active]);
    else return;
    event.preventDefault();
  });
})();
