import { TextField, texts, usePage } from '#platform'

const words = texts({
  services: { en: 'Only these services', 'zh-Hant': '只限下列服務' },
  servicesHint: {
    en: 'Their identifiers, with spaces between. Empty: all but high-risk ones.',
    'zh-Hant': '填寫服務代號，以空格分隔。留空即包括高風險以外的所有服務。',
  },
})

/** To which services a member or an agent is limited. */
export function ServicesField({ value, error }: { value: string; error?: string | undefined }) {
  const { say } = usePage()
  return (
    <TextField
      name="services"
      label={say(words.services)}
      hint={say(words.servicesHint)}
      value={value}
      maxLength={3500}
      autocomplete="off"
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
    en: 'Write at most 50 identifiers of services, as “renew-licence”, or leave this empty.',
    'zh-Hant': '最多填寫 50 個服務代號，例如「renew-licence」，或留空。',
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
