// Puts the key of the start-up link into the form and sends it. The key stands after the #,
// so nobody but this page has seen it; it is taken out of the address and the history.
"use strict";

(() => {
  const take = () => {
    const key = decodeURIComponent(location.hash.slice(1));
    if (!key) return;
    history.replaceState(null, "", location.pathname);
    const form = document.querySelector("form.opening");
    if (!form) return;
    form.querySelector("input[name=nyckel]").value = key;
    form.requestSubmit();
  };
  addEventListener("hashchange", take);
  take();
})();
