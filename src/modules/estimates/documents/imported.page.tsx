import { type Static, Type } from 'typebox'
import { NotificationBanner, Page, Phrase, texts, usePage } from '#platform'
import { FindingsTables } from '../publish/findings.page.tsx'
import { words as shared } from '../publish/words.ts'
import { Import, ImportedDocument } from './imports.sql.ts'

const words = texts({
  title: { en: 'Import of {name}', 'zh-Hant': '匯入 {name}' },
  done: { en: 'Imported', 'zh-Hant': '已匯入' },
  doneAbout: { en: '{count} Heads count from now on.', 'zh-Hant': '{count} 個總目由現在起生效。' },
  doneOne: {
    en: 'The Head counts from now on. Below is everything that was found in the file.',
    'zh-Hant': '這個總目由現在起生效。下面列出檔案內的所有發現。',
  },
  again: { en: 'Imported before', 'zh-Hant': '已在較早前匯入' },
  againAbout: {
    en: 'This file was imported before and counts already, so nothing was changed.',
    'zh-Hant': '這個檔案早前已匯入並已生效，因此沒有作出任何改動。',
  },
  heads: { en: 'Heads', 'zh-Hant': '總目' },
  head: { en: 'Head {head}, {year}: {title}', 'zh-Hant': '總目 {head}，{year}：{title}' },
  file: { en: 'Found in the file, outside its Heads', 'zh-Hant': '檔案內不屬任何總目的發現' },
  none: { en: 'Nothing had to be repaired, doubted or left out.', 'zh-Hant': '沒有任何修補、存疑或略去之處。' },
  sha: { en: 'SHA-256 of the file', 'zh-Hant': '檔案的 SHA-256' },
})

export type ImportedData = Static<typeof ImportedData>
export const ImportedData = Type.Object({
  ...Import.properties,
  documents: Type.Array(ImportedDocument),
  again: Type.Boolean(),
})

/** What an import brought: each Head with every finding and its lines. */
export function ImportedPage(data: ImportedData) {
  const { say, href } = usePage()
  const { documents, again, findings } = data
  const title = say(words.title, { name: data.sourceName })
  const kind = documents[0]?.sourceKind ?? 'text'
  const crumbs = [
    { text: say(shared.estimates), path: '/estimates' },
    { text: say(importTitle), path: '/estimates/import' },
  ]
  return (
    <Page title={title} breadcrumbs={crumbs}>
      <NotificationBanner title={say(again ? words.again : words.done)} tone={again ? 'warn' : 'good'}>
        <p>
          {again
            ? say(words.againAbout)
            : say(documents.length === 1 ? words.doneOne : words.doneAbout, { count: documents.length })}
        </p>
      </NotificationBanner>
      <h1>
        <Phrase text={title} />
      </h1>
      {findings.length > 0 && (
        <>
          <h2>{say(words.file)}</h2>
          <FindingsTables findings={findings} kind={kind} />
        </>
      )}
      {documents.map((document) => (
        <section key={document.id}>
          <h2>
            <a href={href(`/estimates/${document.year}/${document.head}`)}>
              {say(words.head, { head: document.head, year: document.year, title: document.title })}
            </a>
          </h2>
          {document.findings.length === 0 ? (
            <p>{say(words.none)}</p>
          ) : (
            <FindingsTables findings={document.findings} kind={document.sourceKind} />
          )}
        </section>
      ))}
      <p class="muted">
        {say(words.sha)}: <code>{data.sourceSha256}</code>
      </p>
    </Page>
  )
}

const importTitle = { en: 'Import a Head', 'zh-Hant': '匯入總目' }
