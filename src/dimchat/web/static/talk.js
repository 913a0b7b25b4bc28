// What the page does better with a script: it stays where it is when something is asked, finds questions while one types,
// tells a screen reader of each reply once, and knows when somebody left. Without it every form works by itself.
"use strict";

(() => {
  const ENDINGS = { 1001: "stopped", 4000: "left", 4002: "idle", 4003: "full", 4004: "failed", 4005: "stopped", 4006: "crowded" };
  const AGAIN = 4001;
  const TYPING = 150; // milliseconds without a key after which questions are looked for
  const SIGN = 5000; // milliseconds between two signs of life
  const SPOKEN = 8000; // milliseconds after which what was told is taken away again
  const RETRY = 3000;
  const FEWEST = 3;
  const PASS = 6000; // milliseconds that a question stands on the first screen

  const root = document.documentElement;
  const find = (selector, within = document) => within.querySelector(selector);
  const body = document.body;
  const visit = new URL(body.dataset.visit, location.href).href;
  const home = new URL(body.dataset.root, location.href).href;
  const stand = root.classList.contains("stand");
  const text = find("#text");
  const found = find("#found");
  const coarse = matchMedia("(pointer: coarse)");
  let over = false;
  let busy = false;
  const typed = []; // what was asked while something else was under way
  let signed = 0;
  let counting = 0;
  let silence = 0;
  let socket = null;
  let opened = false;

  root.classList.add("scripted");

  // --- what is asked, and what comes back -------------------------------------------------------------------------

  const send = (name, values, type) =>
    new Promise((done, failed) => {
      const request = new XMLHttpRequest(); // reads a document without a script ever making HTML of text
      request.open("POST", visit + name);
      request.responseType = type;
      request.setRequestHeader("X-Part", "1");
      request.onload = () => (request.status === 200 && request.response ? done(request.response) : failed(request));
      request.onerror = () => failed(request);
      request.send(new URLSearchParams(values));
    });

  const say = (told) => {
    const live = find("#live");
    clearTimeout(silence);
    live.textContent = "";
    requestAnimationFrame(() => {
      live.textContent = told;
    });
    silence = setTimeout(() => {
      live.textContent = "";
    }, SPOKEN);
  };

  const told = (step) => {
    const words = (node) => node.innerText.replace(/\s+/g, " ").trim();
    const parts = [...step.querySelectorAll(".reply, .why, .offer")];
    return parts.map(words).join(" ") || words(step);
  };

  // What is new in a step that was there already.
  const added = (step, before) => {
    const news = [".step.staff .told", ".next > .note, .step > .note", ".why", ".codes h3", ".meant [role=status]", ".reply"].map((name) => find(name, step));
    return news.find((node) => node && !before.includes(node.textContent));
  };

  // The button that was pressed, as it is now.
  const same = (pressed, within) => {
    const action = pressed?.form?.getAttribute("action");
    const buttons = [...within.querySelectorAll("form button")].filter((one) => one.form.getAttribute("action") === action);
    return buttons.find((one) => one.value === pressed.value) ?? buttons[0];
  };

  const take = (page, name, { typed, pressed }) => {
    showKeys(false);
    const steps = find("#steps");
    const fresh = [...page.querySelectorAll(".step")].map((step) => document.adoptNode(step));
    if (!fresh.length) return end(4000); // the visit is over
    const known = fresh.length === 1 && document.getElementById(fresh[0].id);
    const before = known ? known.textContent : "";
    if (known) known.replaceWith(fresh[0]);
    else if (stand) steps.replaceChildren(...fresh);
    else {
      steps.querySelectorAll(".next, .meant").forEach((offer) => offer.remove()); // only the last step offers
      steps.querySelectorAll(".step:not(.said)").forEach((step) => step.remove());
      steps.append(...fresh);
    }
    root.className = `${find("html", page).className} scripted`;
    find("nav").replaceWith(document.adoptNode(find("nav", page)));
    const step = fresh.at(-1);
    if (name !== "size") read(step);
    if (known) {
      const gained = added(step, before);
      if (gained) say(gained.innerText);
      if (["take", "source"].includes(name)) find(".codes", step)?.scrollIntoView({ block: stand ? "start" : "nearest" });
      else if (name === "size") step.scrollIntoView();
      else if (name === "why") gained?.scrollIntoView({ block: "nearest" });
      (find("#pin", step) ?? same(pressed, step) ?? same(pressed, find("nav")) ?? find("h2", step)).focus({ preventScroll: true });
      return;
    }
    say(told(step));
    if (find("#pin", step)) find("#pin", step).focus({ preventScroll: true });
    else if (typed && !coarse.matches && !stand) text.focus({ preventScroll: true });
    else find("h2", step).focus({ preventScroll: true }); // a soft keyboard leaves with the focus
    if (stand) scrollTo(0, 0);
    else step.scrollIntoView();
  };

  const ask = async (name, values, how = {}) => {
    if (busy && how.typed) typed.push([name, values, how]); // whatever was touched meanwhile may be touched again
    if (busy || over) return;
    busy = true;
    hush();
    speech?.cancel();
    root.setAttribute("aria-busy", "true");
    try {
      take(await send(name, values, "document"), name, how);
    } catch (request) {
      if (!over && request.status === 0) end(1006);
      else if (!over) location.assign(home);
    } finally {
      busy = false;
      root.removeAttribute("aria-busy");
    }
    if (typed.length) ask(...typed.shift());
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const name = form.getAttribute("action").split("/").pop();
    if (["over", "language"].includes(name)) {
      form.action = visit + name; // where it came from, its address was seen from elsewhere
      return;
    }
    event.preventDefault();
    const values = new FormData(form, event.submitter);
    if (form.id === "ask") {
      if (!text.value.trim()) return text.focus();
      text.value = "";
    }
    ask(name, values, { typed: form.id === "ask", pressed: event.submitter });
  });

  // --- questions while one types ----------------------------------------------------------------------------------

  let waiting = 0;
  let looked = 0;

  const hush = () => {
    clearTimeout(waiting);
    looked += 1;
    found.hidden = true;
    found.replaceChildren();
  };

  const offer = (questions) => {
    found.replaceChildren(
      ...questions.map(({ intent, title }) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = title;
        button.addEventListener("click", () => {
          text.value = "";
          ask("near", { intent });
        });
        return button;
      }),
    );
    const shown = questions.length > 0;
    if (shown && found.hidden) say(found.dataset.told);
    found.hidden = !shown;
  };

  text.addEventListener("input", () => {
    clearTimeout(waiting);
    if (text.value.trim().length < FEWEST) return hush();
    waiting = setTimeout(async () => {
      const mine = (looked += 1);
      try {
        const questions = await send("find", { text: text.value }, "json");
        if (mine === looked) offer(questions);
      } catch {
        hush();
      }
    }, TYPING);
  });

  // --- keys -------------------------------------------------------------------------------------------------------

  const move = (buttons, by) => {
    const at = buttons.indexOf(document.activeElement);
    const next = buttons[at + by];
    if (next) next.focus();
    else text.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || over) return;
    const { key, target } = event;
    const near = [...found.querySelectorAll("button")];
    if (target === text && key === "ArrowUp" && near.length) {
      event.preventDefault();
      near.at(-1).focus();
    } else if (target === text && key === "Escape") {
      hush();
    } else if (near.includes(target) && (key === "ArrowUp" || key === "ArrowDown")) {
      event.preventDefault();
      move(near, key === "ArrowUp" ? -1 : 1);
    } else if (target !== text && key === "Escape") {
      const back = find("#back");
      if (stand && back) back.click();
      else text.focus();
    } else if (target.id !== "pin" && target !== text && key.length === 1 && key !== " " && !attracting()) {
      text.focus(); // a number picks its row when enter follows, as in the terminal
    }
  });

  document.addEventListener("click", ({ target }) => {
    const copy = target.closest?.(".copy");
    if (!copy) return;
    const step = copy.closest(".step");
    const parts = [...step.querySelectorAll(".text, .sources li")].map((part) => part.innerText.trim());
    navigator.clipboard?.writeText(parts.join("\n\n")).then(() => say(copy.dataset.done));
  });

  // --- reading aloud: off until it is asked for, and by voices of this machine alone ------------------------------

  const reader = find("#aloud");
  const speech = window.speechSynthesis;
  let reading = false;

  const voice = (tag = root.lang) => {
    const language = tag.split("-")[0].toLowerCase();
    return speech.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith(language));
  };

  const read = (step) => {
    if (!reading) return;
    speech.cancel();
    const speaker = voice(find(".reply", step)?.lang || root.lang);
    if (!speaker) return; // better silent than in the sounds of another language
    for (const line of (step.dataset.aloud ?? "").split("\n").filter(Boolean)) {
      const spoken = new SpeechSynthesisUtterance(line);
      spoken.voice = speaker;
      spoken.lang = speaker.lang;
      speech.speak(spoken);
    }
  };

  if (speech) {
    const offerVoice = () => {
      reader.hidden = !voice();
    };
    offerVoice();
    speech.addEventListener?.("voiceschanged", offerVoice);
    reader.addEventListener("click", () => {
      reading = !reading;
      [reader.textContent, reader.dataset.text] = [reader.dataset.text, reader.textContent];
      const note = find("#aloud-note");
      note.textContent = reading ? note.dataset.text : "";
      if (reading) read(find(".step:last-child"));
      else speech.cancel();
    });
  }

  // --- the first screen of a stand --------------------------------------------------------------------------------

  const attract = find("#attract");
  const attracting = () => attract && !attract.hidden;

  const begin = (event) => {
    if (!attracting()) return;
    event.preventDefault();
    attract.hidden = true;
    find("#home").hidden = false;
    sign();
    find("h2").focus({ preventScroll: true });
  };

  attract?.addEventListener("click", (event) => {
    if (!event.target.closest("#pause, .languages")) begin(event);
  });
  if (attract) document.addEventListener("keydown", (event) => attracting() && event.key !== "Tab" && !event.target.closest("#pause, .languages") && begin(event));

  const passing = find(".passing");
  if (passing && !matchMedia("(prefers-reduced-motion: reduce)").matches) {
    const questions = JSON.parse(passing.dataset.more);
    const pause = find("#pause");
    const labels = [pause.textContent, pause.dataset.text];
    let at = 0;
    let moving = true;
    pause.hidden = false;
    pause.addEventListener("click", () => {
      moving = !moving;
      pause.textContent = labels[moving ? 0 : 1];
    });
    setInterval(() => {
      if (moving && attracting()) passing.textContent = questions[at++ % questions.length];
    }, PASS);
  }

  // --- keys on the screen ------------------------------------------------------------------------------------------

  const keys = find("#keys");

  const showKeys = (shown) => {
    if (!keys || keys.hidden !== shown) return;
    const button = find("#keyboard");
    keys.hidden = !shown;
    root.classList.toggle("typing", shown);
    [button.textContent, button.dataset.text] = [button.dataset.text, button.textContent];
    button.setAttribute("aria-expanded", shown);
    text.inputMode = shown ? "none" : ""; // the system's own keys would come as well
    if (shown) text.focus();
  };

  keys?.addEventListener("pointerdown", (event) => event.preventDefault()); // the line keeps the focus
  keys?.addEventListener("click", ({ target }) => {
    const key = target.dataset.key;
    if (!key) return;
    if (key === "ask") return find("#ask").requestSubmit();
    if (key === "clear") text.value = "";
    else if (key === "delete") text.value = [...text.value].slice(0, -1).join("");
    else text.value += key;
    text.dispatchEvent(new Event("input"));
  });

  document.addEventListener("click", ({ target, pointerType }) => {
    if (target.closest?.("#keyboard")) showKeys(keys.hidden);
    else if (target === text && pointerType === "touch") showKeys(true);
  });

  // --- the staff: five touches of the corner at the top left, or F9 five times, with nothing else between -----------

  const TIMES = 5;
  const WITHIN = 5000;
  const CORNER = 100; // pixels
  let made = [];

  const gesture = (right) => {
    made = right ? [...made, Date.now()].slice(-TIMES) : [];
    if (made.length < TIMES || made.at(-1) - made[0] > WITHIN) return;
    made = [];
    ask("staff", {});
  };

  if (stand) {
    document.addEventListener("pointerdown", ({ clientX, clientY }) => gesture(clientX < CORNER && clientY < CORNER), { capture: true });
    document.addEventListener("keydown", ({ key }) => gesture(key === "F9"), { capture: true });
    document.addEventListener("click", ({ target }) => {
      const digit = target.dataset?.digit;
      const pin = find("#pin");
      if (digit === undefined || !pin) return;
      pin.value = digit ? pin.value + digit : pin.value.slice(0, -1);
    });
  }

  // --- whether somebody is there ----------------------------------------------------------------------------------

  const tell = (kind) => socket?.readyState === WebSocket.OPEN && socket.send(JSON.stringify([kind]));

  const sign = () => {
    if (attracting()) return;
    const now = Date.now();
    if (now - signed < SIGN && find("#idle").hidden) return;
    signed = now;
    tell("stay");
  };

  for (const name of ["pointerdown", "pointermove", "keydown", "wheel", "touchmove"]) {
    document.addEventListener(name, sign, { passive: true, capture: true });
  }

  const showIdle = (seconds) => {
    const notice = find("#idle");
    const told = notice.querySelector("[data-text]");
    const show = (left) => {
      told.textContent = told.dataset.text.replace("{seconds}", left);
    };
    clearInterval(counting);
    show(seconds);
    notice.hidden = false;
    counting = setInterval(() => show((seconds = Math.max(seconds - 1, 0))), 1000);
  };

  const hideIdle = () => {
    clearInterval(counting);
    find("#idle").hidden = true;
  };

  const again = () => location.replace(home);

  const retry = () => {
    setTimeout(async () => {
      try {
        const answer = await fetch(home, { method: "HEAD", cache: "no-store" });
        if (answer.ok || [429, 503].includes(answer.status)) return again();
      } catch {
        // Not back yet.
      }
      retry();
    }, RETRY);
  };

  const end = (code) => {
    if (over) return;
    over = true;
    speech?.cancel();
    hideIdle();
    find("#home").remove(); // what was said leaves the page with it
    find("#live").textContent = "";
    if (code === AGAIN) return again();
    if (stand) {
      attract?.remove();
      find("#ending-again").hidden = false;
      return retry();
    }
    const ending = find(`#ending-${opened ? ENDINGS[code] ?? "lost" : "refused"}`);
    ending.hidden = false;
    find(".button", ending).focus();
  };

  const attend = (tries) => {
    const address = new URL("ws", visit);
    address.protocol = address.protocol.replace("http", "ws");
    socket = new WebSocket(address);
    socket.addEventListener("open", () => {
      opened = true;
      tries = 5;
    });
    socket.addEventListener("message", ({ data }) => {
      const [kind, payload] = JSON.parse(data);
      if (kind === "idle") showIdle(payload);
      else if (kind === "awake") hideIdle();
    });
    socket.addEventListener("close", ({ code }) => {
      if (over) return;
      if (code === 1006 && opened && tries > 0) setTimeout(() => attend(tries - 1), RETRY);
      else end(code);
    });
  };

  // --- a site that shows the page in a frame is told how tall it is; the policy lets named sites alone do so -----------

  const tellHeight = () => {
    const site = location.ancestorOrigins?.[0] ?? (document.referrer && new URL(document.referrer).origin);
    if (parent === window || !site || site === "null") return;
    let last = 0;
    const measured = () => {
      if (over) return;
      root.classList.add("measured");
      const height = find("#home").offsetHeight;
      root.classList.remove("measured");
      if (height !== last) parent.postMessage({ dimchat: { height } }, site);
      last = height;
    };
    new ResizeObserver(measured).observe(find("#steps"));
  };

  tellHeight();

  find("#stay").addEventListener("click", () => tell("stay"));
  if (stand) {
    for (const name of ["contextmenu", "dragover", "drop"]) {
      document.addEventListener(name, (event) => event.preventDefault(), { capture: true });
    }
  }
  attend(5);
})();
