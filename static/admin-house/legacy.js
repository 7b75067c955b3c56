// A pasted text is checked for damage from old Hindi fonts; what the server finds is said under the field.
'use strict';
{
    const place = document.querySelector('[data-check-text]');

    const note = (field) => {
        const id = `${field.id}-legacy`;
        const known = document.getElementById(id);
        if (known) return known;
        const made = document.createElement('ul');
        made.id = id;
        made.className = 'legacy-note';
        made.setAttribute('role', 'status');
        field.after(made);
        return made;
    };

    const check = async (field, text) => {
        const body = new FormData();
        body.set('csrfmiddlewaretoken', document.querySelector('[name=csrfmiddlewaretoken]').value);
        body.set('text', text);
        try {
            const answer = await fetch(place.dataset.checkText, { method: 'POST', body, redirect: 'manual' });
            if (!answer.ok) return;
            note(field).replaceChildren(...(await answer.json()).sentences.map((sentence) => {
                const line = document.createElement('li');
                line.textContent = sentence;
                return line;
            }));
        } catch {
            // No net: saving checks again.
        }
    };

    if (place) {
        document.addEventListener('paste', (event) => {
            const field = event.target.closest('textarea[lang], input[lang]');
            const text = event.clipboardData?.getData('text/plain');
            if (field && text?.trim()) check(field, text);
        });
    }
}
