// One press, one act: a form's button rests while its answer is on the way.

const buttons = (form) => form.querySelectorAll("button:not([type=button]), input[type=submit]");

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.hasAttribute("data-again")) return;
  // After the event, or the pressed button's own name and value would not be sent.
  setTimeout(() => {
    for (const button of buttons(form)) {
      if (button.disabled) continue;
      button.disabled = true;
      button.dataset.resting = "";
    }
  });
});

// The browser's back button may bring the page as it was left.
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("[data-resting]")) {
    button.disabled = false;
    delete button.dataset.resting;
  }
});
