import { Page, Phrase, texts, usePage } from '#platform'
import { words as ofLog } from '../explorer/log.page.tsx'
import { listed } from '../listed.ts'
import { ItemList, words as listWords } from './item-list.tsx'
import { words as ofList } from './registers.page.tsx'
import type { OfficeRegistersData } from './types.ts'

export const words = texts({
  waits: { en: 'Waits for {organisation}', 'zh-Hant': '等候{organisation}處理' },
  none: { en: 'Nothing waits for your organisation.', 'zh-Hant': '沒有事項等候你的機構處理。' },
  registers: { en: 'Registers', 'zh-Hant': '登記冊' },
  as: { en: 'You act there as {parties}.', 'zh-Hant': '你在其中的身份：{parties}。' },
  noRegister: {
    en: 'The organisation for which you act is a party of no register. Whoever runs this site can name it in the pack.',
    'zh-Hant': '你所代表的機構不是任何登記冊的一方。可請本網站的營運者在資料包列明。',
  },
})

/** What waits for an organisation first, then the registers of which it is a party. */
export function OfficeRegistersPage({ organisation, waiting, more, registers }: OfficeRegistersData) {
  const { say, href, language } = usePage()
  const caption = organisation ? say(words.waits, { organisation }) : say(words.registers)
  return (
    <Page
      title={say(ofList.office)}
      breadcrumbs={[
        { text: say(ofLog.logs), path: '/ledger' },
        { text: say(ofList.title), path: '/ledger/registers' },
      ]}
    >
      <h1>
        <Phrase text={say(ofList.office)} />
      </h1>
      {registers.length === 0 ? (
        <p class="empty">{say(words.noRegister)}</p>
      ) : (
        <>
          <h2>{caption}</h2>
          {waiting.length === 0 ? (
            <p class="empty">{say(words.none)}</p>
          ) : (
            <ItemList caption={caption} items={waiting} mixed />
          )}
          {more && <p class="muted">{say(listWords.more)}</p>}
          <h2>{say(words.registers)}</h2>
          <ul class="sections">
            {registers.map(({ path, title, about, parties }) => (
              <li key={path}>
                <a href={href(path)}>{say(title)}</a>{' '}
                <span>
                  {say(about)}{' '}
                  {say(words.as, {
                    parties: listed(
                      { language },
                      parties.map((party) => say(party)),
                    ),
                  })}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>
  )
}
