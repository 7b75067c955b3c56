// Who else has this form open: asked each minute, and told when this window closes.
'use strict';
{
    const shown = document.querySelector('.presence[data-path]');

    const send = (extra) => {
        const body = new FormData();
        body.set('csrfmiddlewaretoken', document.querySelector('[name=csrfmiddlewaretoken]').value);
        body.set('opened', shown.dataset.opened);
        if (extra) body.set(extra, '1');
        return body;
    };

    const show = (sentences) => {
        // Only what is new is put in: whoever listens to the page hears each sentence once.
        if ([...shown.children].map((line) => line.textContent).join() === sentences.join()) return;
        shown.replaceChildren(...sentences.map((sentence) => {
            const line = document.createElement('p');
            line.textContent = sentence;
            return line;
        }));
    };

    const beat = async () => {
        try {
            const answer = await fetch(shown.dataset.path, { method: 'POST', body: send(), redirect: 'manual' });
            // A redirect is the way to the sign-in page.
            if (answer.type === 'opaqueredirect') show([shown.dataset.signedOut]);
            else if (answer.ok) show((await answer.json()).sentences);
        } catch {
            // No net: the next minute will tell.
        }
    };

    if (shown) {
        // Opening said so already; a page that comes back from the browser's memory says it again.
        addEventListener('pageshow', (event) => { if (event.persisted) beat(); });
        addEventListener('pagehide', () => navigator.sendBeacon(shown.dataset.path, send('closed')));
        setInterval(beat, 60000);
    }
}
