// A part of a form that belongs to one choice shows only with it (data-only-with="name=value"); without script always.

for (const part of document.querySelectorAll("[data-only-with]")) {
  const [name, value] = part.dataset.onlyWith.split("=");
  const choices = [...part.closest("form").querySelectorAll(`[name="${name}"]`)];
  const show = () => {
    part.hidden = !choices.some((choice) => choice.checked && choice.value === value);
  };
  for (const choice of choices) choice.addEventListener("change", show);
  addEventListener("pageshow", show);
  show();
}
