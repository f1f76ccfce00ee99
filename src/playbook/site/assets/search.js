/* Search over the whole site. What can be found is loaded at the first use. */
(function () {
  "use strict";
  var MOST = 40;

  function plain(text) { return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, ""); }
  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /* How well a row fits: 0 for not at all. All words must occur; those at the start of a name count most. */
  function weight(row, words) {
    var total = 0;
    for (var at = 0; at < words.length; at++) {
      var word = words[at], name = row.name, where = name.indexOf(word);
      if (where === 0) total += 8;
      else if (where > 0) total += /[\s"'(]/.test(name[where - 1]) ? 5 : 3;
      else if (row.more.includes(word)) total += 1;
      else return 0;
    }
    return total + row.bonus;
  }

  document.addEventListener("DOMContentLoaded", function () {
    var place = document.querySelector(".tools");
    if (!place) return;
    var root = document.body.dataset.root || "";
    var box = element("div", "search");
    box.setAttribute("role", "search");
    var input = element("input");
    input.type = "text";
    input.placeholder = "Search (press /)";
    input.autocomplete = "off";
    input.spellcheck = false;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-label", "Search stages, steps, roles, fields, KPIs and findings");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", "search-results");
    input.setAttribute("aria-autocomplete", "list");
    var list = element("ul", "results");
    list.id = "search-results";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Found");
    list.hidden = true;
    var said = element("span", "unseen");
    said.setAttribute("role", "status");
    box.append(input, list, said);
    place.insertBefore(box, place.firstChild);

    var rows = null, found = [], chosen = -1;

    function load(then) {
      if (rows) { then(); return; }
      if (window.PLAYBOOK_SEARCH) { prepare(); then(); return; }
      if (load.waiting) { load.waiting = then; return; }
      load.waiting = then;
      var script = document.createElement("script");
      script.src = root + "assets/search.js";
      script.onload = function () { prepare(); load.waiting(); };
      document.head.appendChild(script);
    }
    function prepare() {
      var bonus = { Playbook: .9, Stage: .6, Step: .5, Finding: 0 };
      rows = window.PLAYBOOK_SEARCH.found.map(function (each) {
        return {
          kind: each[0], title: each[1], detail: each[2],
          url: root + window.PLAYBOOK_SEARCH.pages[each[3]] + (each[4] ? "#" + encodeURIComponent(each[4]) : ""),
          name: plain(each[1]), more: plain(each[0] + " " + each[2] + " " + each[4]), bonus: bonus[each[0]] === undefined ? .3 : bonus[each[0]]
        };
      });
    }
    function close() {
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function marked(title, words) {
      var node = element("span"), low = title.toLowerCase(), cuts = [];
      words.forEach(function (word) {
        var at = low.indexOf(word);
        if (at >= 0) cuts.push([at, at + word.length]);
      });
      cuts.sort(function (a, b) { return a[0] - b[0]; });
      var at = 0;
      cuts.forEach(function (cut) {
        if (cut[0] < at) return;
        node.append(title.slice(at, cut[0]), element("mark", "", title.slice(cut[0], cut[1])));
        at = cut[1];
      });
      node.append(title.slice(at));
      return node;
    }
    function look() {
      var words = plain(input.value).split(/\s+/).filter(Boolean);
      if (!words.length) { close(); said.textContent = ""; return; }
      found = rows.map(function (row, at) { return { row: row, at: at, weight: weight(row, words) }; })
        .filter(function (each) { return each.weight > 0; })
        .sort(function (a, b) { return b.weight - a.weight || a.at - b.at; });
      var many = found.length;
      found = found.slice(0, MOST).map(function (each) { return each.row; });
      list.textContent = "";
      found.forEach(function (row, at) {
        var item = element("li");
        item.id = "search-result-" + at;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.append(element("span", "kind", row.kind), marked(row.title, words), element("span", "soft", row.detail));
        item.addEventListener("mousedown", function (event) { event.preventDefault(); });
        item.addEventListener("click", function () { go(row); });
        list.appendChild(item);
      });
      if (!found.length) {
        var none = element("li", "none", "Nothing is called so.");
        none.setAttribute("role", "option");
        none.setAttribute("aria-selected", "false");
        none.setAttribute("aria-disabled", "true");
        list.appendChild(none);
      }
      said.textContent = many === 1 ? "1 result" : many + " results";
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      choose(found.length ? 0 : -1);
    }
    function choose(at) {
      var items = list.querySelectorAll("li");
      if (chosen >= 0 && items[chosen]) items[chosen].setAttribute("aria-selected", "false");
      chosen = at;
      if (at < 0) { input.removeAttribute("aria-activedescendant"); return; }
      items[at].setAttribute("aria-selected", "true");
      items[at].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", items[at].id);
    }
    function go(row) {
      close();
      input.value = "";
      input.blur();
      var before = location.href;
      location.href = row.url;
      if (location.href === before) dispatchEvent(new HashChangeEvent("hashchange"));
    }

    input.addEventListener("focus", function () { load(function () { if (input.value) look(); }); });
    input.addEventListener("input", function () { load(look); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { if (list.hidden) { input.value = ""; input.blur(); } close(); }
      else if (list.hidden || !found.length) return;
      else if (event.key === "ArrowDown") { event.preventDefault(); choose((chosen + 1) % found.length); }
      else if (event.key === "ArrowUp") { event.preventDefault(); choose((chosen + found.length - 1) % found.length); }
      else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); go(found[chosen]); }
    });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
      event.preventDefault();
      input.focus();
    });
  });
})();
