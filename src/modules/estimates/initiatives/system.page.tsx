import { Page, Phrase, SummaryList, Table, texts, usePage } from '#platform'
import { words as shared } from '../publish/words.ts'
import type { SystemAnswer } from './answers.ts'
import { CopyAddress } from './copy-address.tsx'
import type { InitiativeNote } from './describe.ts'
import { GoTo, Measured, Money, Owner, StatusTag, SystemState } from './parts.tsx'
import { words } from './words.ts'

const own = texts({
  protocols: { en: 'Open protocols', 'zh-Hant': '開放協定' },
  protocolWaits: { en: 'not answered by this installation yet', 'zh-Hant': '本系統暫未提供' },
  noProtocols: {
    en: 'No standard protocol is planned for it; its pages are also data at their own addresses.',
    'zh-Hant': '這個系統未有採用標準協定；其網頁均可按網址取得數據版本。',
  },
  pays: { en: 'What pays for it', 'zh-Hant': '由哪些撥款支付' },
  evidence: { en: 'Evidence', 'zh-Hant': '憑據' },
  state: { en: 'In this installation', 'zh-Hant': '在本系統' },
  back: { en: 'Head {head}, {year}, programme ({programme})', 'zh-Hant': '{year} 年度總目 {head}，綱領({programme})' },
  number: { en: 'Budget line', 'zh-Hant': '預算項目' },
})

/** What it is, its budget lines, status, live figures, the way in, and the protocols that it speaks. */
export function SystemPage({ name, description, owner, modules, initiatives, ...data }: SystemAnswer) {
  const { say, href } = usePage()
  const { protocols, evidence, figures } = data
  return (
    <Page
      title={say(name)}
      description={say(description)}
      breadcrumbs={[
        { text: say(shared.estimates), path: '/estimates' },
        { text: say(words.systems), path: '/systems' },
      ]}
    >
      <h1>
        <Phrase text={say(name)} />
      </h1>
      <p class="lead">{say(description)}</p>
      <GoTo modules={modules} />
      <SummaryList
        rows={[
          { key: say(own.state), value: <SystemState modules={modules} /> },
          { key: say(words.owner), value: <Owner owner={owner} /> },
          { key: say(own.number), value: <BackToLine initiatives={initiatives} /> },
          ...(evidence.length ? [{ key: say(own.evidence), value: <Evidence evidence={evidence} /> }] : []),
        ]}
      />
      <Measured figures={figures} />
      <h2>{say(own.pays)}</h2>
      <Table
        caption={say(own.pays)}
        captionHidden
        narrow="stack"
        columns={[{ label: say(words.initiatives) }, { label: say(words.money) }, { label: say(words.status) }]}
        rows={initiatives.map((initiative) => ({
          cells: [
            <a key="name" href={href(initiative.path)}>
              {say(initiative.name)}
            </a>,
            <Money key="money" line={initiative.line} />,
            <StatusTag key="status" status={initiative.status} />,
          ],
        }))}
      />
      <h2>{say(own.protocols)}</h2>
      {protocols.length === 0 ? (
        <p>{say(own.noProtocols)}</p>
      ) : (
        <SummaryList
          rows={protocols.map(({ name: protocol, address }, at) => ({
            key: protocol,
            value: address ? (
              <CopyAddress id={`protocol-${at}`} address={address} />
            ) : (
              <span class="muted">{say(own.protocolWaits)}</span>
            ),
          }))}
        />
      )}
    </Page>
  )
}

/** The pages that prove it. */
function Evidence({ evidence }: Pick<SystemAnswer, 'evidence'>) {
  const { say, href } = usePage()
  return (
    <>
      {evidence.map(({ name, address }) => (
        <a key={address} class="below" href={href(address)}>
          {say(name)}
        </a>
      ))}
    </>
  )
}

/** One link back to the document for each Head that speaks of the system. */
function BackToLine({ initiatives }: { initiatives: readonly InitiativeNote[] }) {
  const { say, href } = usePage()
  const lines = new Map(
    initiatives.map(({ document, line }) => [
      `${document.year}/${document.head} ${line.programmePath}`,
      { document, line },
    ]),
  )
  return (
    <>
      {[...lines.values()].map(({ document, line }) => (
        <span key={line.programmePath} class="below">
          <a href={href(line.programmePath)}>{say(own.back, { ...document, programme: line.programme })}</a>{' '}
          <small>{say(line.programmeName)}</small>
        </span>
      ))}
    </>
  )
}
