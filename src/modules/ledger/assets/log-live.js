/*
 * Keeps the page of a log fresh: asks each second for its data, and takes the parts that are marked live from the page
 * again when the checkpoint is another. Nothing is asked while nobody looks, or while the reader has a part in use.
 */
const everyMs = 1000
const button = document.querySelector('[data-live-button]')

if (button) {
  const { address, follow } = button.dataset
  const stop = button.textContent
  let following = true
  let seen
  button.hidden = false
  button.addEventListener('click', () => {
    following = !following
    button.textContent = following ? stop : follow
  })

  const inUse = (part) => part.contains(document.activeElement) || part.querySelector('details[open]')

  const refresh = async () => {
    const answer = await fetch(address, { headers: { accept: 'application/json' } })
    if (!answer.ok) return
    const { text } = (await answer.json()).checkpoint
    const before = seen
    seen = text
    if (before === undefined || before === text) return
    const page = await fetch(location.href, { headers: { accept: 'text/html' } })
    if (!page.ok) return
    const fresh = new DOMParser().parseFromString(await page.text(), 'text/html')
    for (const part of document.querySelectorAll('[data-live]')) {
      const other = fresh.querySelector(`[data-live="${part.dataset.live}"]`)
      if (other && !inUse(part)) part.replaceChildren(...other.childNodes)
    }
  }

  const tick = async () => {
    // What cannot be reached now is asked for again: a page that was opened stays as it was.
    if (following && !document.hidden) await refresh().catch(() => {})
    setTimeout(tick, everyMs)
  }
  setTimeout(tick, everyMs)
}
