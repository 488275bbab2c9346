import { contentHash } from "../lib/secrets.ts";

/** The one script. Every page works without it. It never submits a form by itself. */
export const script = `
"use strict";

// A button beside each password field that shows its text.
for (const input of document.querySelectorAll("input[type=password]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "show";
  const name = (input.labels[0]?.textContent ?? "password").toLowerCase();
  const label = () => {
    const shown = input.type === "text";
    button.textContent = shown ? "Hide" : "Show";
    button.setAttribute("aria-label", (shown ? "Hide " : "Show ") + name);
  };
  // Keeps the focus in the field, and the keyboard of a phone open.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    input.type = input.type === "password" ? "text" : "password";
    label();
  });
  label();
  const row = document.createElement("div");
  row.className = "with-button";
  input.replaceWith(row);
  row.append(input, button);
}

for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", (event) => {
    // A double click submits the form once. After a stopped page load the form can be submitted again.
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 5000);
    for (const input of form.querySelectorAll("input[autocomplete*=password]")) input.type = "password";
    // Removes the token from the address bar on submit. Not earlier: phones reload pages that were in the background.
    if (form.dataset.cleanUrl) history.replaceState(null, "", form.dataset.cleanUrl);
  });
}

// Counts down until the email can be sent again; the server enforces the wait.
for (const button of document.querySelectorAll("button[data-wait]")) {
  const note = button.parentElement.querySelector("[data-wait-note]");
  const until = Date.now() + button.dataset.wait * 1000;
  button.disabled = true;
  const timer = setInterval(() => {
    const left = Math.ceil((until - Date.now()) / 1000);
    if (left > 0) return void (note.textContent = note.textContent.replace(/\\d+ \\w+/, left + (left === 1 ? " second" : " seconds")));
    clearInterval(timer);
    button.disabled = false;
    note.remove();
  }, 1000);
}

// Coming back to a page with the back button makes its forms usable again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form")) delete form.dataset.sent;
});

// Moves the focus to the error summary.
document.querySelector(".problem")?.focus();
`;

export const SCRIPT_PATH = `/latchkey-${contentHash(script)}.js`;
