// What pages gain when scripts run. Everything works without this file.
const root = document.documentElement

async function designSystem () {
  const { initAll } = await import(root.dataset.govuk)
  initAll()
  if (!document.querySelector('[data-module^="moj-"]')) return
  const moj = await import(root.dataset.moj)
  moj.initAll()
}

designSystem()
