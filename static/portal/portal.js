// Comfort only: every page works without this file.
(function () {
  "use strict";

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

  // What is open may lie over what has the focus: it closes when the focus leaves it.
  document.addEventListener("focusin", function (event) {
    closeMenus(event.target);
    const drawer = document.querySelector(".side-menu:popover-open");
    if (drawer && !drawer.contains(event.target)) {
      drawer.hidePopover();
    }
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

  // In a form with a picker, Enter searches in the search box and saves in any other field.
  document.addEventListener("keydown", function (event) {
    const form = event.target.form;
    if (event.key !== "Enter" || event.target.tagName !== "INPUT" || !form || !form.querySelector(".picker")) {
      return;
    }
    event.preventDefault();
    const button = event.target.dataset.enter;
    (button ? document.getElementById(button) : form.querySelector("[name=save]")).click();
  });

  // The count follows the ticks of the shown page.
  document.addEventListener("change", function (event) {
    const picker = event.target.matches(".picker-list input") && event.target.closest(".picker");
    const count = picker && picker.querySelector(".picker-count");
    if (count) {
      const ticked = Number(count.dataset.ticked) + (event.target.checked ? 1 : -1);
      const one = new Intl.PluralRules(document.documentElement.lang).select(ticked) === "one";
      count.textContent = (one ? count.dataset.one : count.dataset.many).replace(/\d+/, ticked);
      count.dataset.ticked = ticked;
      document.getElementById("picker-status").textContent = count.textContent;
    }
  });

  // htmx gives the focus back to the button of the same id. Where it is gone, the count takes it.
  document.addEventListener("htmx:afterSwap", function () {
    const count = document.querySelector(".picker-count");
    if (count && document.activeElement === document.body) {
      count.focus();
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
