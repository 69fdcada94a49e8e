/*
 * Beside a piece of program on a developer's page: a button that copies it as it stands. Without a script it is selected
 * and copied by hand.
 */
for (const button of document.querySelectorAll('[data-module="copy-text"]')) {
  if (!navigator.clipboard) continue
  const words = button.textContent
  button.hidden = false
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent)
    button.textContent = button.dataset.done
    setTimeout(() => {
      button.textContent = words
    }, 3000)
  })
}
