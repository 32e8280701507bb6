// Keeps a long form on the page until it has reached the server: where there is no connection it says so, and what was typed stays.
// Without this file the form is sent as any other.
(() => {
  "use strict";
  function watch(form) {
    const told = document.createElement("p");
    told.setAttribute("role", "status");
    told.className = "form-kept";
    told.hidden = true;
    form.prepend(told);
    let isSending = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (isSending) return;
      isSending = true;
      told.hidden = true;
      try {
        const typed = new FormData(form);
        // Which of several buttons was pressed belongs to what is sent.
        if (event.submitter && event.submitter.name) typed.append(event.submitter.name, event.submitter.value);
        const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(typed), credentials: "same-origin" });
        if (answer.redirected) {
          location.assign(answer.url);
        } else {
          // A form that was refused comes back with what is wrong and what was typed.
          const page = new DOMParser().parseFromString(await answer.text(), "text/html");
          document.querySelector("main").replaceWith(page.querySelector("main"));
          document.title = page.title;
          document.querySelectorAll("main form[method=post]").forEach(watch);
          const summary = document.querySelector("main [role=alert], main .error-summary");
          if (summary) summary.focus();
        }
      } catch {
        told.textContent = "Not sent: there is no connection. Everything is still here; press the button again when you are back.";
        told.hidden = false;
        told.scrollIntoView({ block: "center" });
      }
      isSending = false;
    });
  }
  document.querySelectorAll("main form[method=post]").forEach(watch);
})();
