import {
  Button,
  Details,
  Moment,
  NotificationBanner,
  Page,
  Phrase,
  SummaryList,
  Table,
  Tag,
  type Text,
  texts,
  usePage,
} from '#platform'
import { labelOf, nameOfPlace } from './labels.ts'
import type { Pictured } from './picture/draft.rules.ts'
import { CasePicture } from './picture/picture.tsx'
import type { DesignData, Part } from './types.ts'
import { words as shared } from './words.ts'

const words = texts({
  begin: { en: 'Write the next version', 'zh-Hant': '撰寫下一版本' },
  beginMore: {
    en: 'It begins as what counts now. Nothing changes for people until another editor lets it through.',
    'zh-Hant': '由現行版本開始。另一名編輯批准前，市民所見的不變。',
  },
  counts: { en: 'Counts now', 'zh-Hant': '現行版本' },
  version: { en: 'Version {number}', 'zh-Hant': '第 {number} 版' },
  never: { en: 'Nothing yet', 'zh-Hant': '未有' },
  writing: { en: 'Being written', 'zh-Hant': '撰寫中' },
  changedBy: { en: 'last changed by {name}', 'zh-Hant': '{name}最後更改' },
  outdated: {
    en: 'Another version was published since this one was begun. It is merged before this one can be published.',
    'zh-Hant': '開始撰寫後已發布另一版本，須先併入該版本方可發布。',
  },
  merge: { en: 'Merge the newer version', 'zh-Hant': '併入較新版本' },
  packChanged: { en: 'The pack changed this service', 'zh-Hant': '資料包更改了這項服務' },
  packWaits: {
    en: 'Officers had published their own version, so the change is not published over it. Take it, merge it or put it aside.',
    'zh-Hant': '人員已發布自己的版本，因此沒有以資料包的更改取代。請採用、併入或擱置。',
  },
  packAsked: {
    en: 'An editor asks for the change to be put aside. Another one agrees.',
    'zh-Hant': '一名編輯要求擱置這項更改，須由另一名編輯同意。',
  },
  packMerged: {
    en: 'The change is in the version that is being written. It is dealt with once that version is published.',
    'zh-Hant': '更改已併入撰寫中的版本，該版本發布後即處理完畢。',
  },
  packLook: { en: 'Look at what the pack changed', 'zh-Hant': '檢視資料包的更改' },
  asked: { en: '{name} asks for this version to be published', 'zh-Hant': '{name}要求發布這個版本' },
  askedMine: {
    en: 'Another editor of your department lets it through. Any change takes the request back.',
    'zh-Hant': '須由部門另一名編輯批准。任何更改都會撤銷這項要求。',
  },
  askedOther: {
    en: 'Look at what it says, try it out, and compare it. Once you publish it, new applications go by it; those that were begun keep theirs.',
    'zh-Hant': '請查看內容、試用並比較。發布後，新申請會採用這個版本，已開始的申請維持原有版本。',
  },
  differs: { en: 'What it changes of the version that counts now', 'zh-Hant': '與現行版本的分別' },
  publish: { en: 'Publish', 'zh-Hant': '發布' },
  takeBack: { en: 'Take the request back', 'zh-Hant': '收回要求' },
  ask: { en: 'Ask to publish', 'zh-Hant': '要求發布' },
  clean: { en: 'Nothing is to be put right.', 'zh-Hant': '沒有須更正的地方。' },
  faults: { en: '{count} to be put right', 'zh-Hant': '{count} 項須更正' },
  fault: { en: '{count} here', 'zh-Hant': '此處 {count} 項' },
  import: { en: 'Import a form from elsewhere', 'zh-Hant': '由其他系統匯入表格' },
  picture: { en: 'States and steps of a case', 'zh-Hant': '個案的狀況和步驟' },
  look: { en: 'Before it counts', 'zh-Hant': '發布前' },
  walk: { en: 'Send made-up people through the form', 'zh-Hant': '讓虛構的人走一遍表格' },
  compare: { en: 'Compare with other versions', 'zh-Hant': '與其他版本比較' },
  take: { en: 'Take it away as a file of a pack (YAML)', 'zh-Hant': '下載為資料包檔案（YAML）' },
  preview: { en: 'Try it out as a person', 'zh-Hant': '以市民身份試用' },
  previewMore: {
    en: 'You fill it in as a person would. Nothing of it can be sent, and it is deleted after a day.',
    'zh-Hant': '像市民一樣填寫。內容不能提交，一天後刪除。',
  },
  parts: { en: 'Parts', 'zh-Hant': '內容' },
  versions: { en: 'Versions', 'zh-Hant': '各版本' },
  noVersion: { en: 'No version has been published yet.', 'zh-Hant': '暫未發布任何版本。' },
  published: { en: 'Published', 'zh-Hant': '發布時間' },
  by: { en: 'By', 'zh-Hant': '發布人' },
  ofPack: { en: 'Came with the pack', 'zh-Hant': '隨資料包載入' },
  discard: { en: 'Discard this version', 'zh-Hant': '棄置這個版本' },
  discardMore: {
    en: 'Everything that was written of it is deleted. What counts now stays.',
    'zh-Hant': '已撰寫的內容會全部刪除，現行版本不變。',
  },
})

type ActProps = {
  service: string
  name: string
  text: Text
  kind?: 'second' | 'harm' | 'link' | undefined
  seen?: string
}

/** A button that does one thing with what is being written. */
function ActOf({ service, name, text, kind, seen }: ActProps) {
  const { say, href } = usePage()
  const own = `/office/services/design/${service}`
  return (
    <form method="post" action={href(name === '' ? own : `${own}/${name}`)}>
      {seen && <input type="hidden" name="seen" value={seen} />}
      <Button {...(kind && { kind })}>{say(text)}</Button>
    </form>
  )
}

type AskedProps = { service: string; draft: NonNullable<DesignData['draft']>; by: Text; differs: boolean }

/** That one editor asks for a version to be published, and for another what it changes and how it is let through. */
function Asked({ service, draft, by, differs }: AskedProps) {
  const { say, href } = usePage()
  return (
    <NotificationBanner title={say(words.asked, { name: by })} tone="warn" id="asked">
      <p>{say(draft.mine ? words.askedMine : words.askedOther)}</p>
      {differs && (
        <p>
          <a href={href(`/office/services/design/${service}/compare`)}>{say(words.differs)}</a>
        </p>
      )}
      {!draft.mine && <ActOf service={service} name="publish" text={words.publish} seen={draft.seen} />}
      <ActOf service={service} name="take-back" text={words.takeBack} kind="link" />
    </NotificationBanner>
  )
}

/** That the pack changed what officers had changed, and where it is dealt with. */
function PackChanged({ own, merged, asked }: { own: string } & NonNullable<DesignData['packChange']>) {
  const { say, href } = usePage()
  return (
    <NotificationBanner title={say(words.packChanged)} tone="warn" id="pack-change">
      <p>{say(merged ? words.packMerged : words.packWaits)}</p>
      {asked && <p>{say(words.packAsked)}</p>}
      {!merged && (
        <p>
          <a href={href(`${own}/pack-change`)}>{say(words.packLook)}</a>
        </p>
      )}
    </NotificationBanner>
  )
}

/** A service as it is written: what it consists of, what is to be put right, and how it comes to count. */
export function DesignPage(data: DesignData) {
  const { service, title, current, draft, packChange, lists, faults, picture, versions } = data
  const { say, href } = usePage()
  const own = `/office/services/design/${service}`
  const edit = (at: string) => `${own}/edit?at=${encodeURIComponent(at)}`
  const form = (name: string, text: Text, kind?: 'second' | 'harm') => (
    <ActOf service={service} name={name} text={text} kind={kind} />
  )
  return (
    <Page title={say(title)} wide breadcrumbs={[{ text: say(shared.designer), path: '/office/services/design' }]}>
      <h1>
        <Phrase text={say(title)} />
      </h1>
      {draft?.outdated && (
        <NotificationBanner title={say(words.merge)} tone="warn" id="outdated">
          <p>{say(words.outdated)}</p>
          <p>
            <a href={href(`/office/services/design/${service}/merge`)}>{say(words.merge)}</a>
          </p>
        </NotificationBanner>
      )}
      {packChange && <PackChanged own={own} {...packChange} />}
      {draft?.askedBy && <Asked service={service} draft={draft} by={draft.askedBy} differs={current !== null} />}
      <SummaryList
        rows={[
          {
            key: say(words.counts),
            value: current ? (
              <>
                {say(words.version, { number: current.number })} · <Moment at={current.publishedAt} />
              </>
            ) : (
              say(words.never)
            ),
          },
          ...(draft
            ? [
                {
                  key: say(words.writing),
                  value: (
                    <>
                      <Moment at={draft.changedAt} /> · {say(words.changedBy, { name: draft.changedBy })}
                    </>
                  ),
                },
                {
                  key: say(shared.faults),
                  value: faults.length === 0 ? say(words.clean) : say(words.faults, { count: faults.length }),
                },
              ]
            : []),
        ]}
      />
      {draft === null ? (
        <>
          <p>{say(words.beginMore)}</p>
          {form('', words.begin)}
        </>
      ) : (
        <>
          <Faults faults={faults} edit={edit} />
          <div class="buttons">
            {faults.length === 0 && draft.askedBy === null && form('ask', words.ask)}
            {lists.length > 0 && form('preview', words.preview, 'second')}
          </div>
          {lists.length > 0 && <p class="muted">{say(words.previewMore)}</p>}
        </>
      )}
      <h2>{say(words.parts)}</h2>
      {draft && (
        <ul>
          <li>
            <a href={href(edit(''))}>{say(shared.catalogue)}</a>
          </li>
          <li>
            <a href={href(`${own}/texts`)}>{say(shared.texts)}</a>
          </li>
          <li>
            <a href={href(`${own}/import`)}>{say(words.import)}</a>
          </li>
          {['/apply', '/apply/form', '/apply/case'].map(
            (at) =>
              lists.length > 0 && (
                <li key={at}>
                  <a href={href(edit(at))}>{say(labelOf(at.slice(at.lastIndexOf('/') + 1), at))}</a>
                </li>
              ),
          )}
        </ul>
      )}
      {lists.map(({ key, pointer, parts }) => (
        <section key={pointer}>
          <h3>{say(labelOf(key, pointer))}</h3>
          <ol>
            {parts.map((part) => (
              <PartLine key={part.pointer} part={part} path={draft && edit(part.pointer)} />
            ))}
          </ol>
        </section>
      ))}
      <Look own={own} picture={picture} />
      <Versions versions={versions} />
      {draft && (
        <Details summary={say(words.discard)}>
          <p>{say(words.discardMore)}</p>
          {form('discard', words.discard, 'harm')}
        </Details>
      )}
    </Page>
  )
}

/** What one looks at before a version counts. */
function Look({ own, picture }: { own: string } & Pick<DesignData, 'picture'>) {
  const { say, href } = usePage()
  return (
    <>
      {picture !== null && (
        <section>
          <h2>{say(words.picture)}</h2>
          <CasePicture definition={picture as Pictured} />
        </section>
      )}
      <h2>{say(words.look)}</h2>
      <ul>
        <li>
          <a href={href(`${own}/walk`)}>{say(words.walk)}</a>
        </li>
        <li>
          <a href={href(`${own}/compare`)}>{say(words.compare)}</a>
        </li>
        <li>
          <a href={href(`${own}/definition.yaml`)}>{say(words.take)}</a>
        </li>
      </ul>
    </>
  )
}

/** Every version that counted, and who let it through. */
function Versions({ versions }: Pick<DesignData, 'versions'>) {
  const { say } = usePage()
  return (
    <section>
      <h2>{say(words.versions)}</h2>
      {versions.length === 0 ? (
        <p class="empty">{say(words.noVersion)}</p>
      ) : (
        <Table
          caption={say(words.versions)}
          captionHidden
          narrow="stack"
          columns={[words.versions, words.published, words.by].map((text) => ({ label: say(text) }))}
          rows={versions.map(({ number, publishedAt, publishedBy, hash }) => ({
            cells: [
              <span key="number">
                {say(words.version, { number })} <code class="muted">{hash.slice(0, 8)}</code>
              </span>,
              <Moment key="at" at={publishedAt} />,
              publishedBy ? say(publishedBy) : say(words.ofPack),
            ],
          }))}
        />
      )}
    </section>
  )
}

function PartLine({ part, path }: { part: Part; path: string | null }) {
  const { say, href } = usePage()
  return (
    <li>
      {path ? <a href={href(path)}>{say(part.name)}</a> : say(part.name)}{' '}
      {part.when !== null && <code class="muted">{part.when}</code>}{' '}
      {part.faults > 0 && <Tag tone="bad">{say(words.fault, { count: part.faults })}</Tag>}
    </li>
  )
}

/** What is to be put right, each with the way to the field. */
function Faults({ faults, edit }: { faults: DesignData['faults']; edit: (at: string) => string }) {
  const { say, href } = usePage()
  if (faults.length === 0) return null
  return (
    <section>
      <h2>{say(shared.faults)}</h2>
      <ul>
        {faults.map(({ pointer, page, text, values }) => (
          <li key={pointer}>
            <a href={`${href(edit(page))}#${encodeURIComponent(pointer)}`}>
              {nameOfPlace(pointer, say) || say(shared.catalogue)}
            </a>
            {say(shared.told, { text: say(text, values) })}
          </li>
        ))}
      </ul>
    </section>
  )
}
