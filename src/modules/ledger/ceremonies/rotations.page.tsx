import { Button, Details, Moment, Page, Phrase, Radios, texts, usePage } from '#platform'
import { KeyLines } from '../explorer/key-lines.tsx'
import { words as ofLogs } from '../explorer/logs.page.tsx'
import { officeCrumbs } from '../office/crumbs.ts'
import { Done } from '../office/done.tsx'
import { daysDefault } from './overlap.ts'
import type { RotationsData } from './types.ts'

export const words = texts({
  title: { en: 'Keys of the logs', 'zh-Hant': '日誌密鑰' },
  lead: {
    en: 'One officer asks for new keys of a log, and a second one approves. Tell the witnesses and whoever checks the log of the new keys before the old ones retire.',
    'zh-Hant': '一名人員要求更換日誌密鑰，由第二名人員批准。請在舊密鑰停用前，把新密鑰通知見證者及查核日誌的人。',
  },
  how: { en: 'The keys of now', 'zh-Hant': '現有密鑰' },
  overlap: { en: 'go on beside the new ones for {days} days', 'zh-Hant': '與新密鑰同時簽署 {days} 日' },
  lost: { en: 'may be in other hands, and sign no more at once', 'zh-Hant': '可能已外洩，即時停用' },
  ask: { en: 'Ask for new keys', 'zh-Hant': '要求更換密鑰' },
  waits: {
    en: '{who} asked for new keys, and a second officer has to approve. With that the new keys sign beside the old ones, which end after {days} days. Asked:',
    'zh-Hant':
      '{who}要求更換密鑰，須由第二名人員批准。一經批准，新密鑰與舊密鑰同時簽署；舊密鑰於 {days} 日後停用。要求時間：',
  },
  waitsLost: {
    en: '{who} reported that the keys may be in other hands, and a second officer has to approve new ones. With that the old ones sign no more, at once. Asked:',
    'zh-Hant': '{who}報稱密鑰可能已外洩，更換須由第二名人員批准。一經批准，舊密鑰即時停用。要求時間：',
  },
  own: { en: 'You asked for it, so another officer has to approve.', 'zh-Hant': '由你提出，須由另一名人員批准。' },
  approve: { en: 'Approve', 'zh-Hant': '批准' },
  refuse: { en: 'Refuse', 'zh-Hant': '不批准' },
})

export function RotationsPage({ address, logs }: RotationsData) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.title)} breadcrumbs={officeCrumbs(say)}>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <Done of={['rotation-asked', 'log-keys-rotated', 'log-keys-lost', 'rotation-refused']} />
      <p class="lead">{say(words.lead)}</p>
      {logs.map(({ log, waiting }) => (
        <section key={log.name}>
          <h2>{say(log.title)}</h2>
          <Details summary={say(ofLogs.keys, { title: log.title })} id={`keys-${log.name}`}>
            <KeyLines address={address} log={log} />
          </Details>
          {waiting ? (
            <form method="post" action={href(`/office/ledger/logs/${log.name}/rotations/${waiting.id}`)}>
              <p>
                {say(waiting.lost ? words.waitsLost : words.waits, { who: waiting.askedBy, days: daysDefault })}{' '}
                <Moment at={waiting.askedAt} />
              </p>
              {waiting.own && <p>{say(words.own)}</p>}
              <p class="buttons">
                {!waiting.own && (
                  <Button name="answer" value="approve">
                    {say(words.approve)}
                  </Button>
                )}
                <Button kind="second" name="answer" value="refuse">
                  {say(words.refuse)}
                </Button>
              </p>
            </form>
          ) : (
            <form method="post" action={href(`/office/ledger/logs/${log.name}/rotations`)}>
              <Radios
                name="why"
                id={`why-${log.name}`}
                label={say(words.how)}
                options={[
                  { value: 'rotate', label: say(words.overlap, { days: daysDefault }) },
                  { value: 'lost', label: say(words.lost) },
                ]}
                value="rotate"
              />
              <Button kind="second">
                {say(words.ask)}
                <span class="visually-hidden"> {say(log.title)}</span>
              </Button>
            </form>
          )}
        </section>
      ))}
    </Page>
  )
}
