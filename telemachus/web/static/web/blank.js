// A page about a person asks every minute whether it may still be seen, and empties itself when it may not.

const EVERY = 60_000;
const page = document.querySelector("main[data-watch]");

function blank() {
  clearInterval(timer);
  const sentence = document.createElement("p");
  sentence.setAttribute("role", "alert");
  sentence.textContent = page.dataset.gone;
  const back = document.createElement("p");
  const link = document.createElement("a");
  link.href = "/";
  link.textContent = page.dataset.back;
  back.append(link);
  page.replaceChildren(sentence, back);
  document.title = "Telemachus";
}

async function ask() {
  let answer;
  try {
    answer = await fetch(page.dataset.watch, { cache: "no-store", credentials: "same-origin", redirect: "manual" });
  } catch {
    return; // No network says nothing about what may be seen.
  }
  // A redirect leads to the sign-in page, so it says the same as 401.
  if (answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status)) blank();
}

const timer = setInterval(ask, EVERY);

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") ask();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) ask();
});
