// What pages gain when scripts run. Everything works without this file.
const page = document.documentElement
const say = words => { document.getElementById('announcements').textContent = words }
const clock = when => {
  const hour = when.getHours() % 12 || 12
  return `${hour}:${String(when.getMinutes()).padStart(2, '0')} ${when.getHours() < 12 ? 'am' : 'pm'}`
}
const token = form => form?.querySelector('[name=csrfmiddlewaretoken]')?.value ?? ''

async function designSystem () {
  const { initAll } = await import(page.dataset.govuk)
  initAll()
  if (document.querySelector('[data-module^="moj-"]')) (await import(page.dataset.moj)).initAll()
}

// Saving as one types: 2 seconds after the last key, at the latest after 10; what is typed meanwhile is saved next.
class Autosave {
  constructor (form) {
    this.form = form
    this.place = form.querySelector('[data-saved]')
    this.kept = this.typed()
    form.addEventListener('input', () => this.soon())
    form.addEventListener('change', () => this.soon())
    form.addEventListener('submit', () => { this.stopped = true; this.forget() })
    window.addEventListener('pagehide', () => this.leave())
    document.addEventListener('visibilitychange', () => { if (document.hidden) this.leave() })
  }

  typed () {
    const data = new URLSearchParams()
    for (const [name, value] of new FormData(this.form)) if (typeof value === 'string') data.append(name, value)
    return data.toString()
  }

  forget () { clearTimeout(this.timer); this.timer = null }

  soon () {
    this.first ??= Date.now()
    this.forget()
    this.timer = setTimeout(() => this.save(), Math.max(0, Math.min(2000, this.first + 10000 - Date.now())))
  }

  async save (leaving = false) {
    this.forget()
    const body = this.typed()
    if (body === this.kept || this.stopped || (this.busy && !leaving)) return
    this.busy = true
    this.first = null
    try {
      const answer = await fetch(this.form.dataset.autosaveUrl, {
        method: 'POST', body, keepalive: leaving, redirect: 'error',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'X-CSRFToken': token(this.form) }
      })
      if (!answer.ok) throw new Error(answer.status)
      this.kept = body
      this.tell(`Saved at ${clock(new Date())}`)
    } catch {
      this.tell('Not saved yet. Your text is still here; we will try again.', true)
      if (!leaving) setTimeout(() => this.soon(), 8000)
    } finally {
      this.busy = false
      if (!leaving && this.typed() !== this.kept) this.soon()
    }
  }

  leave () { if (this.typed() !== this.kept) this.save(true) }

  tell (words, failed = false) {
    if (!this.place) return
    this.place.textContent = words
    this.place.classList.toggle('gt-saved--failed', failed)
  }
}

// A warning before the session ends, with as long as the server says to ask for more (WCAG 2.2.1).
function idleWarning (dialog) {
  const after = dialog.dataset.idleAfter * 1000
  const grace = dialog.dataset.idleGrace * 1000
  const form = dialog.querySelector('form')
  let last = Date.now()
  let told = last
  const stay = async () => {
    last = told = Date.now()
    if (dialog.open) dialog.close()
    await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) }).catch(() => {})
  }
  // Typing and reading on count as being there, as long as the server hears of it now and then.
  for (const kind of ['keydown', 'pointerdown', 'scroll']) {
    document.addEventListener(kind, () => {
      if (dialog.open) return
      last = Date.now()
      if (last - told > after / 4) stay()
    }, { passive: true })
  }
  form.addEventListener('submit', event => { event.preventDefault(); stay() })
  dialog.addEventListener('cancel', stay)
  setInterval(() => {
    const idle = Date.now() - last
    if (idle >= after + grace) return location.reload() // the server asks to sign in; saved text is still there
    if (idle < after || dialog.open) return
    dialog.querySelector('[data-idle-at]').textContent = clock(new Date(last + after + grace))
    dialog.showModal()
  }, Math.min(1000, after / 2))
}

// Kinder words offered under a box as one types. The server knows the phrases; it says the same without scripts.
function watchWords (box) {
  const place = document.createElement('div')
  place.className = 'gt-words'
  place.setAttribute('aria-live', 'polite')
  box.after(place)
  let timer, asked
  const look = async () => {
    const text = box.value
    if (text === asked) return
    asked = text
    const body = new URLSearchParams({ text })
    const headers = { 'X-CSRFToken': token(box.form) }
    const answer = await fetch(page.dataset.words, { method: 'POST', body, headers }).catch(() => null)
    if (!answer?.ok || answer.redirected || text !== box.value) return
    const { found } = await answer.json()
    place.replaceChildren()
    if (!found.length) return
    const lead = document.createElement('p')
    lead.textContent = 'Some words may put the blame on the child. Consider:'
    const list = document.createElement('ul')
    list.append(...found.map(({ phrase, suggestion }) => {
      const line = document.createElement('li')
      line.textContent = `“${phrase}”: ${suggestion}`
      return line
    }))
    place.append(lead, list)
  }
  box.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(look, 1200) })
}

// Lists follow their filters; the address stays one that can be kept and sent.
function liveFilter (form) {
  const list = document.getElementById('filtered')
  if (!list) return
  let timer, turn = 0
  const follow = async () => {
    const mine = ++turn
    const data = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ''))
    const address = `${location.pathname}?${data}`
    const answer = await fetch(address, { headers: { Accept: 'text/html' } }).catch(() => null)
    if (!answer?.ok || answer.redirected || mine !== turn) return
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('filtered')
    if (!fresh) return
    list.replaceChildren(...fresh.childNodes)
    history.replaceState(null, '', address)
    say(fresh.dataset.said || list.querySelector('[data-said]')?.dataset.said || 'The list has changed')
  }
  form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(follow, 400) })
}

// A question that several answers open is shown when one of them is chosen. Without scripts it is always shown.
function opened (part) {
  const { openedBy, openedValues } = part.dataset
  const wanted = openedValues.split(' ')
  const follow = () => {
    const picked = [...part.closest('form').querySelectorAll(`[name="${openedBy}"]:checked`)]
    part.hidden = !picked.some(each => wanted.includes(each.value))
  }
  part.closest('form').addEventListener('change', follow)
  follow()
}

function smallThings () {
  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false
    button.addEventListener('click', () => window.print())
  }
  if (matchMedia('(max-width: 56em)').matches) {
    document.querySelectorAll('details[data-folds]').forEach(part => { part.open = false })
  }
  for (const menu of document.querySelectorAll('details[data-closes]')) {
    document.addEventListener('click', event => { if (!menu.contains(event.target)) menu.open = false })
    menu.addEventListener('keydown', event => {
      if (event.key !== 'Escape' || !menu.open) return
      menu.open = false
      menu.querySelector('summary').focus()
    })
  }
}

designSystem()
smallThings()
document.querySelectorAll('form[data-autosave-url]').forEach(form => new Autosave(form))
document.querySelectorAll('#idle-warning').forEach(idleWarning)
document.querySelectorAll('textarea[data-watch-words]').forEach(watchWords)
document.querySelectorAll('form[data-live-filter]').forEach(liveFilter)
document.querySelectorAll('[data-opened-by]').forEach(opened)
