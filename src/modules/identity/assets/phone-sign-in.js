/*
 * Beside a code that waits for a phone: draws the frame of each second, and goes on when the phone has answered. Without it
 * the page has a button, and a form of itself that reloads.
 */
const order = document.querySelector('[data-phone-order]')
const svg = order?.querySelector('[data-code]')
const frameMs = 1000
let asking = false

const plain = document.querySelector('[data-phone-plain]')
if (plain) plain.hidden = true

async function step() {
  if (asking || document.hidden) return
  asking = true
  try {
    const response = await fetch(order.dataset.phoneFrames, { headers: { accept: 'application/json' } })
    if (!response.ok) return
    const { state, code } = await response.json()
    if (state === 'approved') return goOn()
    // The server writes every other page, in the person's language.
    if (state !== order.dataset.phoneOrder) return location.reload()
    if (!svg || !code) return
    svg.setAttribute('viewBox', `0 0 ${code.size} ${code.size}`)
    svg.querySelector('path').setAttribute('d', code.path)
  } catch {
    // The network is away; the next second asks again.
  } finally {
    asking = false
  }
}

function goOn() {
  clearInterval(timer)
  document.querySelector('[data-phone-finish]').submit()
}

const timer = order ? setInterval(step, frameMs) : undefined
if (order) document.addEventListener('visibilitychange', step)
