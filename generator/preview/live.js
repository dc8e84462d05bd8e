// Keeps the page current while errgen preview runs: reloads it where the reader is, and shows the mistakes of a broken
// catalog over it. The page that waits for the first good one loads it too.
"use strict";

{
  const version = document.currentScript.nonce; // of the page this runs in: each has a nonce of its own
  const memory = "errgen preview";
  const searchField = 'input[type="search"]';
  let events;

  // The panel and the note live in a shadow tree: the page's styles and scripts do not reach them, nor the other way round.
  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "open" });
  const title = element("p", { id: "title", role: "alert" });
  const close = element("button", { type: "button" }, "Close");
  const text = element("pre", { tabindex: "0", role: "region", "aria-label": "Mistakes" });
  const panel = element("section", { "aria-labelledby": "title", hidden: "" }, element("header", {}, title, close), text);
  const note = element("div", { class: "note", role: "status" });
  const style = element("link", { rel: "stylesheet", nonce: version });

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    made.append(...children);
    return made;
  }

  // What errgen says.

  function connect() {
    events?.close();
    if (document.hidden) return; // a browser has few connections for one server: tabs that nobody sees leave them to others
    events = new EventSource("/events");
    events.addEventListener("open", () => note.replaceChildren());
    events.addEventListener("error", lose);
    events.addEventListener("page", (event) => (event.data === version ? hide() : reload()));
    events.addEventListener("diagnostics", (event) => {
      const diagnostics = JSON.parse(event.data);
      if (diagnostics.version === version) show(diagnostics.text);
      else reload(); // they come again
    });
  }

  function lose() {
    note.textContent = "errgen preview does not answer; this page is not live any more";
    if (events.readyState === EventSource.CLOSED) setTimeout(connect, 5000); // refused, and not lost: the browser does not try again by itself
  }

  // Mistakes.

  function show(mistakes) {
    panel.hidden = false;
    title.textContent = "This is the last good page"; // set again each time, so that it is read out again
    text.textContent = mistakes;
    text.scrollTo(0, 0);
  }

  function hide() {
    panel.hidden = true;
    title.replaceChildren();
  }

  // Reload, and go on where the reader was.

  function reload() {
    events.close();
    const place = { x: scrollX, y: scrollY, anchor: findAnchor(), nav: document.querySelector("nav")?.scrollTop, search: readSearch() };
    try {
      sessionStorage.setItem(memory, JSON.stringify(place));
    } catch {
      // storage is forbidden or full: the browser's own idea of the place has to do
    }
    location.reload();
  }

  function recall() {
    try {
      const place = JSON.parse(sessionStorage.getItem(memory));
      sessionStorage.removeItem(memory);
      return place;
    } catch {
      return null;
    }
  }

  function restore(place) {
    document.querySelector("nav")?.scrollTo({ top: place.nav, behavior: "instant" });
    const target = place.anchor && document.getElementById(place.anchor.id);
    if (place.y > 0 && target && isShown(target)) scrollBy({ top: topOf(target) - place.anchor.top, behavior: "instant" });
    else scrollTo({ left: place.x, top: place.y, behavior: "instant" });
  }

  // findAnchor returns the element above the reader's eyes: what grows further up does not move what is being read.
  function findAnchor() {
    let nearest = null;
    for (const candidate of [...document.querySelectorAll("[id]")].reverse()) {
      const top = topOf(candidate);
      const isNearer = top <= 0 && (nearest === null || top > nearest.top);
      if (isNearer && isShown(candidate) && movesWithPage(candidate)) nearest = { id: candidate.id, top };
    }
    return nearest;
  }

  function topOf(target) {
    return target.getBoundingClientRect().top;
  }

  function isShown(target) {
    return target.getClientRects().length > 0;
  }

  function movesWithPage(target) {
    for (let part = target; part; part = part.parentElement) {
      if (["fixed", "sticky"].includes(getComputedStyle(part).position)) return false;
    }
    return true;
  }

  function readSearch() {
    const field = document.activeElement;
    if (!field?.matches(searchField)) return null;
    return { value: field.value, start: field.selectionStart, end: field.selectionEnd };
  }

  function restoreSearch(search) {
    const field = document.querySelector(searchField);
    if (!field) return;
    if (field.value !== search.value) {
      field.value = search.value; // typed so shortly before that the address does not have it yet
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    field.focus({ preventScroll: true });
    field.setSelectionRange(search.start, search.end);
  }

  // Start.

  const place = recall();
  if (place) {
    restore(place);
    addEventListener("load", () => {
      if (place.search) restoreSearch(place.search);
      restore(place);
      requestAnimationFrame(() => restore(place)); // browsers have their own idea of the place, and some come with it late
    });
  }
  close.addEventListener("click", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) hide();
  });
  document.addEventListener("visibilitychange", connect);
  style.addEventListener("load", connect);
  style.addEventListener("error", connect);
  style.href = "/live.css";
  shadow.append(style, element("div", { class: "dock" }, note, panel));
  document.body.prepend(host);
}
