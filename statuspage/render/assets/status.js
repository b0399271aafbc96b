// What a page can only know while it is open: the visitor's own time, how far away an instant is, that the page is past
// its time, that there is news, that a promise is late. All on the page is true without it.
// Now is the server's, as a visitor's clock may be wrong; how times are written is the visitor's.
((d, line) => {
  // A heartbeat that can't be read is as good as the page for as long as one is believed.
  let until = Date.now() + 9e5, skew = 0, checked = '', word, news = '', said = '', timer, undo = [];
  const root = d.documentElement, words = line.dataset,
    all = (query, change) => d.querySelectorAll(query).forEach(change),
    now = () => Date.now() + skew,
    put = (owner, key, value) => {
      const was = owner[key];
      undo.push(() => owner[key] = was);
      owner[key] = value;
    },
    stale = isOld => {
      root.className = isOld ? 'stale' : '';
      if (!isOld) while (undo.length) undo.pop()();
      else if (!undo.length) {
        all('.word>.ok,.state:not([data-past])>.ok', mark => put(mark.parentNode.lastChild, 'data', words.unsure));
        all('[data-unknown]', claim => put(claim, 'textContent', claim.dataset.unknown));
        all('[rel=icon]', icon => put(icon, 'href', icon.href.replace('2e7d57', '6f6a62').replace(/M6.8 12.4[^"']+/, 'M7 12h10')));
      }
    },
    show = () => {
      const isOld = now() > until, text = (isOld ? words.old + ' ' + checked : '') + news;
      stale(isOld);
      if (said === text) return;
      line.textContent = said = text;
      if (!news) return;
      const link = d.createElement('a');
      link.href = words.home;
      link.textContent = words.show;
      line.append(link);
    },
    ask = () => {
      clearTimeout(timer);
      if (d.hidden || (navigator.connection || {}).saveData) return;
      fetch(words.beat, { cache: 'no-store' }).then(answer => answer.json().then(beat => {
        const sent = Date.parse(answer.headers.get('Date')) + answer.headers.get('Age') * 1e3,
          end = Date.parse(beat.valid_until);
        if (!answer.ok || !end) return;
        until = end;
        skew = sent ? sent - Date.now() : 0;
        checked = words.checked.replace('{}', beat.compiled_at.replace(new Date(now()).toISOString().slice(0, 11), '')
          .replace(/T|:..Z/g, ' ') + 'UTC') + ' ';
        if (word && word !== beat.update) news = words.newer + ' ';
        word = beat.update;
      })).catch(() => {}).then(() => {
        show();
        tick();
        timer = setTimeout(ask, (d.querySelector('header.deg,header.part,header.maj') ? 6e4 : 3e5) * (.8 + Math.random() * .4));
      });
    },
    tick = () => {
      if (!checked) return;
      all('[data-rel]', place => {
        const away = (Date.parse(place.previousElementSibling.dateTime) - now()) / 6e4,
          [size, unit] = Math.abs(away) < 90 ? [1, 'minute'] : Math.abs(away) < 2880 ? [60, 'hour'] : [1440, 'day'];
        place.textContent = '(' + new Intl.RelativeTimeFormat(words.locale, { numeric: 'auto' }).format(Math.round(away / size), unit) + ')';
      });
      all('[data-due]', promise => {
        if (now() < Date.parse(promise.dataset.due) + 6e4) return;
        promise.textContent = promise.dataset.late.replace('{}', promise.querySelector('time').textContent);
        promise.className = 'late';
        delete promise.dataset.due;
      });
    };

  all('time[datetime*=T]', time => {
    const stamp = time.dateTime, at = new Date(stamp), zone = time.children[0], text = time.firstChild;
    if (+at === +new Date(stamp.slice(0, 19))) return;
    time.title = time.textContent;
    text.data = at.toLocaleString(words.locale, {
      dateStyle: /\d{4}/.test(text.data) || at.toDateString() !== new Date().toDateString() ? 'long' : void 0, timeStyle: 'short'
    });
    if (zone) zone.textContent = ' ' + words.yours;
  });
  d.onvisibilitychange = ask;
  setInterval(tick, 1e4);
  ask();
})(document, document.getElementById('news'));
