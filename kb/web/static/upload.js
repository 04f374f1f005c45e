// Makes uploading pleasanter: a place to drop files, what was chosen, how far the transfer
// has come. Everything works without it.
"use strict";

(() => {
  const form = document.querySelector("form.upload");
  const input = form.querySelector("input[type=file]");
  const drop = form.querySelector(".drop");
  const chosen = form.querySelector(".chosen-files");
  const error = form.querySelector(".upload-error");
  const progress = form.querySelector(".upload-progress");
  const button = form.querySelector("button");

  const size = (bytes) =>
    bytes < 1e6
      ? `${Math.max(1, Math.round(bytes / 1e3))}\u00a0kB`
      : `${(bytes / 1e6).toFixed(1).replace(".", ",")}\u00a0MB`;

  const complain = (text) => {
    error.textContent = text;
    error.hidden = !text;
  };

  const tooLarge = () => {
    const files = [...input.files];
    const large = files.find((file) => file.size > Number(form.dataset.largestFile));
    if (large) return `”${large.name}” är för stor (${size(large.size)}).`;
    const total = files.reduce((sum, file) => sum + file.size, 0);
    return total > Number(form.dataset.largest)
      ? `Filerna är för stora tillsammans (${size(total)}). Skicka dem i flera omgångar.`
      : "";
  };

  const show = () => {
    chosen.replaceChildren(
      ...[...input.files].map((file) => {
        const item = document.createElement("li");
        item.textContent = `${file.name} (${size(file.size)})`;
        return item;
      }),
    );
    chosen.hidden = !input.files.length;
    complain(tooLarge());
  };

  const busy = (text) => {
    button.disabled = Boolean(text);
    progress.hidden = !text;
    progress.querySelector("p").textContent = text;
  };

  const failed = (text) => {
    busy("");
    complain(text);
  };

  const send = () => {
    const request = new XMLHttpRequest();
    const bar = progress.querySelector("progress");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
    });
    request.upload.addEventListener("load", () => {
      bar.removeAttribute("value");
      busy("Filerna läses …");
    });
    request.addEventListener("load", () => {
      if (request.status === 200 && new URL(request.responseURL).pathname !== form.getAttribute("action")) {
        location.assign(request.responseURL);
      } else {
        const page = new DOMParser().parseFromString(request.responseText, "text/html");
        failed(page.querySelector("main .lead, main .notice")?.textContent ?? "Det gick inte att ladda upp filerna.");
      }
    });
    request.addEventListener("error", () =>
      failed("Förbindelsen bröts. Inget kvitto kom; försök igen, det som redan kom fram sparas inte två gånger."),
    );
    bar.value = 0;
    busy("Skickar …");
    request.open("POST", form.action);
    request.send(new FormData(form));
  };

  form.classList.add("enhanced");
  input.addEventListener("change", show);
  for (const type of ["dragenter", "dragover"]) {
    drop.addEventListener(type, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  for (const type of ["dragleave", "drop"]) {
    drop.addEventListener(type, () => drop.classList.remove("over"));
  }
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    show();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const why = tooLarge();
    if (why) complain(why);
    else send();
  });
  // Coming back with the browser's own button must not find the form locked.
  addEventListener("pageshow", () => {
    busy("");
    show();
  });
})();
