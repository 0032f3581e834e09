/**
 * What the page can do with scripts on: switch the map, sort, filter and page the tables, open everything for print. All
 * that it shows is in the document before; without it nothing is missing but that. It is plain JavaScript for the browser,
 * and asks nothing of anybody.
 */
export const script = String.raw`'use strict';
(() => {
  const pageSize = 200;
  const all = (root, selector) => [...root.querySelectorAll(selector)];
  const number = (value) => value.toLocaleString('en-US');

  for (const control of all(document, '[data-script]')) control.hidden = false;

  for (const map of all(document, '[data-map]')) {
    const buttons = all(map, '[data-measure]');
    for (const button of buttons) {
      button.addEventListener('click', () => {
        for (const one of buttons) one.setAttribute('aria-pressed', String(one === button));
        for (const figure of all(map, '[data-of]')) figure.hidden = figure.dataset.of !== button.dataset.measure;
      });
    }
  }

  // What a cell is sorted by. A cell without a figure comes last, whichever way the column is sorted.
  const valueOf = {
    given: (record) => record.at,
    text: (record, column) => record.row.cells[column].dataset.v ?? record.row.cells[column].textContent.trim(),
    number: (record, column) => {
      const value = record.row.cells[column].dataset.v;
      return value === undefined ? null : Number(value);
    },
  };

  function table(part) {
    const body = part.querySelector('tbody');
    const heads = all(part, 'thead th');
    const search = part.querySelector('input');
    const select = part.querySelector('select');
    const count = part.querySelector('[data-count]');
    const steps = part.querySelector('[data-steps]');
    const scroll = part.querySelector('.scroll');
    const records = [...body.rows].map((row, at) => ({ row, at, keys: [], text: null }));
    const byId = new Map(records.map((record) => [record.row.id, record]));
    let order = records;
    let shown = records;
    let page = 0;

    const last = () => Math.max(0, Math.ceil(shown.length / pageSize) - 1);
    const put = (some) => {
      const rows = document.createDocumentFragment();
      for (const { row } of some) rows.append(row);
      body.replaceChildren(rows);
    };
    const draw = () => {
      const from = page * pageSize;
      const to = Math.min(shown.length, from + pageSize);
      put(shown.slice(from, to));
      const of = shown.length === records.length ? '' : ', of ' + number(records.length) + ' in all';
      count.textContent =
        shown.length === 0 ? 'No entry is like that' + of
        : last() === 0 ? number(shown.length) + (shown.length === 1 ? ' entry' : ' entries') + of
        : 'Rows ' + number(from + 1) + ' to ' + number(to) + ' of ' + number(shown.length) + of;
      steps.hidden = last() === 0;
      const [earlier, later] = steps.children;
      earlier.disabled = page === 0;
      later.disabled = page === last();
    };
    const textOf = (record) => (record.text ??= record.row.textContent.toLowerCase());
    const isWanted = (verdict, text) => (record) =>
      (verdict === '' ||
        (verdict === '*' ? record.row.querySelector('td a') !== null : record.row.cells[1].dataset.v === verdict)) &&
      (text === '' || textOf(record).includes(text));
    const filter = () => {
      shown = order.filter(isWanted(select.value, search.value.trim().toLowerCase()));
      page = 0;
      draw();
    };
    const sort = (column) => {
      const head = heads[column];
      const down = head.ariaSort === 'ascending';
      for (const one of heads) one.ariaSort = one === head ? (down ? 'descending' : 'ascending') : 'none';
      const value = valueOf[head.dataset.order];
      const key = (record) => {
        if (!(column in record.keys)) record.keys[column] = value(record, column);
        return record.keys[column];
      };
      const sign = down ? -1 : 1;
      order = records.toSorted((a, b) => {
        const [left, right] = [key(a), key(b)];
        if (left === right) return a.at - b.at;
        if (left === null) return 1;
        if (right === null) return -1;
        return left < right ? -sign : sign;
      });
      filter();
    };

    heads.forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      button.addEventListener('click', () => sort(column));
      head.append(button);
      if (head.ariaSort === null) head.ariaSort = 'none';
    });
    search.addEventListener('input', filter);
    select.addEventListener('change', filter);
    for (const button of steps.children) {
      button.addEventListener('click', () => {
        page = Math.min(last(), Math.max(0, page + Number(button.dataset.step)));
        draw();
        scroll.scrollTop = 0;
      });
    }
    filter();

    return {
      // Brings the row of this id into the document, wherever sorting and filters have put it.
      reveal(id) {
        const record = byId.get(id);
        if (record === undefined) return;
        if (!shown.includes(record)) {
          search.value = '';
          select.value = '';
          filter();
        }
        page = Math.floor(shown.indexOf(record) / pageSize);
        draw();
      },
      showAll: () => put(shown),
      showPage: draw,
    };
  }
  const tables = all(document, '[data-table]').map(table);

  // Before the browser follows a link, what it leads to has to be there.
  const reveal = (hash) => {
    for (const one of tables) one.reveal(hash.slice(1));
  };
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (link) reveal(link.getAttribute('href'));
  });
  addEventListener('hashchange', () => {
    reveal(location.hash);
    document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: 'nearest' });
  });
  if (location.hash !== '') {
    reveal(location.hash);
    document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }

  let closed = [];
  addEventListener('beforeprint', () => {
    for (const one of tables) one.showAll();
    closed = all(document, 'details:not([open])');
    for (const one of closed) one.open = true;
  });
  addEventListener('afterprint', () => {
    for (const one of tables) one.showPage();
    for (const one of closed) one.open = false;
  });
})();
`;
