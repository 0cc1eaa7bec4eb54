// Two keys: "/" goes to the search field, "g" then "t" to Today. data-keys="off" on the body turns them off (WCAG 2.1.4).

const WAIT = 1200;
let wentAt = -WAIT;

function typing(target) {
  return target.isContentEditable || target.matches?.("input, select, textarea");
}

document.addEventListener("keydown", (event) => {
  if (document.body.dataset.keys === "off" || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    const search = document.querySelector("input[type=search]");
    if (!search) return;
    event.preventDefault();
    search.focus();
  } else if (event.key === "t" && event.timeStamp - wentAt < WAIT) {
    document.querySelector("a[data-today]")?.click();
  }
  wentAt = event.key === "g" ? event.timeStamp : -WAIT;
});
