import type { ComponentChildren } from 'preact'
import { Type } from 'typebox'
import { Button, texts, usePage } from '#platform'

const words = texts({
  scripts: {
    en: 'A passkey needs JavaScript, which is switched off in this browser. Switch it on, or choose another way.',
    'zh-Hant': '使用通行密鑰須啟用 JavaScript，而此瀏覽器已停用。請啟用，或選擇其他方法。',
  },
  unsupported: {
    en: 'This browser knows no passkeys. Use a newer one, or choose another way.',
    'zh-Hant': '此瀏覽器不支援通行密鑰。請改用較新的瀏覽器，或選擇其他方法。',
  },
  cancelled: {
    en: 'Nothing was done: it was cancelled, took too long, or this device has no passkey for this site. Try again, or choose another way.',
    'zh-Hant': '操作未有完成：可能已取消、逾時，或此裝置沒有本網站的通行密鑰。請再試，或選擇其他方法。',
  },
  known: {
    en: 'This device already has a passkey for this account. Use that one, or choose another device.',
    'zh-Hant': '此裝置已有這個帳戶的通行密鑰。請使用該密鑰，或選擇另一部裝置。',
  },
  elsewhere: {
    en: 'Passkeys work at the real address of this site only. Check the address above, and open the site from there.',
    'zh-Hant': '通行密鑰只可在本網站的真正網址使用。請核對網址，再從該網址開啟網站。',
  },
  unable: {
    en: 'This device cannot check that it is you. Set up a screen lock or a PIN on it, or choose another device.',
    'zh-Hant': '此裝置未能核對使用者身份。請為裝置設定螢幕鎖或 PIN 碼，或選擇另一部裝置。',
  },
  failed: {
    en: 'The device gave no answer that can be used. Try again, or choose another way.',
    'zh-Hant': '裝置未有傳回可用的回應。請再試，或選擇其他方法。',
  },
  field: { en: 'Or choose a passkey here', 'zh-Hant': '或在此選擇通行密鑰' },
  fieldHint: {
    en: 'Go to this field: your browser offers the passkeys that it has for this site.',
    'zh-Hant': '選取此欄，瀏覽器便會列出可用於本網站的通行密鑰。',
  },
})

/** A challenge and the options that the browser is given, as `beginAssertion` returns them. */
export const PasskeyAsked = Type.Object({
  id: Type.String({ format: 'uuid' }),
  options: Type.Unsafe<object>({ type: 'object', additionalProperties: true }),
})

type PasskeyFormProps = {
  action: string
  asked: { id: string; options: object }
  label: string
  kind?: 'second'
  /** Offers passkeys in the suggestions of a field too. One form of a page at most. */
  autofill?: boolean
  /** Hidden fields that go with it. */
  fields?: Readonly<Record<string, string>>
  children?: ComponentChildren
}

/**
 * Asks for a passkey, or makes one, and sends `challenge` and `response` to `action`. The page must load the script
 * `passkeys`; without JavaScript the form says what it needs.
 */
export function PasskeyForm({ action, asked, label, kind, autofill, fields = {}, children }: PasskeyFormProps) {
  const { say, href } = usePage()
  const sentences = ['unsupported', 'cancelled', 'known', 'elsewhere', 'unable', 'failed'] as const
  return (
    <form class="passkey" method="post" action={href(action)} data-passkey-options={JSON.stringify(asked.options)}>
      <input type="hidden" name="challenge" value={asked.id} />
      <input type="hidden" name="response" value="" />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      <noscript>
        <p class="passkey__says">{say(words.scripts)}</p>
      </noscript>
      {sentences.map((sentence) => (
        <p key={sentence} class="passkey__says" role="alert" hidden data-passkey-says={sentence}>
          {say(words[sentence])}
        </p>
      ))}
      <Button {...(kind && { kind })}>{label}</Button>
      {autofill && (
        <div class="field" hidden data-passkey-autofill>
          <label class="field__label" for="passkey">
            {say(words.field)}
          </label>
          <p class="field__hint" id="passkey-hint">
            {say(words.fieldHint)}
          </p>
          <input
            class="input"
            id="passkey"
            type="text"
            autocomplete={'username webauthn' as never}
            spellcheck={false}
            aria-describedby="passkey-hint"
          />
        </div>
      )}
    </form>
  )
}
