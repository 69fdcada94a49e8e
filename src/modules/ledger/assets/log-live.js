/*
 * Keeps the page of a log fresh: asks each second for its data, and takes the parts that are marked live from the page
 * again when the checkpoint is another than the one shown. Nothing is asked while nobody looks, and a part that the reader
 * has in use stays as it is.
 */
const everyMs = 1000
/** After an answer that was none: the server is busy, or whoever shares this address asked too often. */
const restMs = 15_000
const button = document.querySelector('[data-live-button]')

if (button) {
  const { address, follow } = button.dataset
  const stop = button.textContent
  let following = true
  button.hidden = false
  button.addEventListener('click', () => {
    following = !following
    button.textContent = following ? stop : follow
  })

  const inUse = (part) => part.contains(document.activeElement) || part.querySelector('details[open]')

  const refresh = async () => {
    const answer = await fetch(address, { headers: { accept: 'application/json' } })
    if (!answer.ok) throw new Error(`${answer.status}`)
    const { text } = (await answer.json()).checkpoint
    // What is shown, and not what was heard of last: the page may be a second older than the data.
    if (document.querySelector('[data-live="checkpoint"] pre')?.textContent === text) return
    const page = await fetch(location.href, { headers: { accept: 'text/html' } })
    if (!page.ok) throw new Error(`${page.status}`)
    const fresh = new DOMParser().parseFromString(await page.text(), 'text/html')
    for (const part of document.querySelectorAll('[data-live]')) {
      const other = fresh.querySelector(`[data-live="${part.dataset.live}"]`)
      if (other && !inUse(part)) part.replaceChildren(...other.childNodes)
    }
  }

  const tick = async () => {
    let waitMs = everyMs
    // What cannot be reached now is asked for again: a page that was opened stays as it was.
    if (following && !document.hidden)
      await refresh().catch(() => {
        waitMs = restMs
      })
    setTimeout(tick, waitMs)
  }
  setTimeout(tick, everyMs)
}
