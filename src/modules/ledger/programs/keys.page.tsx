import { Button, Moment, Page, Pagination, Phrase, Table, Tag, type Text, texts, usePage } from '#platform'
import { listed } from '../listed.ts'
import { officeCrumbs } from '../office/crumbs.ts'
import { boundTo, type Scope } from './scopes.rules.ts'
import type { KeyNote, KeyState, KeysData, Places } from './types.ts'

export const words = texts({
  title: { en: 'Keys of programs', 'zh-Hant': '程式密鑰' },
  lead: {
    en: 'With a key a program of {organisation} writes to a log. Give each program its own, so that one can be withdrawn and the others go on.',
    'zh-Hant': '{organisation}的程式憑密鑰寫入日誌。請讓每個程式各用一條，撤銷其中一條時其他可繼續運作。',
  },
  issue: { en: 'Make a key', 'zh-Hant': '產生密鑰' },
  none: {
    en: 'There is no key yet. Make one, and it stands here with when it was used last and when it ends.',
    'zh-Hant': '尚未有密鑰。產生後會列於此處，並顯示最後使用日期及到期日。',
  },
  name: { en: 'Program', 'zh-Hant': '程式' },
  state: { en: 'State', 'zh-Hant': '狀況' },
  scope: { en: 'May write to', 'zh-Hant': '可寫入' },
  used: { en: 'Last used', 'zh-Hant': '最後使用' },
  never: { en: 'not yet', 'zh-Hant': '未曾使用' },
  ends: { en: 'Ends', 'zh-Hant': '到期' },
  stepsIn: { en: 'Steps in “{register}”', 'zh-Hant': '「{register}」的步驟' },
  everyLog: { en: 'every log of the organisation', 'zh-Hant': '機構的所有日誌' },
})

export const stateNames: Readonly<Record<KeyState, Text>> = texts({
  counts: { en: 'In use', 'zh-Hant': '生效' },
  ending: { en: 'Followed by another, ends by itself', 'zh-Hant': '已有後繼，將自行失效' },
  ended: { en: 'Ended', 'zh-Hant': '已到期' },
  withdrawn: { en: 'Withdrawn', 'zh-Hant': '已撤銷' },
  lost: { en: 'Lost', 'zh-Hant': '已報失' },
})

const tones: Partial<Record<KeyState, 'good' | 'warn' | 'bad'>> = { counts: 'good', ending: 'warn', lost: 'bad' }

/** What a key may write to, by the names of logs and registers; by the identifier of one that the pack has no longer. */
export function useScopes() {
  const page = usePage()
  const { say } = page
  return (scopes: readonly string[], { logs, registers }: Places): string =>
    listed(
      page,
      scopes.map((scope) => {
        const bound = boundTo(scope as Scope)
        if (!bound) return say(words.everyLog)
        const title = (bound.act === 'step' ? registers : logs).find(({ name }) => name === bound.on)?.title
        const name = title ? say(title) : bound.on
        return bound.act === 'step' ? say(words.stepsIn, { register: name }) : name
      }),
    )
}

export function KeyStateTag({ state }: { state: KeyState }) {
  const { say } = usePage()
  return <Tag {...(tones[state] && { tone: tones[state] })}>{say(stateNames[state])}</Tag>
}

export function KeysPage({ organisation, keys, page, last, ...places }: KeysData) {
  const { say, href } = usePage()
  const scopesOf = useScopes()
  return (
    <Page title={say(words.title)} breadcrumbs={officeCrumbs(say)}>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead, { organisation })}</p>
      <p class="buttons">
        <Button href={href('/office/ledger/keys/new')}>{say(words.issue)}</Button>
      </p>
      {keys.length === 0 ? (
        <p class="empty">{say(words.none)}</p>
      ) : (
        <Table
          caption={say(words.title)}
          captionHidden
          narrow="stack"
          columns={[words.name, words.state, words.scope, words.used, words.ends].map((text) => ({ label: say(text) }))}
          rows={keys.map((key: KeyNote) => ({
            cells: [
              <a key="name" href={href(`/office/ledger/keys/${key.id}`)}>
                {key.name}
              </a>,
              <KeyStateTag key="state" state={key.state} />,
              scopesOf(key.scopes, places),
              key.usedOn ? <Moment at={key.usedOn} /> : say(words.never),
              <Moment key="ends" at={key.withdrawnAt ?? key.expiresAt} />,
            ],
          }))}
        />
      )}
      {last > 1 && <Pagination page={page} last={last} address={(to) => `/office/ledger/keys?page=${to}`} />}
    </Page>
  )
}
