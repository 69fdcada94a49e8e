import { Button, Checkboxes, ErrorSummary, Page, Phrase, type Text, TextField, texts, usePage } from '#platform'
import { officeCrumbs } from '../office/crumbs.ts'
import { words as ofKeys } from './keys.page.tsx'
import { daysMax, type KeyMistake, limits, type NewKeyData, nameMax } from './types.ts'

export const words = texts({
  acting: { en: 'You act for {organisation}.', 'zh-Hant': '你現時代表{organisation}。' },
  shownOnce: {
    en: 'The text of the key is shown once, on the next page. Have the place ready where the program reads it.',
    'zh-Hant': '密鑰文字只在下一頁顯示一次。請先準備好程式讀取密鑰之處。',
  },
  nameHint: { en: 'So that you know it again in the list.', 'zh-Hant': '方便你在列表辨認。' },
  scopesHint: {
    en: 'The fewer, the less is lost with the key.',
    'zh-Hant': '範圍愈小，密鑰外洩時的影響愈小。',
  },
  days: { en: 'For how many days', 'zh-Hant': '有效日數' },
  daysHint: { en: 'From 1 to {max}. You are reminded before it ends.', 'zh-Hant': '1 至 {max} 日。到期前會提醒你。' },
})

export const mistakeWords: Readonly<Record<KeyMistake, Text>> = texts({
  'name-missing': {
    en: 'Write what the program is called, in {name} characters at most.',
    'zh-Hant': '請填寫程式名稱，上限 {name} 字。',
  },
  'scopes-missing': { en: 'Choose at least one log.', 'zh-Hant': '請至少選擇一個日誌。' },
  'days-wrong': { en: 'Write a whole number of days from 1 to {days}.', 'zh-Hant': '請填寫 1 至 {days} 的整數日數。' },
})

export const fieldOf = (mistake: KeyMistake) => mistake.split('-')[0] as 'name' | 'scopes' | 'days'

export function NewKeyPage({ organisation, logs, registers, form, values, mistakes }: NewKeyData) {
  const { say, href } = usePage()
  const errorOf = (field: ReturnType<typeof fieldOf>) => {
    const mistake = mistakes.find((each) => fieldOf(each) === field)
    return mistake ? { error: say(mistakeWords[mistake], limits) } : {}
  }
  return (
    <Page
      title={say(ofKeys.issue)}
      error={mistakes.length > 0}
      breadcrumbs={officeCrumbs(say, { text: say(ofKeys.title), path: '/office/ledger/keys' })}
    >
      <ErrorSummary
        errors={mistakes.map((each) => ({ field: fieldOf(each), text: say(mistakeWords[each], limits) }))}
      />
      <h1>
        <Phrase text={say(ofKeys.issue)} />
      </h1>
      <p>{say(words.acting, { organisation })}</p>
      <p>{say(words.shownOnce)}</p>
      <form method="post" action={href('/office/ledger/keys')}>
        <input type="hidden" name="form" value={form} />
        <TextField
          name="name"
          label={say(ofKeys.name)}
          hint={say(words.nameHint)}
          value={values.name}
          maxLength={nameMax}
          autocomplete="off"
          {...errorOf('name')}
        />
        <Checkboxes
          name="scopes"
          label={say(ofKeys.scope)}
          hint={say(words.scopesHint)}
          options={[
            ...logs.map(({ name, title }) => ({ value: `append:${name}`, label: say(title) })),
            { value: 'append', label: say(ofKeys.everyLog) },
            ...registers.map(({ name, title }) => ({
              value: `step:${name}`,
              label: say(ofKeys.stepsIn, { register: title }),
            })),
          ]}
          values={values.scopes}
          {...errorOf('scopes')}
        />
        <DaysField value={values.days} {...errorOf('days')} />
        <Button>{say(ofKeys.issue)}</Button>
      </form>
    </Page>
  )
}

export function DaysField({ value, error }: { value: string; error?: string }) {
  const { say } = usePage()
  return (
    <TextField
      name="days"
      label={say(words.days)}
      hint={say(words.daysHint, { max: daysMax })}
      value={value}
      width={4}
      inputmode="numeric"
      maxLength={10}
      autocomplete="off"
      {...(error && { error })}
    />
  )
}
