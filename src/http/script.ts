import type { Words } from "../i18n/shape.ts";
import { contentHash } from "../lib/secrets.ts";

/** The sentences that the script shows, as JSON for an attribute. Slots are names in braces, plurals one sentence for each category. */
export function scriptWords({ password, check, email, when }: Words): string {
  const { show, hide, showLabel, hideLabel, shown, hidden, capsLock, needed, enough } = password;
  return JSON.stringify({
    show,
    hide,
    showLabel,
    hideLabel,
    shown,
    hidden,
    capsLock,
    needed: needed.templates,
    enough,
    resendIn: check.resendIn.templates,
    didYouMean: email.didYouMean({ email: "{email}" }),
    ago: when.ago({ relative: "{relative}", time: "{time}" }),
    on: when.on({ moment: "{moment}" }),
  });
}

/** The one script. Every page works without it. It never submits a form by itself, and every sentence comes from the page. */
export const script = `
"use strict";
const { locale, words: json } = document.body.dataset;
const words = JSON.parse(json);
const digits = /^ar\\b/.test(locale) ? locale + "-u-ca-gregory-nu-latn" : locale;
const fill = (sentence, slots) => sentence.replace(/\\{(\\w+)\\}/g, (_, name) => slots[name]);
const counted = (forms, n) =>
  fill(forms[new Intl.PluralRules(locale).select(n)] ?? forms.other, { n: new Intl.NumberFormat(digits).format(n) });
const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

// Moments in the reader's time zone: relative within a day.
for (const time of document.querySelectorAll("time[data-form]")) {
  const at = new Date(time.dateTime);
  const format = (options) => new Intl.DateTimeFormat(digits, options).format(at);
  const minutes = Math.floor((Date.now() - at) / 60000);
  const relatively = new Intl.RelativeTimeFormat(digits, { numeric: "auto" });
  const relative = minutes < 0 || minutes >= 1440 ? null
    : minutes < 1 ? relatively.format(0, "second")
    : minutes < 60 ? relatively.format(-minutes, "minute") : relatively.format(-Math.floor(minutes / 60), "hour");
  const day = { year: "numeric", month: "long", day: "numeric" };
  const clock = { hour: "numeric", minute: "2-digit", timeZoneName: "short" };
  time.title = format({ ...day, ...clock });
  const form = time.dataset.form;
  if (form === "when") time.textContent = relative === null ? fill(words.on, { moment: time.title }) : fill(words.ago, { relative, time: format(clock) });
  else if (form === "ago" && relative !== null) time.textContent = relative;
  else if (form === "time" && relative !== null) time.textContent = format({ hour: "numeric", minute: "2-digit" });
  else time.textContent = format({ dateStyle: "medium" });
}
for (const input of document.querySelectorAll("input[name=tz]")) input.value = zone;

// Password fields: a button that shows the text, a warning of Caps Lock, and how many characters a new one still needs.
for (const input of document.querySelectorAll("input[type=password]")) {
  const box = make("div", { className: "box" });
  const button = make("button", { type: "button", className: "toggle" });
  button.setAttribute("aria-controls", input.id);
  const spoken = make("div", { className: "hidden", role: "status" });
  const label = () => {
    const isShown = input.type === "text";
    button.textContent = isShown ? words.hide : words.show;
    button.setAttribute("aria-label", isShown ? words.hideLabel : words.showLabel);
  };
  // Keeps the focus in the field, and the keyboard of a phone open.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    input.type = input.type === "password" ? "text" : "password";
    label();
    spoken.textContent = input.type === "text" ? words.shown : words.hidden;
  });
  label();
  const capsLock = make("p", { className: "caps", textContent: words.capsLock, hidden: true, role: "status" });
  const check = (event) => (capsLock.hidden = !event.getModifierState?.("CapsLock"));
  for (const name of ["keydown", "keyup", "mousedown"]) input.addEventListener(name, check);
  input.addEventListener("blur", () => (capsLock.hidden = true));
  input.replaceWith(box);
  box.append(input, button);
  box.after(spoken, capsLock);

  const least = Number(input.dataset.minLength);
  if (!least) continue;
  const meter = make("p", { className: "meter", hidden: true });
  const said = make("p", { className: "hidden", role: "status" });
  let rest;
  input.addEventListener("input", () => {
    const missing = least - [...input.value.normalize("NFC")].length;
    meter.hidden = input.value === "";
    meter.classList.toggle("ok", missing <= 0);
    meter.textContent = missing > 0 ? counted(words.needed, missing) : words.enough;
    clearTimeout(rest);
    rest = setTimeout(() => (said.textContent = meter.hidden ? "" : meter.textContent), 500);
  });
  capsLock.after(meter, said);
}

// The common typing errors in the domain of an address. Only a suggestion: the button fills it in.
const SLIPS = { gmail: /^(gmial|gamil|gmal|gmai|gnail|gmaill)\\.com?$|^gmail\\.(co|con|cm|om)$/, hotmail: /^(hotmial|hotmal|hotmil)\\.com$|^hotmail\\.(con|cm)$/, yahoo: /^(yaho|yahooo|yhoo)\\.com$|^yahoo\\.(con|cm)$/, outlook: /^(outlok|outllok)\\.com$|^outlook\\.(con|cm)$/, icloud: /^(iclod|icould)\\.com$|^icloud\\.(con|cm)$/ };
for (const input of document.querySelectorAll("input[type=email]:not([readonly])")) {
  const offer = make("button", { type: "button", className: "link offer", hidden: true });
  const at = () => input.value.lastIndexOf("@");
  input.addEventListener("blur", () => {
    const domain = input.value.slice(at() + 1).trim().toLowerCase();
    const meant = Object.keys(SLIPS).find((name) => SLIPS[name].test(domain));
    offer.hidden = !meant || at() < 1;
    offer.dataset.email = input.value.slice(0, at() + 1) + meant + ".com";
    offer.textContent = fill(words.didYouMean, { email: offer.dataset.email });
  });
  offer.addEventListener("click", () => {
    input.value = offer.dataset.email;
    offer.hidden = true;
    input.focus();
  });
  input.after(offer);
}

// Codes: two groups of four, with the caret kept.
for (const input of document.querySelectorAll("input.code")) {
  input.addEventListener("input", () => {
    if (/[^\\d ]/.test(input.value)) return;
    const before = input.value.slice(0, input.selectionStart).replace(/\\D/g, "").length;
    const value = input.value.replace(/\\D/g, "").replace(/^(\\d{4})(?=\\d)/, "$1 ");
    if (value === input.value) return;
    input.value = value;
    const caret = before > 4 ? before + 1 : before;
    input.setSelectionRange(caret, caret);
  });
}

// Gives a page its own address: to the page that refused a form the address at which Reload and Back open the form again, and
// to the page of a used link the one without the token. Never before the outcome is known: a form may be refused.
const { address } = document.body.dataset;
if (address && address !== location.pathname) history.replaceState(null, "", address + location.search);

for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", (event) => {
    // A double click submits the form once. After a stopped page load the form can be submitted again.
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    for (const input of form.querySelectorAll("input[autocomplete*=password]")) input.type = "password";
    const button = event.submitter ?? form.querySelector("button:not([type=button])");
    if (button?.dataset.busy) {
      button.style.minInlineSize = button.offsetWidth + "px";
      button.dataset.label ??= button.innerHTML;
      button.setAttribute("aria-busy", "true");
      button.textContent = button.dataset.busy;
    }
    setTimeout(() => ready(form), 5000);
  });
}
function ready(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("button[aria-busy]")) {
    button.removeAttribute("aria-busy");
    button.innerHTML = button.dataset.label;
  }
}
// Coming back to a page with the back button makes its forms usable again.
addEventListener("pageshow", () => document.querySelectorAll("form").forEach(ready));

// Counts down until the email can be sent again; the server enforces the wait.
for (const button of document.querySelectorAll("button[data-wait]")) {
  const note = button.parentElement.querySelector("[data-wait-note]");
  const until = Date.now() + button.dataset.wait * 1000;
  button.disabled = true;
  const timer = setInterval(() => {
    const left = Math.ceil((until - Date.now()) / 1000);
    if (left > 0) return void (note.textContent = counted(words.resendIn, left));
    clearInterval(timer);
    button.disabled = false;
    note.remove();
  }, 1000);
}

// A menu closes when the focus or a click leaves it, and with Escape.
for (const menu of document.querySelectorAll("details.languages")) {
  const close = ({ target }) => menu.contains(target) || (menu.open = false);
  addEventListener("click", close);
  addEventListener("focusin", close);
  menu.addEventListener("keydown", ({ key }) => key === "Escape" && (menu.open = false, menu.firstElementChild.focus()));
}

// Moves the focus to the error summary.
document.querySelector(".summary")?.focus();
`;

export const SCRIPT_PATH = `/latchkey-${contentHash(script)}.js`;
