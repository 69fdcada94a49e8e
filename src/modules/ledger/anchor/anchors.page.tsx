import { Details, Mark, type MarkKind, Moment, Page, Phrase, Table, texts, usePage } from '#platform'
import { words as ofLog } from '../explorer/log.page.tsx'
import { words as ofSection } from './anchor-section.tsx'
import { type AnchorState, stateTexts } from './states.ts'
import type { AnchorNote, AnchorsData } from './types.ts'

const words = texts({
  when: { en: 'When', 'zh-Hant': '時間' },
  chain: { en: 'Chain', 'zh-Hant': '區塊鏈' },
  block: { en: 'Block', 'zh-Hant': '區塊' },
  transaction: { en: 'Transaction', 'zh-Hant': '交易' },
  state: { en: 'State', 'zh-Hant': '狀況' },
  check: { en: 'Check it yourself', 'zh-Hant': '自行查核' },
  checkLead: {
    en: 'Take a proof of the entry for the size of one of these anchors, and ask any node of that chain that you trust. The contract holds the root; of this site nothing is believed.',
    'zh-Hant':
      '按以下其中一項錨定的大小下載該條目的證明，再向你信任的任何該鏈節點查詢。根存於合約之內，無須相信本網站。',
  },
  contract: { en: 'The contract on chain {chain}', 'zh-Hant': '鏈 {chain} 上的合約' },
  logId: { en: 'What it calls this log: the SHA-256 of its origin', 'zh-Hant': '合約內本日誌的名稱：其來源的 SHA-256' },
})

const marks: Readonly<Record<AnchorState, MarkKind>> = {
  queued: 'missing',
  sent: 'missing',
  mined: 'inferred',
  final: 'holds',
  superseded: 'inferred',
}

/** Every checkpoint of a log that is or will be on a chain, and how to be led there by a proof. */
export function AnchorsPage({ log, logId, anchors, older }: AnchorsData) {
  const { say, href } = usePage()
  const title = say(ofSection.title)
  const places = [
    ...new Map(anchors.map(({ chain, contract }) => [`${chain} ${contract}`, { chain, contract }])).values(),
  ]
  return (
    <Page
      title={`${title}, ${say(log.title)}`}
      breadcrumbs={[
        { text: say(ofLog.logs), path: '/ledger' },
        { text: say(log.title), path: log.path },
      ]}
    >
      <h1>
        <Phrase text={title} />
      </h1>
      <p class="lead">{say(ofSection.lead)}</p>
      {anchors.length === 0 ? (
        <p class="empty">{say(ofSection.none)}</p>
      ) : (
        <Table
          caption={title}
          captionHidden
          narrow="stack"
          columns={[
            { label: say(ofLog.checkpoint) },
            { label: say(words.when) },
            { label: say(words.chain) },
            { label: say(words.block) },
            { label: say(words.transaction) },
            { label: say(words.state) },
          ]}
          rows={anchors.map((anchor) => ({ cells: cellsOf(anchor) }))}
        />
      )}
      {older !== null && (
        <nav class="pagination" aria-label={say(ofLog.pages)}>
          <ul>
            <li>
              <a href={href(`${log.path}/anchors?before=${older}`)} rel="next">
                {say(ofLog.older)}
              </a>
            </li>
          </ul>
        </nav>
      )}
      {places.length > 0 && (
        <Details summary={say(words.check)} id="check">
          <p>{say(words.checkLead)}</p>
          <dl class="keys">
            {places.map(({ chain, contract }) => (
              <>
                <dt>{say(words.contract, { chain })}</dt>
                <dd>
                  <code>./praya ledger anchor verify PROOF FILE --rpc URL --contract {contract} --policy POLICY</code>
                </dd>
              </>
            ))}
            <dt>{say(words.logId)}</dt>
            <dd>
              <code>{logId}</code>
            </dd>
          </dl>
        </Details>
      )}
    </Page>
  )

  function cellsOf({ size, state, chain, blockNumber, blockAt, queuedAt, transaction }: AnchorNote) {
    return [
      say(ofSection.entries, { size: size.toLocaleString('en-GB') }),
      blockAt ? <Moment at={blockAt} key="at" /> : <Moment at={queuedAt} key="at" />,
      String(chain),
      blockNumber === null ? '' : String(blockNumber),
      transaction ? <code key="transaction">{transaction}</code> : '',
      <Mark key="state" kind={marks[state]}>
        {say(stateTexts[state])}
      </Mark>,
    ]
  }
}
