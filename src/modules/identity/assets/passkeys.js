/*
 * Asks the browser for a passkey, or makes one, when a form with `data-passkey-options` is sent: the answer goes into its
 * hidden field `response`. What can go wrong is said by sentences that the server put into the form, in its language.
 */
const forms = [...document.querySelectorAll('form[data-passkey-options]')]

const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (each) => each.charCodeAt(0))
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')

/** The options of WebAuthn §5.1.8 and §5.1.9, for browsers that cannot read them from JSON. */
function read(options) {
  const named = (list = []) => list.map((each) => ({ ...each, id: toBytes(each.id) }))
  const challenge = toBytes(options.challenge)
  if (options.user)
    return PublicKeyCredential.parseCreationOptionsFromJSON
      ? PublicKeyCredential.parseCreationOptionsFromJSON(options)
      : {
          ...options,
          challenge,
          user: { ...options.user, id: toBytes(options.user.id) },
          excludeCredentials: named(options.excludeCredentials),
        }
  return PublicKeyCredential.parseRequestOptionsFromJSON
    ? PublicKeyCredential.parseRequestOptionsFromJSON(options)
    : { ...options, challenge, allowCredentials: named(options.allowCredentials) }
}

/** What the server reads of a credential, for browsers that cannot write it, or stumble over an extension that does it. */
function write(credential) {
  const { response } = credential
  const part = (name) => (response[name] ? { [name]: toText(response[name]) } : {})
  return JSON.stringify({
    id: credential.id,
    rawId: credential.id,
    type: credential.type,
    response: {
      ...part('clientDataJSON'),
      ...part('attestationObject'),
      ...part('authenticatorData'),
      ...part('signature'),
      ...part('userHandle'),
      ...(response.getTransports && { transports: response.getTransports() }),
    },
  })
}

const reasons = {
  NotAllowedError: 'cancelled',
  AbortError: 'cancelled',
  InvalidStateError: 'known',
  SecurityError: 'elsewhere',
  NotSupportedError: 'unable',
  ConstraintError: 'unable',
}

/** Shows the one sentence that applies, or none. */
function tell(form, reason) {
  for (const sentence of form.querySelectorAll('[data-passkey-says]'))
    sentence.hidden = sentence.dataset.passkeySays !== reason
}

// One question at a time: the one that waits in a field's suggestions gives way to a button.
let waiting
/** Whether a button asked, and the person is busy with the answer. */
let asking = false

async function ask(form, more = {}) {
  waiting?.abort()
  waiting = new AbortController()
  const { signal } = waiting
  const options = JSON.parse(form.dataset.passkeyOptions)
  const publicKey = read(options)
  if (options.hints) publicKey.hints = options.hints
  const credential = options.user
    ? await navigator.credentials.create({ publicKey, signal, ...more })
    : await navigator.credentials.get({ publicKey, signal, ...more })
  form.elements.namedItem('response').value = write(credential)
  form.submit()
}

for (const form of forms) {
  if (!window.PublicKeyCredential) {
    tell(form, 'unsupported')
    for (const button of form.querySelectorAll('button')) button.remove()
    continue
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    tell(form)
    asking = true
    ask(form).catch((error) => {
      asking = false
      tell(form, reasons[error.name] ?? 'failed')
    })
  })
}

const offering = forms.find((form) => form.querySelector('[data-passkey-autofill]'))
// Nobody asked for this question, so nobody is told when it ends without an answer.
const offer = () => ask(offering, { mediation: 'conditional' }).catch(() => {})

/** Another challenge for a page that stays open, shortly before the one that it holds expires. */
async function renew() {
  const answer = await fetch(location.href, { headers: { accept: 'application/json' } })
  if (!answer.ok) return
  const { passkey } = await answer.json()
  for (const form of forms) {
    const { hints } = JSON.parse(form.dataset.passkeyOptions)
    form.dataset.passkeyOptions = JSON.stringify({ ...passkey.options, hints })
    form.elements.namedItem('challenge').value = passkey.id
  }
  void offer()
}

if (offering && (await window.PublicKeyCredential?.isConditionalMediationAvailable?.())) {
  offering.querySelector('[data-passkey-autofill]').hidden = false
  void offer()
  const lastsMs = JSON.parse(offering.dataset.passkeyOptions).timeout - 20_000
  let askedAt = performance.now()
  const renewIfOld = () => {
    // Not in the middle of an answer that a button asked for, and not while nobody looks.
    if (asking || document.hidden || performance.now() - askedAt < lastsMs) return
    askedAt = performance.now()
    void renew().catch(() => {})
  }
  setInterval(renewIfOld, 10_000)
  document.addEventListener('visibilitychange', renewIfOld)
}

// A page that comes back from the browser's memory holds a question that was answered.
window.addEventListener('pageshow', (event) => {
  if (event.persisted && forms.length > 0) location.reload()
})
