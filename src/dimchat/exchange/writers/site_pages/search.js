// Search over the questions of questions.js: those with a word for every word that is typed, else those with some.
"use strict";

(() => {
  const form = document.getElementById("search");
  const input = document.getElementById("q");
  const page = document.getElementById("page");
  const list = document.getElementById("found");
  const count = document.getElementById("count");
  const most = 20;

  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const wordsOf = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const questions = QUESTIONS.map((one) => ({
    at: one.at,
    title: one.title,
    parts: [[wordsOf(one.title), 5], [wordsOf(one.asked), 3], [wordsOf(one.said), 1]],
  }));

  const scoreOf = (question, typed) => {
    let total = 0;
    let missing = 0;
    for (const word of typed) {
      let best = 0;
      for (const [words, weight] of question.parts) {
        for (const other of words) {
          if (other === word) best = Math.max(best, weight * 2);
          else if (other.startsWith(word)) best = Math.max(best, weight);
        }
      }
      total += best;
      if (best === 0) missing += 1;
    }
    return { question, total, missing };
  };

  const show = () => {
    const typed = wordsOf(input.value);
    const searching = typed.length > 0;
    page.hidden = searching;
    list.hidden = count.hidden = !searching;
    if (!searching) return;
    const scored = questions.map((one) => scoreOf(one, typed)).filter((one) => one.total > 0);
    const whole = scored.filter((one) => one.missing === 0);
    const ranked = (whole.length > 0 ? whole : scored).sort((a, b) => a.missing - b.missing || b.total - a.total);
    const found = ranked.slice(0, most);
    list.replaceChildren(...found.map(({ question: one }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = one.at;
      link.textContent = one.title;
      link.addEventListener("click", () => { input.value = ""; show(); });
      item.append(link);
      return item;
    }));
    const form = found.length === 0 ? "none" : found.length === 1 ? "one" : "many";
    count.textContent = count.dataset[form].replace("{count}", found.length);
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = list.querySelector("a");
    if (!list.hidden && first) first.click();
  });
  input.addEventListener("input", show);
  show();
})();
