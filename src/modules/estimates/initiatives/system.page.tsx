import { CopyAddress, Page, type Reading, SummaryList, Table, texts, usePage } from '#platform'
import type { System } from './definitions.ts'
import type { InitiativeNote, ModuleNote, OwnerNote } from './describe.ts'
import { Measured, Modules, Money, Owner, StatusTag } from './parts.tsx'
import { words } from './words.ts'

const own = texts({
  protocols: { en: 'Open protocols', 'zh-Hant': '開放協定' },
  protocolWaits: { en: 'not answered by this installation yet', 'zh-Hant': '本系統暫未提供' },
  noProtocols: { en: 'It speaks no protocol of its own.', 'zh-Hant': '沒有專用的協定。' },
  pays: { en: 'What pays for it', 'zh-Hant': '由哪些撥款支付' },
  number: { en: 'System {id} of the Head', 'zh-Hant': '總目內的系統 {id}' },
})

type SystemData = Omit<System, 'owner' | 'modules'> & {
  owner: OwnerNote
  modules: ModuleNote[]
  initiatives: InitiativeNote[]
  figures: { id: string; reading: Reading | null }[]
}

/** What it is, its budget lines, status, live figures, the way in, and the protocols that it speaks. */
export function SystemPage({ id, name, description, owner, modules, protocols, initiatives, figures }: SystemData) {
  const { say, href } = usePage()
  return (
    <Page
      title={say(name)}
      description={say(description)}
      breadcrumbs={[
        { text: say(words.estimates), path: '/estimates' },
        { text: say(words.systems), path: '/systems' },
      ]}
    >
      <h1>{say(name)}</h1>
      <p class="lead">{say(description)}</p>
      <SummaryList
        rows={[
          { key: say(words.runs), value: <Modules modules={modules} /> },
          { key: say(words.owner), value: <Owner owner={owner} /> },
          { key: say(own.number, { id: id.toUpperCase() }), value: <BackToLine initiatives={initiatives} /> },
        ]}
      />
      <Measured figures={figures} />
      <h2>{say(own.pays)}</h2>
      <Table
        caption={say(own.pays)}
        captionHidden
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
      {protocols.length === 0 && <p>{say(own.noProtocols)}</p>}
      {protocols.map(({ name: protocol, address }, at) => (
        <section key={protocol}>
          <h3>{protocol}</h3>
          {address ? <CopyAddress id={`protocol-${at}`} address={address} /> : <p class="muted">{say(own.protocolWaits)}</p>}
        </section>
      ))}
    </Page>
  )
}

/** One link back to the document for each Head that speaks of the system. */
function BackToLine({ initiatives }: { initiatives: readonly InitiativeNote[] }) {
  const { say, href } = usePage()
  const lines = new Map(initiatives.map(({ document, line }) => [`${document.year}/${document.head} ${line.path}`, { document, line }]))
  return (
    <>
      {[...lines.values()].map(({ document, line }) => (
        <span key={line.path}>
          <a href={href(line.path)}>
            {document.year} · {document.head} · {say(words.programme, { number: line.programme, name: say(line.programmeName) })}
          </a>
          <br />
        </span>
      ))}
    </>
  )
}
