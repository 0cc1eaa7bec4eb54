// Keeps what was typed in a form[data-keep] until it has arrived, past a sign-in that ran out.

const PREFIX = "unsent:";
const person = document.body.dataset.person;
const here = new Map([...document.querySelectorAll("form[data-keep]")].map((form) => [keyOf(form), form]));

function keyOf(form) {
  return PREFIX + new URL(form.getAttribute("action") || location.href, location.href).pathname;
}

function fields(form) {
  return [...form.elements].filter((field) => field.name && !["password", "hidden", "file", "submit", "button"].includes(field.type));
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, kept) {
  try {
    sessionStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // Full or forbidden: typing must go on all the same.
  }
}

function keys() {
  return Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
}

function keep(form, sent) {
  const values = fields(form).map((field) => [field.name, field.value, valueOf(field)]);
  write(keyOf(form), { person, sent, away: false, values, page: location.pathname });
}

function valueOf(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked;
  if (field.type === "select-multiple") return [...field.selectedOptions].map((option) => option.value);
  return field.value;
}

function restore(form, values) {
  const left = [...values];
  for (const field of fields(form)) {
    const choice = field.type === "checkbox" || field.type === "radio";
    const at = left.findIndex(([name, value]) => name === field.name && (!choice || value === field.value));
    if (at < 0) continue;
    const [[, , kept]] = left.splice(at, 1);
    if (choice) field.checked = kept;
    else if (field.type === "select-multiple") for (const option of field.options) option.selected = kept.includes(option.value);
    else field.value = kept;
  }
}

// Whoever signs in next in this tab must not meet another person's words.
function settle(key) {
  const kept = read(key);
  if (!kept || kept.person !== person) return sessionStorage.removeItem(key);
  const form = here.get(key);
  if (kept.sent && !kept.away) return sessionStorage.removeItem(key);
  if (!form) return kept.sent && goBack(key, kept);
  restore(form, kept.values);
  return write(key, { ...kept, sent: false, away: false });
}

// It was sent, and a sign-in came in between: back to the form. Once only: that page may be gone.
function goBack(key, kept) {
  write(key, { ...kept, sent: false, away: false });
  location.replace(kept.page);
}

if (person) {
  keys().forEach(settle);
} else {
  for (const key of keys()) write(key, { ...read(key), away: true });
}

for (const form of here.values()) {
  form.addEventListener("input", () => keep(form, false));
  form.addEventListener("submit", () => keep(form, true));
}

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.elt.closest?.("form[data-keep]");
  if (form && detail.successful) sessionStorage.removeItem(keyOf(form));
});

document.addEventListener("submit", ({ target }) => {
  if (target.hasAttribute("data-sign-out")) keys().forEach((key) => sessionStorage.removeItem(key));
});
