import { Mark, Moment, Page, Phrase, SummaryList, Table, texts, usePage } from '#platform'
import { words as ofLog } from '../explorer/log.page.tsx'
import { officeCrumbs } from '../office/crumbs.ts'
import { writeNumber } from '../quotas/use-chart.tsx'
import type { HealthData } from './types.ts'
import { tellFailure } from './witness-failures.ts'

export const words = texts({
  title: { en: 'Health of the logs', 'zh-Hant': '日誌運作狀況' },
  asOf: {
    en: 'As it was at this moment; the page looks again by itself:',
    'zh-Hant': '以下為此刻的狀況，本頁會自動更新：',
  },
  again: { en: 'Look again', 'zh-Hant': '重新查看' },
  none: { en: 'No log is kept here yet.', 'zh-Hant': '這裏尚未有日誌。' },
  state: { en: 'State', 'zh-Hant': '狀況' },
  well: { en: 'In order and published', 'zh-Hant': '排序及公布正常' },
  behind: { en: 'Not all is published', 'zh-Hant': '部分尚未公布' },
  slow: { en: 'Entries wait too long', 'zh-Hant': '條目等候過久' },
  published: { en: 'Published', 'zh-Hant': '已公布' },
  waiting: { en: 'Waiting', 'zh-Hant': '等候中' },
  since: { en: 'The oldest has waited since', 'zh-Hant': '最早一項自此時起等候' },
  checkpoint: { en: 'Last checkpoint', 'zh-Hant': '最新檢查點' },
  behindAt: { en: 'Nothing more published since', 'zh-Hant': '自此時起沒有再公布' },
  witnesses: { en: 'Witnesses', 'zh-Hant': '見證者' },
  noWitness: {
    en: 'This log asks for no witness. A policy names them: ./praya ledger policy.',
    'zh-Hant': '這個日誌沒有要求見證者，可用 ./praya ledger policy 在信任政策列明。',
  },
  witness: { en: 'Witness', 'zh-Hant': '見證者' },
  cosigned: { en: 'Cosigned up to', 'zh-Hant': '已加簽至' },
  last: { en: 'Last cosigned', 'zh-Hant': '最後加簽' },
  never: { en: 'not yet', 'zh-Hant': '尚未' },
  cosigns: { en: 'Cosigns', 'zh-Hant': '正常加簽' },
  fails: { en: 'Does not cosign', 'zh-Hant': '沒有加簽' },
})

/** How each log is now, in words and shapes. */
export function HealthPage({ at, logs }: HealthData) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.title)} breadcrumbs={officeCrumbs(say)}>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p>
        {say(words.asOf)} <Moment at={at} /> <a href={href('/office/ledger/health')}>{say(words.again)}</a>
      </p>
      {logs.length === 0 && <p class="empty">{say(words.none)}</p>}
      {logs.map((log) => (
        <OneLog key={log.name} log={log} />
      ))}
    </Page>
  )
}

function OneLog({ log }: { log: HealthData['logs'][number] }) {
  const { say, href } = usePage()
  const { state, name, title, size, publishedSize, waiting, waitingSince, sequencedAt, behindAt, witnesses } = log
  return (
    <section>
      <h2>
        <a href={href(`/ledger/logs/${name}`)}>{say(title)}</a>
      </h2>
      <SummaryList
        rows={[
          {
            key: say(words.state),
            value: (
              <Mark kind={state === 'well' ? 'holds' : state === 'slow' ? 'fails' : 'inferred'}>
                {say(words[state])}
              </Mark>
            ),
          },
          { key: say(ofLog.size), value: writeNumber(size) },
          { key: say(words.published), value: writeNumber(publishedSize) },
          { key: say(words.waiting), value: writeNumber(waiting) },
          ...(waitingSince ? [{ key: say(words.since), value: <Moment at={waitingSince} /> }] : []),
          ...(sequencedAt ? [{ key: say(words.checkpoint), value: <Moment at={sequencedAt} /> }] : []),
          ...(behindAt ? [{ key: say(words.behindAt), value: <Moment at={behindAt} /> }] : []),
        ]}
      />
      {witnesses.length === 0 ? (
        <p class="muted">{say(words.noWitness)}</p>
      ) : (
        <Table
          caption={say(words.witnesses)}
          narrow="stack"
          columns={[words.witness, words.state, words.cosigned, words.last].map((text) => ({ label: say(text) }))}
          rows={witnesses.map(({ url, size, cosignedAt, failure }) => ({
            cells: [
              <code key="url">{url}</code>,
              <>
                <Mark kind={failure === null ? 'holds' : 'fails'}>
                  {say(failure === null ? words.cosigns : words.fails)}
                </Mark>
                {failure !== null && <p>{say(...tellFailure(failure))}</p>}
              </>,
              writeNumber(size),
              cosignedAt ? <Moment at={cosignedAt} /> : say(words.never),
            ],
          }))}
        />
      )}
    </section>
  )
}
