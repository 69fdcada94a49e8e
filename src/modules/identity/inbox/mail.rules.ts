import { type Language, type Site, say, type Text, texts, withLanguage } from '#platform'

const words = texts({
  messageSubject: { en: 'A message for you at {site}', 'zh-Hant': '你在{site}收到訊息' },
  messageLine: {
    en: 'You have a message from {sender} in your inbox. To read it, sign in at the address below.',
    'zh-Hant': '你的收件匣有{sender}的訊息。請在以下網址登入閱讀。',
  },
  alertSubject: { en: 'Something about your account at {site}', 'zh-Hant': '有關你在{site}的帳戶' },
  alertLine: {
    en: 'Something about your account changed. To see what, and how to undo it, sign in at the address below.',
    'zh-Hant': '你的帳戶有變動。請在以下網址登入，查看詳情和還原方法。',
  },
  codeSubject: { en: 'Confirm this address for {site}', 'zh-Hant': '確認{site}使用這個電郵地址' },
  codeLine: {
    en: 'Somebody wants to be told of messages at this address. If it was you, type the code {code} at the address below within 30 minutes. If not, do nothing.',
    'zh-Hant':
      '有人希望以這個電郵地址接收訊息通知。如是你本人，請在 30 分鐘內於以下網址輸入驗證碼 {code}；如非你本人，不用理會。',
  },
  type: {
    en: 'This mail holds nothing of what the message says. If in doubt, type the address into your browser yourself.',
    'zh-Hant': '本電郵不載有訊息內容。如有懷疑，請自行在瀏覽器輸入網址。',
  },
  leave: { en: 'To get no more of these mails: {address}', 'zh-Hant': '如不欲再收到這類電郵：{address}' },
})

export type Template = 'message' | 'alert' | 'code'
type Written = {
  template: Template
  language: Language
  /** The department, by the name in the pack. */
  department?: Text
  code?: string
  /** Where mail of this sender is turned off. */
  unsubscribe?: string
}

/** A whole mail: subject, plain text and HTML that say the same. It names the sender, and nothing that was written. */
export function writeMail(
  government: Site,
  address: string,
  mail: Written,
): Record<'subject' | 'text' | 'html', string> {
  const { template, language, department, code, unsubscribe } = mail
  const site = say(government.site, language)
  const path = template === 'code' ? '/account/notifications' : '/account/inbox'
  const link = address + withLanguage(government, language, path)
  const lines = {
    message: () => say(words.messageLine, language, { sender: department ?? government.name }),
    alert: () => say(words.alertLine, language),
    code: () => say(words.codeLine, language, { code: code ?? '' }),
  }
  const subjects = { message: words.messageSubject, alert: words.alertSubject, code: words.codeSubject }
  const parts = [
    lines[template](),
    link,
    ...(template === 'code' ? [] : [say(words.type, language)]),
    ...(unsubscribe ? [say(words.leave, language, { address: unsubscribe })] : []),
    site,
  ]
  const paragraphs = parts.map((part) => `<p>${linked(escaped(part))}</p>`).join('\n')
  return {
    subject: say(subjects[template], language, { site }),
    text: `${parts.join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="${language}">\n<meta charset="utf-8">\n<title>${escaped(site)}</title>\n${paragraphs}\n</html>\n`,
  }
}

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (each) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[each]!)

const linked = (text: string) => text.replace(/https?:\/\/[^\s：，。]+/g, (each) => `<a href="${each}">${each}</a>`)
