/* How far the work on a sheet has come, asked every two seconds; when its state changes, the page is opened anew. */
"use strict";

const box = document.querySelector("[data-progress]");

function show(progress) {
  const bar = box.querySelector("progress");
  const words = box.querySelector(".sheet-words");
  const warning = box.querySelector(".sheet-warning");
  if (progress.rows) {
    bar.max = progress.rows;
    bar.value = progress.done;
  }
  // Only what differs: a screen reader reads every change.
  if (words.textContent !== progress.words) words.textContent = progress.words;
  if (warning.textContent !== progress.warning) warning.textContent = progress.warning;
  warning.hidden = !progress.warning;
}

async function ask() {
  let pause = 2000;
  try {
    const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
    const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    // Signed out or deleted: the page itself says so.
    if (answer.status === 404 || (answer.ok && !isJson)) return window.location.reload();
    if (answer.ok) {
      const progress = await answer.json();
      if (progress.state !== box.dataset.state) return window.location.reload();
      show(progress);
    }
  } catch {
    pause = 6000; // the net is away; it may come back
  }
  window.setTimeout(ask, pause);
}

if (box) window.setTimeout(ask, 1000);
