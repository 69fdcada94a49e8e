import { Checkboxes, FieldError, TextField, texts, usePage } from '#platform'
import type { Offered } from './types.ts'

const words = texts({
  services: { en: 'Only these services', 'zh-Hant': '只限下列服務' },
  servicesHint: {
    en: 'If you choose none: all but high-risk ones.',
    'zh-Hant': '如不選擇，即包括高風險以外的所有服務。',
  },
  noServices: {
    en: 'There are no services to choose from yet. This counts for every service that is not high-risk.',
    'zh-Hant': '目前沒有啟用的服務可供選擇，因此包括高風險以外的所有服務。',
  },
  highRisk: { en: 'High-risk', 'zh-Hant': '高風險' },
})

type ServicesFieldProps = { offered: readonly Offered[]; values: readonly string[]; error?: string | undefined }

/** To which services a member or an agent is limited. */
export function ServicesField({ offered, values, error }: ServicesFieldProps) {
  const { say, language } = usePage()
  if (offered.length === 0)
    return (
      <div id="services" class="field" tabIndex={-1}>
        {error && <FieldError id="services">{error}</FieldError>}
        <p>{say(words.noServices)}</p>
      </div>
    )
  return (
    <Checkboxes
      name="services"
      label={say(words.services)}
      hint={say(words.servicesHint)}
      values={values}
      options={offered.map(({ id, name, organisation, highRisk }) => ({
        value: id,
        label: say(name),
        hint: [organisation, highRisk && words.highRisk]
          .flatMap((text) => (text ? [say(text)] : []))
          .join(language === 'en' ? ', ' : '，'),
      }))}
      error={error}
    />
  )
}

type DayFieldProps = { name: string; label: string; hint?: string; value: string; error?: string | undefined }

/** A day of the calendar, which a browser helps to choose. */
export function DayField({ name, label, hint, value, error }: DayFieldProps) {
  return (
    <TextField
      name={name}
      label={label}
      {...(hint && { hint })}
      type="date"
      value={value}
      width={20}
      maxLength={10}
      autocomplete="off"
      error={error}
    />
  )
}

export const codeWords = texts({
  code: { en: 'Their code', 'zh-Hant': '對方的代碼' },
  codeHint: {
    en: 'They make it under “In whose name you act” in their account; it is good for 15 minutes.',
    'zh-Hant': '由對方在帳戶的「以誰的名義行事」取得，15 分鐘內有效。',
  },
  codeMissing: { en: 'Write the code that they gave you.', 'zh-Hant': '請填寫對方給你的代碼。' },
  codeWrong: {
    en: 'This code is wrong, used or too old. Ask for a new one and write it here.',
    'zh-Hant': '代碼不正確、已使用或已過期。請向對方索取新代碼，再填寫一次。',
  },
  servicesWrong: {
    en: 'A service that you chose is no longer in use, or there are more than 50. Choose again: if you choose none, this counts for every service that is not high-risk.',
    'zh-Hant': '所選的服務已停用，或多於 50 項。請重新選擇；如不選擇，即包括高風險以外的所有服務。',
  },
})

/** A code that is wrong and one that is missing are put right in different ways. */
export const codeMistake = (code: string) => (code.trim() ? codeWords.codeWrong : codeWords.codeMissing)

export function CodeField({ value, error }: { value: string; error?: string | undefined }) {
  const { say } = usePage()
  return (
    <TextField
      name="code"
      label={say(codeWords.code)}
      hint={say(codeWords.codeHint)}
      value={value}
      width={10}
      maxLength={20}
      autocomplete="off"
      error={error}
    />
  )
}
