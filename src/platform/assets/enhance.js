/*
 * What pages gain from JavaScript. Every page works without it: tabs are sections, addresses can be selected, panels
 * stay as the server sent them. The behaviours of govuk-frontend are fetched only by pages that have one of them.
 */
const all = (selector) => [...document.querySelectorAll(selector)]

if (document.querySelector('[data-module^="govuk-"]')) {
  document.body.classList.add('js-enabled', 'govuk-frontend-supported')
  void import('./govuk-frontend.js').then(({ createAll, Button, CharacterCount, ErrorSummary, Tabs }) => {
    for (const component of [Button, CharacterCount, ErrorSummary, Tabs]) createAll(component)
  })
}

for (const button of all('[data-module="copy"]')) {
  if (!navigator.clipboard) continue
  button.hidden = false
  button.addEventListener('click', async () => {
    const { textContent } = document.getElementById(button.dataset.copies)
    // An address of this site is of use elsewhere only with the site's name.
    await navigator.clipboard.writeText(new URL(textContent.trim(), location.origin).href)
    button.textContent = button.dataset.done
  })
}

for (const button of all('[data-module="print"]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}

// A person who opened a section finds it open when they come back to the page in this tab.
for (const details of all('details[data-module="details"][id]')) {
  const key = `details ${location.pathname} ${details.id}`
  try {
    if (sessionStorage.getItem(key)) details.open = true
    details.addEventListener('toggle', () =>
      details.open ? sessionStorage.setItem(key, '1') : sessionStorage.removeItem(key),
    )
  } catch {
    // Storage may be refused; the section then simply starts closed.
  }
}

// Provenance floats over the page: one at a time, closed by Escape or by a click elsewhere.
const provenance = all('details.provenance')
const closeOthers = (kept) => {
  for (const details of provenance) if (details !== kept) details.open = false
}
for (const details of provenance) {
  details.addEventListener('toggle', () => details.open && closeOthers(details))
}
if (provenance.length > 0) {
  document.addEventListener('click', (event) => closeOthers(event.target.closest('details.provenance')))
  document.addEventListener('keydown', (event) => {
    const open = event.key === 'Escape' && provenance.find((details) => details.open)
    if (!open) return
    open.open = false
    open.querySelector('summary').focus()
  })
}

// `/` goes to the search field of the page, or to the search page.
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.target.closest('input, textarea, select, [contenteditable]')) return
  const field = document.querySelector('input[type="search"]')
  const link = document.querySelector('a[rel="search"]')
  if (!field && !link) return
  event.preventDefault()
  if (field) field.focus()
  else link.click()
})
