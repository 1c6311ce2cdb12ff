// What pages do beyond HTML. Everything here is a convenience: each page works without it.
(() => {
  "use strict";
  document.documentElement.classList.add("qy-js");
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const typing = (target) => target.closest("input, textarea, select, [contenteditable], dialog[open]");

  // Live region: what changed, in words.
  const announce = (words) => {
    const region = document.getElementById("announcer");
    if (!region || !words) return;
    region.textContent = "";
    setTimeout(() => { region.textContent = words; }, 150);
  };

  const showMessages = () => {
    const toasts = all("[data-toast]");
    announce(toasts.map((toast) => toast.textContent.trim()).join(" "));
    for (const toast of toasts) {
      const close = toast.querySelector("[data-dismiss]");
      close.hidden = false;
      close.addEventListener("click", () => toast.remove());
      // Errors stay until they are closed: nobody should miss one by looking away.
      if (!toast.classList.contains("qy-alert-error")) setTimeout(() => toast.remove(), 8000);
    }
  };

  // Lists: j and k move, Enter opens, x ticks.
  let here = null;
  const move = (step) => {
    const rows = all("[data-row]");
    if (!rows.length) return;
    const index = rows.indexOf(here);
    here?.classList.remove("qy-here");
    here = rows[Math.max(0, Math.min(rows.length - 1, index < 0 ? 0 : index + step))];
    here.classList.add("qy-here");
    here.scrollIntoView({ block: "nearest" });
    (here.querySelector("a.qy-row-link") || here.querySelector("a, input"))?.focus({ preventScroll: true });
  };
  const tick = () => {
    const box = here?.querySelector("input[name=selected]");
    if (box) box.click();
  };
  const showHotkeys = () => document.getElementById("hotkeys")?.showModal();
  const answer = (key) => {
    const button = document.querySelector(`[data-pair] [data-key="${key}"]`);
    if (button) button.click();
    return Boolean(button);
  };

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    x: tick,
    "/": () => document.querySelector("[data-search]")?.focus(),
    "?": showHotkeys,
    y: () => answer("y"),
    n: () => answer("n"),
    u: () => answer("u"),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") all("details[data-popup][open]").forEach((popup) => { popup.open = false; });
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && "ynu".includes(event.key)) return;
    const plainBox = event.target.matches?.("input[type=checkbox], input[type=radio]");
    if (!plainBox && typing(event.target)) return;
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  document.addEventListener("click", (event) => {
    for (const popup of all("details[data-popup][open]")) if (!popup.contains(event.target)) popup.open = false;
    if (event.target.closest("[data-hotkeys]")) showHotkeys();
    if (event.target.closest("[data-back]")) history.back();
  });

  // htmx: say the new count, keep the cursor off rows that are gone, show what went wrong.
  document.addEventListener("htmx:afterSwap", (event) => {
    here = null;
    announce(event.detail.target?.closest?.("[data-announce]")?.dataset.announce
      || document.getElementById("listing")?.dataset.announce);
  });
  // Controls left empty do not belong in the address.
  document.addEventListener("htmx:configRequest", (event) => {
    const data = event.detail.formData;
    if (event.detail.verb === "get" && data) for (const [name, value] of [...data.entries()]) if (value === "") data.delete(name);
  });
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    const words = document.documentElement.lang === "en"
      ? `Not done (${status}). Reload the page and try again.` : `没有办成（${status}）。请刷新页面后重试。`;
    toast(words);
  });
  document.addEventListener("htmx:sendError", () => {
    toast(document.documentElement.lang === "en" ? "The server cannot be reached." : "连不上服务器，请检查网络后重试。");
  });
  const toast = (words) => {
    const note = document.createElement("div");
    note.className = "qy-alert qy-alert-error";
    note.setAttribute("role", "alert");
    note.textContent = words;
    note.addEventListener("click", () => note.remove());
    document.querySelector("[data-messages]")?.append(note);
  };

  // Going back from an answer that was shown in place: what stands here belongs to another address.
  let answered = false;
  window.addEventListener("popstate", () => { if (answered) location.reload(); });
  document.addEventListener("DOMContentLoaded", () => {
    showMessages();
    // On a phone the records come first; the tags above them say what is filtered.
    if (matchMedia("(max-width: 800px)").matches) all("details.qy-more").forEach((more) => { more.open = false; });
    all("[data-hotkeys]").forEach((button) => { button.hidden = false; });
    if (history.length > 1) all("[data-back]").forEach((button) => { button.hidden = false; });
    document.querySelector("[data-focus]")?.focus();
  });

  // Alpine components (CSP build: attributes name members, never expressions).
  document.addEventListener("alpine:init", () => {
    window.Alpine.data("selection", () => ({
      chosen: 0,
      get some() { return this.chosen > 0; },
      boxes() { return all("input[name=selected]", this.$root); },
      count() { this.chosen = this.boxes().filter((box) => box.checked).length; },
      all: {
        "x-on:change"() {
          this.boxes().forEach((box) => { box.checked = this.$el.checked; });
          this.count();
        },
      },
      init() { this.count(); },
    }));
    window.Alpine.data("upload", () => ({
      percent: 0,
      sending: false,
      send(event) {
        const form = event.target;
        if (!window.FormData || !form.querySelector("input[type=file]")?.files.length) return;
        event.preventDefault();
        this.sending = true;
        const request = new XMLHttpRequest();
        request.upload.addEventListener("progress", (now) => {
          if (now.lengthComputable) this.percent = Math.round(100 * now.loaded / now.total);
        });
        // The answer is the next page. It is shown here instead of loaded again: its messages are shown only once.
        request.addEventListener("load", () => {
          this.sending = false;
          const page = new DOMParser().parseFromString(request.responseText, "text/html");
          const main = page.querySelector("main");
          if (!main) { toast(`上传没有成功（${request.status}）。请重试。`); return; }
          document.querySelector("main").replaceWith(main);
          document.title = page.title;
          if (request.responseURL !== location.href) { history.pushState(null, "", request.responseURL); answered = true; }
          window.htmx?.process(main);
          showMessages();
          (main.querySelector("[data-focus]") || main).focus();
        });
        request.addEventListener("error", () => { this.sending = false; toast("上传中断，文件没有保存。请重试。"); });
        request.open("POST", form.action);
        request.send(new FormData(form));
      },
    }));
    window.Alpine.data("disclosure", () => ({
      open: false,
      toggle() { this.open = !this.open; },
    }));
  });
})();
