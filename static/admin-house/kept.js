// What is typed into a form of the desk is kept in this browser until it is saved: a crash, a dead net or an error of the
// server loses nothing. Kept for each account and address; never passwords, never files; forgotten after a fortnight.
'use strict';
{
    const FORTNIGHT = 14 * 24 * 3600 * 1000;
    const PREFIX = 'typed:';
    const safety = document.querySelector('.form-safety');
    const form = document.querySelector('#content-main form[id$="_form"]');
    const key = PREFIX + safety.dataset.user + ':' + location.pathname;

    // --- The form as data: {"title_en": "Lima", "state": [["draft", "Draft"]], "sections-0-DELETE=on": false} --------

    const NOT_TYPED = ['password', 'file', 'submit', 'button', 'reset', 'image'];
    const isTyped = (input) => input.name && !input.name.includes('__prefix__')
        && input.name !== 'csrfmiddlewaretoken' && !NOT_TYPED.includes(input.type);
    const isTicked = (input) => input.type === 'checkbox' || input.type === 'radio';
    const nameOf = (input) => (isTicked(input) ? `${input.name}=${input.value}` : input.name);
    const inputs = () => [...form.elements].filter(isTyped);
    const valueOf = (input) => {
        if (isTicked(input)) return input.checked;
        if (input.tagName !== 'SELECT') return input.value;
        return [...input.selectedOptions].map((option) => [option.value, option.text]);
    };
    const pairs = (those) => those.map((input) => [nameOf(input), valueOf(input)]);
    const visible = () => JSON.stringify(pairs(inputs().filter((input) => input.type !== 'hidden')));

    const put = (input, value) => {
        if (isTicked(input)) {
            input.checked = value;
        } else if (input.tagName === 'SELECT') {
            for (const option of input.options) option.selected = false;
            for (const [chosen, text] of value) {
                const known = [...input.options].find((option) => option.value === chosen);
                if (known) known.selected = true;
                else input.add(new Option(text, chosen, true, true)); // found by typing: the page does not have it
            }
        } else {
            input.value = value;
        }
        for (const kind of ['input', 'change']) input.dispatchEvent(new Event(kind, { bubbles: true }));
    };

    // --- Rows: one that is saved goes by its id, as others may have been added or removed meanwhile ------------------

    const total = (group) => Number(form.elements[`${group}-TOTAL_FORMS`].value);

    const newRow = (group) => {
        document.querySelector(`[id="${group}-group"] .add-row a`)?.click();
        return total(group) - 1;
    };

    // {0: 0, 1: 2, …}: where each row that was typed into stands now.
    const places = (group, typed) => {
        const byId = {};
        for (let row = 0; row < total(group); row += 1) byId[form.elements[`${group}-${row}-id`]?.value] = row;
        const found = {};
        let next = Number(form.elements[`${group}-INITIAL_FORMS`].value);
        for (let row = 0; row < Number(typed[`${group}-TOTAL_FORMS`]); row += 1) {
            const id = typed[`${group}-${row}-id`];
            if (id && id in byId) found[row] = byId[id];
            else found[row] = next < total(group) ? next : newRow(group);
            if (found[row] === next) next += 1;
        }
        return found;
    };

    // Only what was changed here: what others wrote meanwhile in the rest of the form stays.
    const bringBack = ({ fields, opened }) => {
        const groups = Object.keys(fields).filter((name) => name.endsWith('-TOTAL_FORMS') && form.elements[name])
            .map((name) => name.slice(0, -'-TOTAL_FORMS'.length));
        const before = Object.fromEntries(pairs(inputs()));
        const sameRows = Object.keys(opened).every((name) => !/-(id|INITIAL_FORMS)$/.test(name) || opened[name] === before[name]);
        const rows = Object.fromEntries(groups.map((group) => [group, places(group, fields)]));
        const there = (name) => {
            const [, group, row, rest] = name.match(/^(.+)-(\d+)-(.+)$/) || [];
            return group in rows ? `${group}-${rows[group][row]}-${rest}` : name;
        };
        const now = Object.fromEntries(inputs().map((input) => [nameOf(input), input]));
        for (const [name, value] of Object.entries(fields)) {
            const input = now[there(name)];
            if (input?.type === 'hidden') {
                // The version that the text was typed on; but which rows there are, the page knows better.
                if (sameRows && !/-(id|[A-Z]+_FORMS)$/.test(name)) input.value = value;
            } else if (input && JSON.stringify(value) !== JSON.stringify(opened[name])) {
                put(input, value);
            }
        }
    };

    // --- The store: full or forbidden, it is no reason to disturb anybody --------------------------------------------

    const quietly = (act) => { try { return act(); } catch { return null; } };
    const kept = (name = key) => quietly(() => JSON.parse(localStorage.getItem(name)));
    const forget = (name = key) => quietly(() => localStorage.removeItem(name));
    const keep = (entry) => quietly(() => localStorage.setItem(key, JSON.stringify(
        { ...entry, at: Date.now(), fields: Object.fromEntries(pairs(inputs())), visible: visible() },
    )));
    const forgetOld = () => quietly(() => Object.keys(localStorage)
        .filter((name) => name.startsWith(PREFIX) && !(Date.now() - kept(name)?.at < FORTNIGHT)).forEach(forget));

    const forgetSaved = () => {
        if (!document.cookie.split('; ').includes('typed_saved=1')) return; // the server's word
        document.cookie = `typed_saved=; path=${location.pathname}; max-age=0`;
        if (kept()?.sent) forget();
    };

    const offer = (entry) => {
        const line = safety.querySelector('template').content.cloneNode(true).firstElementChild;
        const at = new Date(entry.at);
        const isToday = at.toDateString() === new Date().toDateString();
        line.querySelector('time').textContent = at.toLocaleString(document.documentElement.lang, isToday
            ? { hour: '2-digit', minute: '2-digit', hour12: false } : { dateStyle: 'medium', timeStyle: 'short' });
        line.querySelector('[value=bring]').addEventListener('click', () => { bringBack(entry); line.remove(); });
        line.querySelector('[value=discard]').addEventListener('click', () => { forget(); line.remove(); });
        safety.append(line);
    };

    // --- The visit ---------------------------------------------------------------------------------------------------

    const begin = () => {
        const first = visible();
        const cameUnsaved = 'unsaved' in safety.dataset;
        // A page that came back with errors shows what was typed: it was opened before that.
        const opened = cameUnsaved ? kept()?.opened ?? {} : Object.fromEntries(pairs(inputs()));
        let last = first;
        let leaving = false;
        const keepNews = () => {
            if (visible() !== last) keep({ opened, sent: false });
            last = visible();
        };
        forgetOld();
        forgetSaved();
        const entry = kept();
        if (entry && entry.visible !== first && !cameUnsaved) offer(entry);
        document.getElementById('error-summary-title')?.focus();

        setInterval(keepNews, 3000);
        addEventListener('pagehide', keepNews);
        form.addEventListener('input', () => { leaving = false; });
        form.addEventListener('submit', () => { leaving = true; last = visible(); keep({ opened, sent: true }); });
        safety.addEventListener('submit', () => { leaving = true; last = visible(); forget(); });
        addEventListener('beforeunload', (event) => {
            if (!leaving && (cameUnsaved || visible() !== first)) event.preventDefault();
        });
    };

    // After the scripts of the admin, which number the rows and fill the lists.
    if (form) addEventListener('load', begin);
}
