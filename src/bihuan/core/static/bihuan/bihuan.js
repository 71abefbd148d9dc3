/* 闭环 · what makes pages quicker. Every page works without it. */
"use strict";
const keeping = new Map(); // form → its draft under way

/* A form is sent once: a second tap while the first is under way does nothing. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("method") !== "post" || form.closest("[hx-post]")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (keeping.has(form)) { // a draft is on its way: let it land first, or this would look like a second tab
    event.preventDefault();
    const pressed = event.submitter;
    keeping.get(form).finally(() => form.requestSubmit(pressed));
    return;
  }
  form.dataset.sent = "1";
  form.classList.add("is-sent");
  setTimeout(() => again(form), 10000); // the answer may be a file, which leaves the page where it is
});
function again(form) {
  delete form.dataset.sent;
  form.classList.remove("is-sent");
}
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(again));

/* Printing needs a script, so its button is shown by one: <button data-print hidden>. */
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});

/* Drafts: <form data-autosave> is sent to its own address a moment after the last key, with X-Autosave: 1 and without
   its one-time key; a form with a draft key is sent to the page it stands on. The server answers 204, and X-Version when
   the kept record has a new version. */
const drafted = (form) => form.hasAttribute("data-autosave") || form.querySelector(":scope input[name=draft]");
function clock() {
  const now = new Date();
  return `${now.getHours()}:${String(now.getMinutes()).padStart(2, "0")}`;
}
function say(form, words) {
  let line = form.querySelector(".saved");
  if (!line) {
    line = document.createElement("p");
    line.className = "saved";
    form.append(line);
  }
  line.setAttribute("role", "status");
  line.textContent = words;
}
async function keep(form) {
  if (form.dataset.sent) return;
  const body = new FormData(form);
  body.delete("form_key");
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  let kept = false;
  try {
    const own = form.hasAttribute("data-autosave") && form.getAttribute("action"); // an attribute, not form.action: a field may bear that name
    const answer = await fetch(own || location.href, { method: "POST", body, headers: { "X-Autosave": "1" }, redirect: "manual" });
    kept = answer.status === 204;
    const version = answer.headers.get("X-Version");
    if (version && form.elements.version) form.elements.version.value = version;
  } catch { /* no network: said below */ }
  say(form, kept ? `${clock()}已自动存下` : "还没有存下，请按按钮保存");
}
[...document.forms].filter(drafted).forEach((form) => {
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => keeping.set(form, keep(form).finally(() => keeping.delete(form))), 1500);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
});
