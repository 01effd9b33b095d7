// Comfort only: every page works without this file.
(function () {
  "use strict";

  document.documentElement.classList.remove("no-js");

  function closeMenus(except) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(except)) {
        menu.open = false;
      }
    });
  }

  document.addEventListener("click", function (event) {
    closeMenus(event.target);
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") {
      return;
    }
    const menu = document.activeElement.closest("details.menu[open]");
    closeMenus(null);
    if (menu) {
      menu.querySelector("summary").focus();
    }
  });

  // Enter in the search box of a picker presses its own button, not the one that saves.
  document.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && event.target.matches("input[data-enter]")) {
      event.preventDefault();
      document.getElementById(event.target.dataset.enter).click();
    }
  });

  document.addEventListener("change", function (event) {
    if (event.target.matches("select[data-autosubmit]")) {
      event.target.form.requestSubmit();
    }
  });

  // A form that comes back with errors holds what was typed and is not saved: changed from the start.
  const watched = Array.from(document.querySelectorAll("form[data-warn-unsaved]"), function (form) {
    const refused = form.querySelector("[aria-invalid='true']") !== null;
    return { form: form, saved: refused ? null : contents(form), leaving: false };
  });

  function contents(form) {
    return JSON.stringify(Array.from(new FormData(form)).map(function (pair) {
      return [pair[0], pair[1] instanceof File ? pair[1].name : pair[1]];
    }));
  }

  watched.forEach(function (entry) {
    entry.form.addEventListener("submit", function () {
      entry.leaving = true;
    });
  });

  // The page may come back from the browser's memory after a submission.
  window.addEventListener("pageshow", function () {
    watched.forEach(function (entry) {
      entry.leaving = false;
    });
  });

  window.addEventListener("beforeunload", function (event) {
    const unsaved = watched.some(function (entry) {
      return !entry.leaving && contents(entry.form) !== entry.saved;
    });
    if (unsaved) {
      event.preventDefault();
    }
  });
})();
