// Lets this browser tell its person of new messages: asks the browser, then registers what it gives (Push API).
for (const part of document.querySelectorAll('[data-push-key]')) {
  const button = part.querySelector('button')
  const status = part.querySelector('[role=status]')
  const { pushKey, pushAction, on, denied, failed, unable } = part.dataset
  part.hidden = false
  if (!('serviceWorker' in navigator) || !('PushManager' in window)) {
    button.hidden = true
    status.textContent = unable
    continue
  }
  const existing = await navigator.serviceWorker.getRegistration('/')
  if (await existing?.pushManager.getSubscription()) status.textContent = on

  button.addEventListener('click', async () => {
    button.disabled = true
    try {
      if ((await Notification.requestPermission()) !== 'granted') {
        status.textContent = denied
        return
      }
      await navigator.serviceWorker.register('/push-worker.js')
      const { pushManager } = await navigator.serviceWorker.ready
      const before = await pushManager.getSubscription()
      // One made for another key, as of an installation that was here before, is of no use.
      await before?.unsubscribe()
      const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: pushKey })
      const { endpoint, keys } = subscription.toJSON()
      const answer = await fetch(pushAction, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ endpoint, keys }),
      })
      if (answer.ok) location.reload()
      else {
        await subscription.unsubscribe()
        status.textContent = failed
      }
    } catch {
      status.textContent = failed
    } finally {
      button.disabled = false
    }
  })
}
