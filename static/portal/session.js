// Says that the session is about to end, and lets go on with what was typed once it has.
(function () {
  "use strict";

  const notice = document.querySelector("[data-session]");
  if (!notice) {
    return;
  }
  const SECOND = 1000;
  const BEFORE = 300 * SECOND;
  const LATE = 60 * SECOND; // the portal notes once a minute that somebody is there
  const idle = notice.dataset.idle * SECOND - LATE;
  let seen = Date.now();
  let last = seen + notice.dataset.left * SECOND;
  let shown = "";

  // All tabs of the browser have one session: what one asks keeps it for the others.
  const tabs = new BroadcastChannel("session");
  tabs.postMessage("seen");
  tabs.addEventListener("message", function () {
    if (shown === "ended" || shown === "other") {
      resume();
    }
    here();
  });
  document.addEventListener("htmx:afterRequest", here);

  function here() {
    seen = Date.now();
    check();
  }

  function state() {
    const now = Date.now();
    if (shown === "ended" || shown === "other" || now > Math.min(seen + idle, last)) {
      return shown === "other" ? shown : "ended";
    }
    if (now > last - BEFORE) {
      return "last";
    }
    return now > seen + idle - BEFORE ? "idle" : "";
  }

  function check() {
    show(state());
  }

  function show(what) {
    if (what === shown) {
      return;
    }
    shown = what;
    notice.querySelectorAll("[data-when]").forEach(function (part) {
      part.hidden = part.dataset.when !== what;
    });
    notice.hidden = !what;
  }

  // Asking keeps the session. After another sign-in the forms want its token.
  function resume() {
    fetch(notice.dataset.session, { redirect: "manual" })
      .then(function (answer) {
        return answer.ok ? answer.json() : null;
      })
      .then(function (found) {
        if (!found || String(found.person) !== notice.dataset.person) {
          show(found ? "other" : "ended");
          return;
        }
        document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach(function (field) {
          field.value = found.token;
        });
        seen = Date.now();
        last = seen + found.left * SECOND;
        tabs.postMessage("seen");
        show("");
        document.getElementById("content").focus({ preventScroll: true });
      });
  }

  notice.addEventListener("click", function (event) {
    if (event.target.closest("button")) {
      resume();
    }
  });
  document.addEventListener("visibilitychange", check);
  setInterval(check, 10 * SECOND);
})();
