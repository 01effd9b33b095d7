// A field that is looked for by its name: select2 shows another element, which must have its label.
(function () {
  "use strict";

  function name(select) {
    const shown = select.nextElementSibling && select.nextElementSibling.querySelector(".select2-selection");
    const label = select.labels[0];
    if (!shown || !label) {
      return;
    }
    label.id = label.id || select.id + "_label";
    const text = shown.querySelector("[role=textbox]");
    shown.setAttribute("aria-labelledby", label.id + " " + text.id);
    text.setAttribute("aria-labelledby", label.id);
  }

  // Registered after the one that makes it, so it runs after it.
  window.django.jQuery(function () {
    document.querySelectorAll("select.admin-autocomplete").forEach(name);
  });
})();
