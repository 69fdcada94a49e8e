import { Button, Moment, Page, Phrase, Table, texts, usePage } from '#platform'
import { officePath } from '../cases/history.ts'
import { words as cases } from '../cases/parts.tsx'
import type { HeldData } from './types.ts'
import { heldTitle, sizeText } from './words.ts'

const words = texts({
  scans: {
    en: 'These wait for the virus scanner. It is asked every minute; a file that stays here could not be checked yet.',
    'zh-Hant': '以下檔案正等候掃描病毒。系統每分鐘掃描一次；留在這裏的檔案尚未能完成檢查。',
  },
  none: {
    en: 'This installation has no virus scanner. Every file was checked for its kind and for programs in it, but not for viruses. Release one only if you expected it from this person, and open it on a machine that has a scanner of its own.',
    'zh-Hant':
      '本系統沒有掃毒程式。所有檔案已檢查種類和有沒有內藏程式，但未掃描病毒。只有預期申請人會提交的檔案才放行，並請在裝有掃毒程式的電腦開啟。',
  },
  empty: { en: 'No file of your organisation is held.', 'zh-Hant': '你的機構沒有暫存檔案。' },
  application: { en: 'Application', 'zh-Hant': '申請' },
  file: { en: 'File', 'zh-Hant': '檔案' },
  received: { en: 'Received', 'zh-Hant': '收到時間' },
  act: { en: 'Release', 'zh-Hant': '放行' },
  tried: { en: 'Last tried', 'zh-Hant': '上次掃描' },
  notTried: { en: 'not yet', 'zh-Hant': '尚未掃描' },
  release: { en: 'Release unchecked', 'zh-Hant': '未經掃描，放行' },
  more: { en: 'There are more. Those that came first are shown.', 'zh-Hant': '還有更多檔案，這裏只列出最早收到的。' },
})

/** What waits for the scanner, or where there is none, for an officer who takes it upon themselves. */
export function HeldPage({ scans, files, more }: HeldData) {
  const { say, href } = usePage()
  return (
    <Page title={say(heldTitle)} breadcrumbs={[{ text: say(cases.desk), path: '/office/services' }]}>
      <h1>
        <Phrase text={say(heldTitle)} />
      </h1>
      <p>{say(scans ? words.scans : words.none)}</p>
      {files.length === 0 ? (
        <p class="empty">{say(words.empty)}</p>
      ) : (
        <Table
          caption={say(heldTitle)}
          captionHidden
          columns={[words.application, words.file, words.received, scans ? words.tried : words.act].map((label) => ({
            label: say(label),
          }))}
          rows={files.map(({ id, reference, service, name, octets, receivedAt, triedAt }) => ({
            cells: [
              <>
                <a href={href(officePath(reference))}>{reference}</a> <span class="muted">{say(service)}</span>
              </>,
              <>
                {name} <span class="muted">{say(sizeText(octets))}</span>
              </>,
              <Moment key="received" at={receivedAt} />,
              scans ? (
                triedAt ? (
                  <Moment key="tried" at={triedAt} />
                ) : (
                  say(words.notTried)
                )
              ) : (
                <form key="release" method="post" action={href(`/office/services/files/${id}/release`)}>
                  <Button kind="second">
                    {say(words.release)}
                    <span class="visually-hidden"> {name}</span>
                  </Button>
                </form>
              ),
            ],
          }))}
        />
      )}
      {more && <p class="muted">{say(words.more)}</p>}
    </Page>
  )
}
