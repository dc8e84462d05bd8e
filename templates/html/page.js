"use strict";
// Search, filters, tabs and copying. Without this script the page shows everything at once.
(() => {
  const form = document.getElementById("page:search");
  const fields = ["q", "category", "status", "retryable", "operation"].filter((name) => form.elements[name]);
  const intro = document.getElementById("page:intro");
  const codes = document.getElementById("page:codes");
  const entries = new Map(Array.from(document.querySelectorAll("nav a"), (link) => [link.hash.slice(1), link.parentElement]));
  const sections = Array.from(codes.querySelectorAll("section"), (section) => [section, entries.get(section.querySelector("h2").id)]);
  const prose = Array.from(document.querySelectorAll("main > section"), (section) => [section, entries.get(section.querySelector("h2").id)]);
  const articles = Array.from(codes.querySelectorAll("article"), (article) => ({ article, entry: entries.get(article.id), words: words(article) }));

  // What a search looks at: the code, also as separate words, the status, the meaning and the recovery.
  function words(article) {
    const parts = [article.id, article.id.replace(/[_.-]/g, " ")];
    for (const part of article.querySelectorAll(".status, .meaning, .recovery")) parts.push(part.textContent);
    return parts.join(" ").toLowerCase();
  }

  // A status may be one of several, or any of its class; a code is returned by some operations, or by every one.
  function takes(held = "", name, value) {
    if (name === "operation") return held === "*" || held.split(" ").includes(value);
    if (name !== "status") return held === value;
    return held.split(" ").some((status) => status === value || status === `${value[0]}XX`);
  }

  function matcher() {
    const searched = form.elements.q.value.toLowerCase().split(/\s+/);
    const chosen = fields.slice(1).map((name) => [name, form.elements[name].value]).filter(([, value]) => value);
    return ({ article, words }) => searched.every((word) => words.includes(word)) && chosen.every(([name, value]) => takes(article.dataset[name], name, value));
  }

  function filter() {
    const matches = matcher();
    let all = true;
    for (const each of articles) {
      const found = matches(each);
      each.article.hidden = each.entry.hidden = !found;
      all &&= found;
    }
    for (const [section, entry] of sections) {
      section.hidden = !section.querySelector("article:not([hidden])");
      entry.hidden = section.hidden;
    }
    intro.hidden = !all;
    for (const [section, entry] of prose) section.hidden = entry.hidden = !all; // else it would look like what was found
    const shown = codes.querySelectorAll("article:not(.retired, [hidden])").length;
    const total = codes.querySelectorAll("article:not(.retired)").length;
    form.elements.count.value = (all ? "" : `${shown} of `) + (total === 1 ? "1 code" : `${total} codes`);
    form.querySelector("[type=reset]").hidden = all;
  }

  // The address holds what is searched, so that it can be shared, and survives a reload.
  function readAddress() {
    const parameters = new URLSearchParams(location.search);
    for (const name of fields) {
      const field = form.elements[name];
      field.value = parameters.get(name) ?? "";
      if (field.selectedIndex === -1) field.value = ""; // a value that is not there
    }
  }

  function writeAddress() {
    const parameters = new URLSearchParams(location.search);
    for (const name of fields) {
      parameters.delete(name); // all are set anew, so that one search has one address
      if (form.elements[name].value) parameters.set(name, form.elements[name].value);
    }
    const query = parameters.toString();
    const hash = hiddenTarget() ? "" : location.hash; // else it would undo the search
    try {
      history.replaceState(history.state, "", location.pathname + (query && `?${query}`) + hash);
    } catch {
      // Some browsers do not change the address of a file, or not so often.
    }
  }

  let waiting;
  function search() {
    filter();
    if (scrollY > codes.offsetTop) codes.scrollIntoView(); // else the page ends above what is found
    clearTimeout(waiting);
    waiting = setTimeout(writeAddress, 150);
  }

  // What the address points at, if the search hides it.
  function hiddenTarget() {
    try {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      return target?.closest("article, section")?.hidden ? target : null;
    } catch {
      return null; // a stray %
    }
  }

  // A link to a code shows it, whatever is searched.
  function showTarget() {
    const target = hiddenTarget();
    if (!target) return;
    for (const name of fields) form.elements[name].value = "";
    filter();
    writeAddress();
    target.scrollIntoView();
  }

  form.addEventListener("input", search);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault(); // it would go back to what the page began with
    for (const name of fields) form.elements[name].value = "";
    search();
    form.elements.q.focus();
  });
  addEventListener("popstate", () => {
    readAddress();
    filter();
  });
  addEventListener("hashchange", showTarget);
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    event.preventDefault();
    form.elements.q.focus();
    form.elements.q.select();
  });

  // Tabs: one choice for all codes, remembered.
  function remembered() {
    try {
      return localStorage.getItem("errgen:tab");
    } catch {
      return null;
    }
  }

  function remember(title) {
    try {
      localStorage.setItem("errgen:tab", title);
    } catch {
      // Pages without storage forget.
    }
  }

  function makeTabs(panels) {
    const article = panels.closest("article");
    const tabs = element("div", "tabs");
    tabs.setAttribute("role", "tablist");
    tabs.setAttribute("aria-label", article.id);
    for (const [i, panel] of panels.querySelectorAll(".panel").entries()) {
      const heading = panel.querySelector("h4");
      const tab = element("button", "", heading.textContent);
      tab.id = `${article.id}:tab:${i}`;
      panel.id = `${article.id}:panel:${i}`;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panel.id);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      heading.hidden = true;
      tabs.append(tab);
    }
    panels.prepend(tabs);
  }

  function selectTab(title) {
    for (const tabs of document.querySelectorAll(".tabs")) {
      const all = Array.from(tabs.children);
      const chosen = all.find((tab) => tab.textContent === title) ?? all[0];
      for (const tab of all) {
        const selected = tab === chosen;
        tab.setAttribute("aria-selected", selected);
        tab.tabIndex = selected ? 0 : -1;
        document.getElementById(tab.getAttribute("aria-controls")).hidden = !selected;
      }
    }
  }

  // A choice changes the height of codes above the one that is looked at, which must not move.
  function chooseTab(tab) {
    const before = tab.getBoundingClientRect().top;
    selectTab(tab.textContent);
    remember(tab.textContent);
    scrollBy(0, tab.getBoundingClientRect().top - before);
  }

  function moveTab(event) {
    const tabs = Array.from(event.target.parentElement.children);
    const at = tabs.indexOf(event.target);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const tab = tabs.at(to % tabs.length);
    tab.focus();
    chooseTab(tab);
  }

  // Copying: the text of the element beside the button.
  async function copy(button) {
    const text = button.parentElement.querySelector("pre, .code").textContent;
    try {
      await navigator.clipboard.writeText(text);
      said(button, "Copied");
    } catch {
      said(button, "Selected");
      getSelection().selectAllChildren(button.parentElement.querySelector("pre, .code"));
    }
  }

  function said(button, word) {
    button.textContent = word;
    announcer.textContent = word;
    setTimeout(() => {
      button.textContent = "Copy";
      announcer.textContent = "";
    }, 2000);
  }

  function copyButton(label) {
    const button = element("button", "copy", "Copy");
    button.setAttribute("aria-label", label);
    return button;
  }

  function element(name, className, text = "") {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    if (name === "button") made.type = "button";
    return made;
  }

  const announcer = element("p", "announcer");
  announcer.setAttribute("role", "status");
  document.body.append(announcer);
  for (const { article } of articles) {
    article.querySelector("h3").append(" ", copyButton(`Copy ${article.id}`));
    for (const pre of article.querySelectorAll(".panel pre")) {
      const title = pre.closest(".panel").querySelector("h4").textContent;
      const sample = element("div", "sample");
      pre.replaceWith(sample);
      sample.append(pre, copyButton(`Copy ${article.id}: ${title}`));
    }
  }
  for (const panels of document.querySelectorAll(".panels")) makeTabs(panels);
  selectTab(remembered());
  codes.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    const button = event.target.closest(".copy");
    if (tab) chooseTab(tab);
    if (button) copy(button);
  });
  codes.addEventListener("keydown", (event) => {
    if (event.target.matches("[role=tab]")) moveTab(event);
  });

  form.hidden = false;
  readAddress();
  filter();
  showTarget();
})();
