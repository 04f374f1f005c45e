// Steps between the marked words and copies citations. Without it marks are links to the
// next one, and the citation is selected by hand.
"use strict";

(() => {
  const bar = document.querySelector(".mark-nav");
  const marks = [...document.querySelectorAll("mark[id] > a")];
  if (bar && marks.length > 1) {
    const status = bar.querySelector("[role=status]");
    let at = -1;

    const tell = () => {
      status.textContent = at < 0 ? `${marks.length} markeringar` : `${at + 1} av ${marks.length}`;
    };
    const go = (place) => {
      at = (place + marks.length) % marks.length;
      marks[at].focus({ preventScroll: true });
      marks[at].scrollIntoView({ block: "center" });
      tell();
    };

    bar.hidden = false;
    tell();
    for (const button of bar.querySelectorAll("button")) {
      button.addEventListener("click", () => go(at < 0 ? 0 : at + Number(button.dataset.step)));
    }
    marks.forEach((mark, place) => {
      mark.addEventListener("focus", () => {
        at = place;
        tell();
      });
      mark.addEventListener("click", (event) => {
        event.preventDefault();
        go(place + 1);
      });
      // Single keys only while a mark has the focus, so that they disturb nobody.
      mark.addEventListener("keydown", (event) => {
        if (event.key === "n") go(place + 1);
        else if (event.key === "p") go(place - 1);
        else return;
        event.preventDefault();
      });
    });
    const wanted = marks.findIndex((mark) => `#${mark.parentElement.id}` === location.hash);
    // Going to the address's own place takes the focus away, so this comes after it.
    if (wanted >= 0) window.addEventListener("load", () => setTimeout(() => go(wanted), 0));
  }

  const citation = document.querySelector("#citattext");
  if (citation && navigator.clipboard) {
    const button = document.createElement("button");
    const status = document.createElement("span");
    button.type = "button";
    button.className = "quiet";
    button.textContent = "Kopiera";
    status.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(citation.value);
        status.textContent = " Kopierat";
      } catch {
        citation.select();
        status.textContent = " Markerat – kopiera med Ctrl+C";
      }
    });
    citation.after(button, status);
  }
})();
