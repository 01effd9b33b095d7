// Says that the session is about to end, and lets go on with what was typed once it has.
(function () {
  "use strict";

  // All tabs of the browser have one session: what one learns of it, it tells the others.
  const tabs = new BroadcastChannel("session");
  const notice = document.querySelector("[data-session]");
  if (!notice) {
    tabs.postMessage(""); // nobody is signed in
    return;
  }
  const SECOND = 1000;
  const BEFORE = 300 * SECOND;
  const LATE = 60 * SECOND; // the portal notes once a minute that somebody is there
  const person = notice.dataset.person;
  const idle = notice.dataset.idle * SECOND - LATE;
  let seen = Date.now();
  let last = seen + notice.dataset.left * SECOND;
  let shown = "";
  let closed = "";
  let asking = false;
  let before = null;

  function tell() {
    tabs.postMessage(person);
  }

  tabs.addEventListener("message", function (event) {
    if (event.data === person && state() !== "ended" && state() !== "other") {
      here();
    } else {
      resume(false);
    }
  });

  function here() {
    seen = Date.now();
    check();
  }

  function state() {
    const now = Date.now();
    if (shown === "ended" || shown === "other") {
      return shown;
    }
    if (now > Math.min(seen + idle, last)) {
      return "ended";
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
    if (what !== shown) {
      shown = what;
      closed = "";
      hint("");
    }
    part("when", shown);
    notice.hidden = !shown || shown === closed;
  }

  function hint(what) {
    part("hint", what);
  }

  function part(name, what) {
    notice.querySelectorAll("[data-" + name + "]").forEach(function (one) {
      one.hidden = !one.dataset[name].split(" ").includes(what);
    });
  }

  // Asking keeps the session. After another sign-in the forms want its token.
  function resume(pressed) {
    if (asking) {
      return;
    }
    asking = true;
    fetch(notice.dataset.session, { redirect: "manual" })
      .then(function (answer) {
        return answer.type === "opaqueredirect" ? { person: "" } : answer.json();
      })
      .then(take)
      .then(function () {
        hint(pressed && shown === "ended" ? "absent" : "");
        if (pressed && !shown && before) {
          before.focus({ preventScroll: true });
        }
      })
      .catch(function () {
        hint(pressed ? "silent" : "");
      })
      .finally(function () {
        asking = false;
      });
  }

  function take(found) {
    if (String(found.person) !== person) {
      show(found.person ? "other" : "ended");
      return;
    }
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach(function (field) {
      field.value = found.token;
    });
    seen = Date.now();
    last = seen + found.left * SECOND;
    shown = "";
    check();
    tell();
  }

  notice.addEventListener("focusin", function (event) {
    if (event.relatedTarget && !notice.contains(event.relatedTarget)) {
      before = event.relatedTarget;
    }
  });
  notice.addEventListener("click", function (event) {
    const button = event.target.closest("button");
    if (button && button.dataset.close !== undefined) {
      closed = shown;
      notice.hidden = true;
    } else if (button) {
      resume(true);
    }
  });

  // A part of a page that comes from elsewhere, or not at all, is no part of this one.
  document.addEventListener("htmx:beforeSwap", function (event) {
    const asked = new URL(event.detail.requestConfig.path, location.href).pathname;
    const answered = new URL(event.detail.xhr.responseURL || location.href).pathname;
    if (asked !== answered || event.detail.xhr.status === 403) {
      event.detail.shouldSwap = false;
      resume(false);
    } else {
      here();
      tell();
    }
  });

  // On the way back the browser fills a page with what was typed there, whoever typed it.
  window.addEventListener("pageshow", function () {
    const entry = history.state || {};
    if ((entry.person || person) !== person) {
      document.querySelectorAll("form").forEach(function (form) {
        form.reset();
      });
    }
    history.replaceState(Object.assign({}, entry, { person: person }), "");
  });

  document.addEventListener("visibilitychange", check);
  setInterval(check, 10 * SECOND);
  tell();
})();
