"use strict";
// Search, filters, tabs and copying. Without this script the page shows everything at once.
(() => {
  const form = document.getElementById("page:search");
  const fields = ["q", "category", "status", "retryable", "operation"].filter((name) => form.elements[name]);
  const intro = document.getElementById("page:intro");
  const nothing = document.getElementById("page:nothing");
  const codes = document.getElementById("page:codes");
  const entries = new Map(Array.from(document.querySelectorAll("nav a"), (link) => [link.hash.slice(1), link.parentElement]));
  const sections = Array.from(codes.querySelectorAll("section"), (section) => [section, entries.get(section.querySelector("h2").id)]);
  const prose = Array.from(document.querySelectorAll("main > section"), (section) => [section, entries.get(section.querySelector("h2").id)]);
  const articles = Array.from(codes.querySelectorAll("article"), (article) => ({ article, entry: entries.get(article.id), words: words(article) }));

  // What a search looks at: the code, also as separate words, and all that a reader may have seen of it.
  function words(article) {
    const parts = [article.id, article.id.replace(/[_.-]/g, " "), article.dataset.message, article.dataset.names];
    for (const part of article.querySelectorAll("h3, .status, .meaning, .recovery, th code")) parts.push(part.textContent);
    return parts.join(" ").toLowerCase();
  }

  // A status may be one of several, or any of its class; a code is returned by some operations, or by every one.
  function takes(held = "", name, value) {
    if (name === "operation") return held === "*" || held.split(" ").includes(value);
    if (name !== "status") return held === value;
    return held.split(" ").some((status) => status === value || status === `${value[0]}XX`);
  }

  // What a card has that can stand in a pasted text.
  function traces({ article }) {
    const code = article.querySelector(".code").textContent;
    const { message = "", names = "" } = article.dataset;
    return {
      code,
      squeezed: squeeze(code),
      message: plain(message),
      names: names.split(" ").filter(Boolean),
      parts: new Set(message.toLowerCase().match(longWord)),
      properties: Array.from(article.querySelectorAll("th code"), (path) => path.textContent.match(/[^.[\]]*(?=[.[\]]*$)/)[0]),
    };
  }

  const longWord = /[\p{L}\p{N}]{4,}/gu;
  const squeeze = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const plain = (text) => text.replace(/\\u([0-9a-f]{4})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16))).replace(/\\(.)/g, "$1").replace(/\s+/g, " ").toLowerCase();

  // The articles that a pasted text speaks of, by the best evidence there is: a code, an identifier, a message, what is left of
  // a message, the operation and its status, properties.
  function spokenOf(text) {
    for (const each of articles) each.traces ??= traces(each);
    const tokens = new Set(text.match(/[\p{L}\p{N}_$][\p{L}\p{N}_.$:-]*/gu)?.flatMap((token) => [token, token.replace(/[.:-]+$/, ""), ...token.split(/[.:-]/)]));
    const [whole, squeezed, parts] = [plain(text), [...tokens].map(squeeze), new Set(text.toLowerCase().match(longWord))];
    const best = (measure) => {
      const measured = articles.map((each) => Number(measure(each.traces, each.article)));
      const most = Math.max(...measured);
      return most > 0 ? articles.filter((_, i) => measured[i] === most) : [];
    };
    const evidence = [
      (t) => tokens.has(t.code),
      (t) => t.names.some((name) => tokens.has(name)),
      (t) => t.squeezed.length > 4 && squeezed.some((token) => token.includes(t.squeezed)) && t.squeezed.length,
      (t) => t.message.length > 5 && whole.includes(t.message) && t.message.length,
      (t) => t.parts.size > 1 && share(t.parts, parts) > 0.7 && share(t.parts, parts),
      (t, article) => asked(text, article) + t.properties.filter((name) => tokens.has(name)).length,
    ];
    for (const measure of evidence) {
      const found = best(measure);
      if (found.length > 0) return new Set(found);
    }
    return new Set();
  }

  const share = (parts, of) => [...parts].filter((part) => of.has(part)).length / parts.size;

  // How well a card answers a request with its status, such as GET /v1/projects/7 404: its status counts for more.
  function asked(text, article) {
    const statuses = text.match(/(?<![\w.:/-])[2-5]\d\d(?![\w.:/-])/g) ?? [];
    const answers = statuses.some((status) => takes(article.dataset.status, "status", status));
    if (!answers) return 0;
    const [, method, path] = text.match(/\b(GET|PUT|POST|PATCH|DELETE|HEAD|OPTIONS)\W+(?:https?:\/\/[^/\s]+)?(\/[^\s"?#]*)/) ?? [];
    const row = path && Array.from(document.querySelectorAll("tr[id^='operation:']")).find((row) => isAt(row, method, path));
    return row && takes(article.dataset.operation, "operation", row.id.slice("operation:".length)) ? 20 : 10;
  }

  // Whether a row of the table of operations is that of a request: parts of its path in braces stand for anything.
  function isAt(row, method, path) {
    const [, template] = row.querySelectorAll("th code");
    const [own, sent] = [template?.textContent.split("/") ?? [], path.replace(/\/$/, "").split("/")];
    const at = sent.length - own.length + 1; // behind what servers of the API have in front of all paths
    return at > 0 && row.firstElementChild.textContent.includes(`${method} `) && own.slice(1).every((part, i) => part === sent[at + i] || /^\{.*\}$/.test(part));
  }

  // The codes that are spelled nearly like a text.
  function near(text) {
    const sought = squeeze(text).slice(0, 60);
    const most = Math.min(3, Math.floor(sought.length / 3));
    const distances = articles.map((each) => ({ ...each, distance: Math.min(...[each.article.id, ...(each.article.dataset.names ?? "").split(" ")].map((name) => distance(sought, squeeze(name), most))) }));
    return distances.filter((each) => each.distance <= most).sort((a, b) => a.distance - b.distance).slice(0, 3);
  }

  // How many letters have to change; more than most counts as one more.
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let row = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      row = next;
    }
    return row[b.length];
  }

  function matcher() {
    const text = form.elements.q.value;
    const searched = text.toLowerCase().split(/\s+/);
    const chosen = fields.slice(1).map((name) => [name, form.elements[name].value]).filter(([, value]) => value);
    const isChosen = ({ article }) => chosen.every(([name, value]) => takes(article.dataset[name], name, value));
    const hasWords = ({ words }) => searched.every((word) => words.includes(word));
    if (articles.some(hasWords)) return (each) => hasWords(each) && isChosen(each);
    const found = spokenOf(text);
    return (each) => found.has(each) && isChosen(each);
  }

  // What to do where nothing is found.
  function adviseOnNothing(isEmpty) {
    nothing.hidden = !isEmpty;
    if (!isEmpty) return;
    const [filtered, meant] = nothing.querySelectorAll(".filtered, .near");
    filtered.hidden = fields.slice(1).every((name) => !form.elements[name].value);
    const found = near(form.elements.q.value);
    meant.hidden = found.length === 0;
    meant.querySelector("span").replaceChildren(...found.flatMap(({ article }, i) => {
      const link = element("a", "code", article.querySelector(".code").textContent);
      link.href = `#${article.id}`;
      return i === 0 ? [link] : [i === found.length - 1 ? " or " : ", ", link];
    }));
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
    adviseOnNothing(shown === 0 && !codes.querySelector("article:not([hidden])"));
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
      const { value } = form.elements[name];
      if (value && value.length <= 100) parameters.set(name, value); // what is pasted may be long, and is nobody's business
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
  nothing.querySelector("button").addEventListener("click", () => {
    for (const name of fields.slice(1)) form.elements[name].value = "";
    search();
    form.elements.q.focus();
  });
  form.elements.q.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text");
    if (!/[\r\n]/.test(text)) return;
    event.preventDefault(); // the field would join the lines without a space
    const { q } = form.elements;
    q.setRangeText(text.replace(/\s+/g, " "), q.selectionStart, q.selectionEnd, "end");
    search();
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
