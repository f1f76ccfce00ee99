/* Filters above long tables and lists: by words, by block (stage), and in a matrix of letters by role, team and letter. */
(function () {
  "use strict";
  var LEAST = 6;

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }
  function unique(list) { return Array.from(new Set(list)).filter(Boolean); }
  function words(text) { return text.toLowerCase().normalize("NFKD").split(/\s+/).filter(Boolean); }

  function Filters(place, rows, blocks, noun) {
    var bar = element("div", "filters");
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", "Filter");
    var said = element("p", "", "");
    said.setAttribute("role", "status");
    var tests = [];

    function field(label, input) {
      var wrapped = element("label", "", label);
      wrapped.appendChild(input);
      bar.appendChild(wrapped);
      input.addEventListener("input", apply);
      return input;
    }
    this.choice = function (label, all, values) {
      var select = element("select");
      select.appendChild(new Option(all, ""));
      values.forEach(function (value) { select.appendChild(new Option(value, value)); });
      return field(label, select);
    };
    this.text = function () {
      var input = element("input");
      input.type = "search";
      input.placeholder = "Any words";
      field("Containing", input);
      var texts = new Map();
      tests.push(function (row) {
        var wanted = words(input.value);
        if (!wanted.length) return true;
        if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase().normalize("NFKD"));
        return wanted.every(function (word) { return texts.get(row).includes(word); });
      });
    };
    this.test = function (test) { tests.push(test); };
    this.before = function () {};
    var self = this;

    function apply() {
      self.before();
      var kept = 0;
      rows.forEach(function (row) {
        var stays = tests.every(function (test) { return test(row); });
        row.classList.toggle("filtered", !stays);
        kept += stays ? 1 : 0;
      });
      blocks.forEach(function (block) {
        var any = Array.from(block.rows).some(function (row) { return !row.classList.contains("filtered"); });
        block.node.classList.toggle("filtered", !any);
      });
      said.textContent = kept === rows.length ? rows.length + " " + noun : kept + " of " + rows.length + " " + noun;
    }
    this.show = function () {
      var reset = element("button", "", "Show all");
      reset.type = "button";
      reset.addEventListener("click", function () {
        bar.querySelectorAll("input, select").forEach(function (input) { input.value = ""; });
        apply();
      });
      bar.appendChild(reset);
      bar.appendChild(said);
      place.parentNode.insertBefore(bar, place);
      apply();
    };
    this.all = function () {
      bar.querySelectorAll("input, select").forEach(function (input) { input.value = ""; });
      apply();
    };
    rows.forEach(function (row) { row.showAll = self.all; });
  }

  function blocksOf(nodes, rowsOf) {
    return nodes.map(function (node) { return { node: node, name: node.dataset.block || "", rows: rowsOf(node) }; });
  }
  function byBlock(filters, blocks, label) {
    var names = unique(blocks.map(function (block) { return block.name; }));
    if (names.length < 2) return;
    var select = filters.choice(label, "All", names);
    var of = new Map();
    blocks.forEach(function (block) { block.rows.forEach(function (row) { of.set(row, block.name); }); });
    filters.test(function (row) { return !select.value || of.get(row) === select.value; });
  }

  /* A matrix: the columns of a role or a team alone, and the rows in which they have a letter. */
  function byLetters(filters, table, rows) {
    var heads = Array.from(table.tHead.rows[0].cells);
    var columns = heads.map(function (head, at) {
      return head.classList.contains("letters") ? { at: at, name: head.textContent.trim(), group: head.dataset.group || "" } : null;
    }).filter(Boolean);
    if (!columns.length) return;
    var teams = unique(columns.map(function (column) { return column.group; }));
    var team = teams.length > 1 ? filters.choice("Team", "All teams", teams) : { value: "" };
    var role = filters.choice("Role", "All roles", unique(columns.map(function (column) { return column.name; })));
    var letter = filters.choice("Letter", "Any letter", []);
    [["R", "Responsible"], ["A", "Accountable"], ["C", "Consulted"], ["I", "Informed"]].forEach(function (pair) {
      letter.appendChild(new Option(pair[0] + ", " + pair[1].toLowerCase(), pair[0]));
    });
    var kept = columns;
    filters.before = function () {
      kept = columns.filter(function (column) {
        return (!team.value || column.group === team.value) && (!role.value || column.name === role.value);
      });
      columns.forEach(function (column) {
        var hidden = !kept.includes(column);
        table.querySelectorAll("tr:not(.block) > :nth-child(" + (column.at + 1) + ")").forEach(function (cell) {
          cell.classList.toggle("filtered", hidden);
        });
      });
    };
    filters.test(function (row) {
      if (!team.value && !role.value && !letter.value) return true;
      return kept.some(function (column) {
        var text = row.cells[column.at].textContent;
        return letter.value ? text.includes(letter.value) : text.trim() !== "";
      });
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("table[data-rows]").forEach(function (table) {
      if (table.dataset.rows < LEAST) return;
      var bodies = Array.from(table.tBodies);
      var blocks = blocksOf(bodies, function (body) {
        return Array.from(body.rows).filter(function (row) { return !row.classList.contains("block"); });
      });
      var rows = blocks.flatMap(function (block) { return block.rows; });
      var filters = new Filters(table.closest(".scroller"), rows, blocks, "rows");
      byLetters(filters, table, rows);
      byBlock(filters, blocks, table.dataset.blocks || "Part");
      filters.text();
      filters.show();
    });
    document.querySelectorAll(".records").forEach(function (list) {
      var blocks = blocksOf(Array.from(list.querySelectorAll(".record-block")), function (block) {
        return Array.from(block.querySelectorAll(".record"));
      });
      var rows = blocks.flatMap(function (block) { return block.rows; });
      if (rows.length < LEAST) return;
      var filters = new Filters(list, rows, blocks, list.dataset.noun || "entries");
      byBlock(filters, blocks, list.dataset.blocks || "Part");
      Array.from(JSON.parse(list.dataset.choices || "[]")).forEach(function (choice) {
        var key = choice[0], label = choice[1], all = choice[2];
        var of = new Map(rows.map(function (row) { return [row, JSON.parse(row.dataset[key] || "[]")]; }));
        var values = unique(rows.flatMap(function (row) { return of.get(row); }));
        if (values.length < 2) return;
        var select = filters.choice(label, all, values);
        filters.test(function (row) { return !select.value || of.get(row).includes(select.value); });
      });
      filters.text();
      filters.show();
    });
  });
})();
