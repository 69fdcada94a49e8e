import { type Static, Type } from 'typebox'
import { Button, Details, Page, Phrase, Text, TextArea, texts, usePage, type Values } from '#platform'
import { shared } from './client-words.ts'
import { AddressField, Mistakes, NameFields } from './clients.page.tsx'
import { CodeBlock } from './code-block.tsx'
import { keysLengthMax } from './keys.rules.ts'
import { Filled } from './registration.ts'
import { formerHours } from './secrets.sql.ts'
import { makeKey } from './snippets.ts'

const words = texts({
  change: { en: 'Change this client', 'zh-Hant': '更改客戶端' },
  live: {
    en: 'An officer approved this client. Its name and its host stay; other addresses at the host can change.',
    'zh-Hant': '這個客戶端已獲批准，名稱和主機不能更改；可更改該主機下的網址。',
  },
  save: { en: 'Save', 'zh-Hant': '儲存' },
  secretTitle: { en: 'Make another secret', 'zh-Hant': '另建密碼' },
  secretLead: {
    en: 'The new secret works at once, and is shown to you for ten minutes. The one in use now works for {hours} hours more, so that nothing fails while you bring in the new one.',
    'zh-Hant': '新密碼即時生效，並向你顯示十分鐘。現用的密碼會在 {hours} 小時後失效，讓你從容更換，服務不會中斷。',
  },
  secretLeak: {
    en: 'If somebody else may know the secret: make another, bring it in, and then end the one before by the button on the next page.',
    'zh-Hant': '如密碼可能外洩：請另建密碼、換上，然後在下一頁立即終止舊密碼。',
  },
  cancel: { en: 'Back', 'zh-Hant': '返回' },
  keysTitle: { en: 'Public keys', 'zh-Hant': '公開密鑰' },
  keysLead: {
    en: 'To change the key without a break: add the next one beside that in use and save; let your service sign with the next; then take the old one out. A key that others may know, take out at once.',
    'zh-Hant':
      '不中斷更換密鑰：先把下一把加在現用的旁邊並儲存；讓服務改用新的簽署；然後移除舊的。如密鑰可能外洩，請立即移除。',
  },
  keys: { en: 'Keys, as JSON', 'zh-Hant': '密鑰（JSON）' },
  keysHint: {
    en: 'A set of one to four public JWK. Only these verify what your service signs.',
    'zh-Hant': '一至四把公開 JWK。只有這些密鑰可用來核對服務的簽署。',
  },
  makeKey: { en: 'How to make a key', 'zh-Hant': '如何建立密鑰' },
  deleteTitle: { en: 'Delete {name}', 'zh-Hant': '刪除{name}' },
  deleteLead: {
    en: 'It cannot be undone. People can no longer sign in to it, what they agreed to ends, and the identifier {id} is never given again. To stop it for a while, suspend it instead.',
    'zh-Hant':
      '刪除後不能還原：使用者不能再經它登入，他們的同意隨即終止，代號 {id} 亦不會再用。如只想暫時停用，請改為暫停。',
  },
  deleteNow: { en: 'Delete for ever', 'zh-Hant': '永久刪除' },
})

const crumbsOf = (say: ReturnType<typeof usePage>['say'], id: string, name: Text | string) => [
  { text: say(shared.clients), path: '/developers/clients' },
  { text: typeof name === 'string' ? name : say(name), path: `/developers/clients/${id}` },
]

export function ChangePage({ id, name, live, values, mistakes }: Filled & Named & { live: boolean }) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.change)} breadcrumbs={crumbsOf(say, id, name)} error={mistakes.length > 0}>
      <Mistakes mistakes={mistakes} />
      <h1>
        <Phrase text={say(words.change)} />
      </h1>
      {live && <p>{say(words.live)}</p>}
      <form method="post" action={href(`/developers/clients/${id}/change`)}>
        <NameFields values={values} mistakes={mistakes} />
        <AddressField name="addresses" values={values} mistakes={mistakes} />
        <AddressField name="signOutAddresses" values={values} mistakes={mistakes} />
        <Button>{say(words.save)}</Button>
      </form>
    </Page>
  )
}

type Named = { id: string; name: Text }

export function SecretPage({ id, name }: Named) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.secretTitle)} breadcrumbs={crumbsOf(say, id, name)}>
      <h1>
        <Phrase text={say(words.secretTitle)} />
      </h1>
      <p class="lead">{say(words.secretLead, { hours: formerHours })}</p>
      <p>{say(words.secretLeak)}</p>
      <form method="post" action={href(`/developers/clients/${id}/secret`)} class="buttons">
        <Button>{say(words.secretTitle)}</Button>
        <Button kind="second" href={href(`/developers/clients/${id}`)}>
          {say(words.cancel)}
        </Button>
      </form>
    </Page>
  )
}

export type KeysData = Static<typeof KeysData>
export const KeysData = Type.Object({
  id: Type.String(),
  name: Text,
  keys: Type.String(),
  mistakes: Filled.properties.mistakes,
})

export function KeysPage({ id, name, keys, mistakes }: KeysData) {
  const { say, href } = usePage()
  const [mistake] = mistakes
  return (
    <Page
      title={say(words.keysTitle)}
      breadcrumbs={crumbsOf(say, id, name)}
      error={mistake !== undefined}
      scripts={['clients']}
    >
      <Mistakes mistakes={mistakes} />
      <h1>
        <Phrase text={say(words.keysTitle)} />
      </h1>
      <p class="lead">{say(words.keysLead)}</p>
      <form method="post" action={href(`/developers/clients/${id}/keys`)}>
        <TextArea
          name="keys"
          label={say(words.keys)}
          hint={say(words.keysHint)}
          value={keys}
          rows={14}
          maxLength={keysLengthMax}
          autocomplete="off"
          error={mistake && say(mistake.text, mistake.values as Values)}
        />
        <Details summary={say(words.makeKey)}>
          <CodeBlock id="make-key" label={say(words.makeKey)} code={makeKey} />
        </Details>
        <Button>{say(words.save)}</Button>
      </form>
    </Page>
  )
}

export function DeletePage({ id, name }: Named) {
  const { say, href } = usePage()
  const title = say(words.deleteTitle, { name })
  return (
    <Page title={title} breadcrumbs={crumbsOf(say, id, name)}>
      <h1>
        <Phrase text={title} />
      </h1>
      <p class="lead">{say(words.deleteLead, { id })}</p>
      <form method="post" action={href(`/developers/clients/${id}/delete`)} class="buttons">
        <Button kind="harm">{say(words.deleteNow)}</Button>
        <Button kind="second" href={href(`/developers/clients/${id}`)}>
          {say(words.cancel)}
        </Button>
      </form>
    </Page>
  )
}
