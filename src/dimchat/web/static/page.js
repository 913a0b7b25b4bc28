// What textual.js leaves out: fonts before the first measure, a websocket wherever the page lies, the focus, the way
// in which a conversation ends, and silence. It must run before textual.js.
"use strict";

(() => {
  // Style elements that xterm.js adds while it runs are let through by the content policy only with its nonce.
  const nonce = document.currentScript.nonce;
  const createElement = document.createElement.bind(document);
  document.createElement = (name, options) => {
    const element = createElement(name, options);
    if (name === "style") element.nonce = nonce;
    return element;
  };

  // textual.js tells the console how long a ping took.
  console.log = () => {};

  const ENDINGS = { 1001: "stopped", 1009: "large", 4000: "left", 4002: "idle", 4003: "full", 4004: "failed", 4005: "stopped", 4006: "crowded" };
  const AGAIN = 4001;
  const RETRY = 3000;
  const find = (selector) => document.querySelector(selector);
  let socket = null;
  let opened = false;
  let counting = 0;

  const kiosk = () => document.body.classList.contains("kiosk");
  const again = () => location.replace(location.href);

  const showIdle = (seconds) => {
    const notice = find("#idle");
    const text = notice.querySelector("[data-text]");
    const show = (left) => {
      text.textContent = text.dataset.text.replace("{seconds}", left);
    };
    clearInterval(counting);
    show(seconds);
    notice.hidden = false;
    counting = setInterval(() => show((seconds = Math.max(seconds - 1, 0))), 1000);
  };

  const hideIdle = () => {
    clearInterval(counting);
    if (find("#idle").contains(document.activeElement)) focus();
    find("#idle").hidden = true;
  };

  const save = ({ name, text }) => {
    const link = createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  };

  const focus = () => find(".xterm-helper-textarea")?.focus();

  const begin = () => {
    const input = find(".xterm-helper-textarea");
    input.setAttribute("aria-label", find("#terminal").dataset.label);
    input.setAttribute("aria-describedby", "note");
    find("#starting").hidden = true;
    focus();
  };

  const retry = () => {
    setTimeout(async () => {
      try {
        const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" });
        if (answer.ok || [429, 503].includes(answer.status)) return again();
      } catch {
        // Not back yet.
      }
      retry();
    }, RETRY);
  };

  const end = (code) => {
    hideIdle();
    find("#starting").hidden = true;
    find("#terminal").remove(); // what was said leaves the page with it
    if (kiosk()) {
      if (code === AGAIN) return again();
      find("#ending-again").hidden = false;
      return retry();
    }
    const ending = find(`#ending-${opened ? ENDINGS[code] ?? "lost" : "refused"}`);
    ending.hidden = false;
    ending.querySelector(".button").focus();
  };

  const hear = ({ data }) => {
    if (typeof data !== "string") {
      if (!find("#starting").hidden) begin();
      return;
    }
    const [kind, payload] = JSON.parse(data);
    if (kind === "idle") showIdle(payload);
    else if (kind === "awake") hideIdle();
    else if (kind === "save") save(payload);
  };

  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...parameters) {
      super(...parameters);
      socket = this;
      this.addEventListener("open", () => {
        opened = true;
      });
      this.addEventListener("message", hear);
      this.addEventListener("close", ({ code }) => end(code));
    }

    // textual.js still speaks when the conversation is over.
    send(data) {
      if (this.readyState === Plain.OPEN) super.send(data);
    }
  };

  document.addEventListener("DOMContentLoaded", async () => {
    const start = window.onload;
    window.onload = null;
    const websocket = new URL("ws", location.href);
    websocket.protocol = websocket.protocol.replace("http", "ws");
    websocket.search = websocket.hash = "";
    find("#terminal").dataset.sessionWebsocketUrl = websocket.href;
    find("#stay").addEventListener("click", () => {
      socket?.send(JSON.stringify(["stay"]));
      focus();
    });
    find("main").addEventListener("click", ({ target }) => {
      if (!target.closest("#idle, .over")) focus();
    });
    if (kiosk()) {
      window.open = () => null; // addresses are read here, never opened
      for (const name of ["contextmenu", "dragover", "drop"]) {
        document.addEventListener(name, (event) => event.preventDefault(), { capture: true });
      }
    }
    const faces = ["", "bold ", "italic ", "italic bold "].map((face) => document.fonts.load(`${face}16px "Roboto Mono"`));
    await Promise.allSettled(faces);
    start();
  });
})();
