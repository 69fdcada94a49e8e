// Shows that there is a message, and leads to the inbox. What the message says never comes this way.
self.addEventListener('push', (event) => {
  const { title = self.location.host, body = '', path = '/account/inbox' } = event.data?.json() ?? {}
  event.waitUntil(self.registration.showNotification(title, { body, tag: 'inbox', data: { path } }))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const url = new URL(event.notification.data?.path ?? '/account/inbox', self.location.origin)
  // Only pages of this site, whatever the notice holds.
  if (url.origin === self.location.origin) event.waitUntil(self.clients.openWindow(url.href))
})
