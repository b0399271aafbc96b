// What a page can only know while it is open: that it is past its time, that there is news, that a promise is late.
// All on the page is true without it. Times are the server's, as a visitor's clock may be wrong.
((d, line) => {
  // A heartbeat that can't be read is as good as the page for as long as one is believed.
  let until = Date.now() + 9e5, skew = 0, checked = '', word, news = '', said = '', timer, undo = [];
  const all = (query, change) => d.querySelectorAll(query).forEach(change),
    now = () => Date.now() + skew,
    put = (owner, key, value) => {
      const was = owner[key];
      undo.push(() => owner[key] = was);
      owner[key] = value;
    },
    // The disc of `ok` in grey, with a question mark for its tick: on the page and in its icon.
    grey = text => text.replace('ok"', 'unk"').replace('2e7d57', '6f6a62')
      .replace(/M6.8 12.4[^"']+/, 'M8.4 9.4a3.6 3.6 0 1 1 5.2 3.2q-1.6.8-1.6 2.4M12 17v2'),

    show = () => {
      const isOld = now() > until, text = (isOld ? 'This page may be out of date' + checked + '. ' : '') + news;
      if (isOld) {
        all('.word>.ok,.state:not([data-past])>.ok', mark => {
          const parent = mark.parentNode;
          put(parent, 'innerHTML', grey(parent.innerHTML));
          parent.lastChild.data = 'Status unknown';
        });
        all('[data-unknown]', claim => put(claim, 'textContent', claim.dataset.unknown));
        all('[rel=icon]', icon => put(icon, 'href', grey(icon.href)));
        all('.band.ok', band => put(band, 'className', band.className.replace('ok', 'unk')));
      } else while (undo.length) undo.pop()();
      if (said === text) return;
      line.textContent = said = text;
      if (!news) return;
      const link = d.createElement('a');
      link.href = line.dataset.beat.replace(/[^/]+$/, '');
      link.textContent = 'Show it';
      line.append(link);
    },

    ask = () => {
      clearTimeout(timer);
      if (d.hidden || (navigator.connection || {}).saveData) return;
      fetch(line.dataset.beat, { cache: 'no-store' }).then(answer => answer.json().then(beat => {
        const sent = Date.parse(answer.headers.get('Date')) + answer.headers.get('Age') * 1e3,
          end = Date.parse(beat.valid_until);
        if (!answer.ok || !end) return;
        until = end;
        skew = sent ? sent - Date.now() : 0;
        checked = ': we last checked at ' + beat.compiled_at.replace(new Date(now()).toISOString().slice(0, 11), '')
          .replace(/T|:..Z/g, ' ') + 'UTC';
        if (word && word !== beat.update) news = 'There is a newer update. ';
        word = beat.update;
      })).catch(() => {}).then(() => {
        show();
        timer = setTimeout(ask, (d.querySelector('header.deg,header.part,header.maj') ? 6e4 : 3e5) * (.8 + Math.random() * .4));
      });
    };

  d.onvisibilitychange = ask;
  setInterval(() => all('[data-due]', promise => {
    if (!checked || now() < Date.parse(promise.dataset.due) + 6e4) return;
    promise.textContent = promise.dataset.late;
    delete promise.dataset.due;
  }), 1e4);
  ask();
})(document, document.getElementById('news'));
