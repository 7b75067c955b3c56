/* How far the work on a sheet has come, asked every two seconds; when its state changes, the page is opened anew. */
"use strict";

const PAUSE = 2000;
const LONGEST_PAUSE = 10000;
const box = document.querySelector("[data-progress]");
let failures = 0;
let most = box ? Number(box.dataset.done) : 0;

function show(progress) {
  const bar = box.querySelector("progress");
  const words = box.querySelector(".sheet-words");
  const warning = box.querySelector(".sheet-waits");
  if (progress.rows) {
    bar.max = progress.rows;
    bar.value = progress.done;
  }
  // A file that is read anew after a stop is counted from its first row again: the page waits until that is past.
  const goesBack = box.dataset.state === "reading" && progress.done < most;
  most = Math.max(most, progress.done);
  // Only what differs: a screen reader reads every change.
  if (!goesBack && words.textContent !== progress.words) words.textContent = progress.words;
  if (warning.textContent !== progress.warning) warning.textContent = progress.warning;
  warning.hidden = !progress.warning;
}

/* After the second time: one answer that is lost is nothing to speak of. */
function sayWhetherAway() {
  const away = box.querySelector(".sheet-away");
  const words = failures > 1 ? away.dataset.words : "";
  away.hidden = !words;
  if (away.textContent !== words) away.textContent = words;
}

/* Whether the page is to be asked again. */
async function ask() {
  const answer = await fetch(box.dataset.progress, {
    headers: { Accept: "application/json" },
    signal: AbortSignal.timeout(LONGEST_PAUSE),
  });
  const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
  // Signed out, deleted, or no longer allowed: the page itself says so.
  const isOver = answer.status === 404 || answer.status === 403 || (answer.ok && !isJson);
  if (!answer.ok && !isOver) throw new Error(answer.statusText);
  const progress = isOver ? null : await answer.json();
  if (isOver || progress.state !== box.dataset.state) {
    window.location.reload();
    return false;
  }
  show(progress);
  return true;
}

async function goOn() {
  let goesOn = true;
  try {
    goesOn = await ask();
    failures = 0;
  } catch {
    failures += 1; // the portal or the net is away; it may come back
  }
  sayWhetherAway();
  if (goesOn) window.setTimeout(goOn, Math.min(PAUSE * (failures + 1), LONGEST_PAUSE));
}

if (box) window.setTimeout(goOn, PAUSE / 2);
