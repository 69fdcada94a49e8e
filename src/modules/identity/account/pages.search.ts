import {
  foldItem,
  type Installation,
  type Language,
  pageNames,
  type SearchResult,
  say,
  searchIn,
  type Text,
  texts,
} from '#platform'
import { clients, sections } from './sections.ts'

const kinds = texts({
  signIn: { en: 'Sign in', 'zh-Hant': '登入' },
  account: pageNames.account,
  developers: pageNames.developers,
  anybody: { en: 'For everybody', 'zh-Hant': '公開服務' },
})

/** A page as it is found; `words` are those by which people ask for it and that its title and line do not have. */
type Found = { path: string; kind: keyof typeof kinds; title: Text; line: Text; words: string }

const page = (kind: Found['kind'], path: string, words: string, text: Pick<Found, 'title' | 'line'>): Found => ({
  ...{ kind, path, words },
  ...texts(text),
})

/** Words for the pages under one’s account, by their addresses; titles and lines are those of the account. */
const sectionWords: Readonly<Record<string, string>> = {
  '/account/inbox': 'messages letters mail notices alerts department code 訊息 信件 通知 郵箱 收件編號',
  '/account/devices':
    'device devices phone lost key security fingerprint face password 裝置 手機 遺失 保安 指紋 密碼 安全密鑰',
  '/account/sessions': 'session sessions log out sign out browser device lost hacked 登出 裝置 瀏覽器 遺失 被盜用',
  '/account/requests': 'counter staff telephone call verify who I am 櫃位 職員 電話 核實身份',
  '/account/channels': 'link unlink other government mainland platform 連結 解除連結 其他政府 內地 跨境',
  '/account/level':
    'prove identity document card verify verification counter level 核實身份 身份證 實名 認證 櫃位 驗證',
  '/account/profile':
    'change name address email telephone phone details personal data 更改 姓名 稱呼 地址 電郵 電話 個人資料',
  '/account/consents':
    'consent consents permission withdraw privacy data third party apps access 同意 授權 撤回 私隱 隱私 應用程式',
  '/account/sharing': 'history log privacy data who saw access record 紀錄 私隱 隱私 誰查看過',
  '/account/acting':
    'mandate agent behalf family child company role roles organisation proxy 授權 代理 代辦 家人 公司 職務 機構',
  '/account/signatures': 'sign document digital signature certificate pdf revoke 電子簽署 數碼簽署 簽名 證書 撤銷',
  '/account/notifications': 'email push notification notifications settings preferences stop 電郵 推送 提示 設定 停止',
}

export const pages: readonly Found[] = [
  page('signIn', '/sign-in', 'log in login logon signin passkey 登錄 通行密鑰 登入帳戶', {
    title: { en: 'Sign in', 'zh-Hant': '登入' },
    line: { en: 'With a passkey, your phone or a recovery code.', 'zh-Hant': '以通行密鑰、手機或復原碼登入。' },
  }),
  page(
    'signIn',
    '/sign-in/new',
    'register registration sign up signup new create account passkey 註冊 登記 新帳戶 開戶 申請帳戶',
    {
      title: { en: 'Open an account', 'zh-Hant': '開立帳戶' },
      line: { en: 'A name and a passkey; no document is needed.', 'zh-Hant': '只需稱呼和通行密鑰，無須證件。' },
    },
  ),
  page(
    'signIn',
    '/sign-in/recovery',
    'lost forgot forgotten phone device password cannot locked out recover account recovery 遺失 忘記 密碼 手機 無法登入 帳戶復原 找回',
    {
      title: { en: 'Sign in with a recovery code', 'zh-Hant': '以復原碼登入' },
      line: {
        en: 'If you cannot use any of your passkeys.',
        'zh-Hant': '供未能使用任何通行密鑰的人使用。',
      },
    },
  ),
  page('signIn', '/sign-in/phone', 'qr code scan computer 二維碼 掃碼 掃描 電腦', {
    title: { en: 'Sign in with your phone', 'zh-Hant': '以手機登入' },
    line: {
      en: 'This browser is signed in by a phone that is.',
      'zh-Hant': '以已登入的手機，讓這個瀏覽器登入。',
    },
  }),
  page('account', '/account', 'dashboard profile history what I did sign out log out 個人 操作紀錄 登出', {
    title: pageNames.account,
    line: {
      en: 'Who you are here, what you did, and everything that is yours to change.',
      'zh-Hant': '你的身份、操作紀錄，以及所有由你管理的設定。',
    },
  }),
  ...sections.map(
    ({ path, title, line }): Found => ({
      ...{ kind: 'account', path, title, line },
      words: sectionWords[path] ?? '',
    }),
  ),
  page('account', '/account/organisations', 'business company society owner 商業 公司 社團 東主 登記冊', {
    title: { en: 'Register a company or association', 'zh-Hant': '登記公司或社團' },
    line: {
      en: 'So that you, and those whom you choose, act for it here.',
      'zh-Hant': '讓你和你選定的人代表公司或社團行事。',
    },
  }),
  page(
    'account',
    '/account/mandates',
    'mandate agent behalf family helper proxy power attorney 代理 代辦 家人 授權書',
    {
      title: { en: 'Let somebody act for you', 'zh-Hant': '授權他人代你行事' },
      line: { en: 'For which services, and until when.', 'zh-Hant': '可限定服務和期限。' },
    },
  ),
  page('account', '/account/close', 'delete account remove erase leave data 刪除帳戶 取消帳戶 註銷 關閉帳戶', {
    title: { en: 'Close this account', 'zh-Hant': '關閉此帳戶' },
    line: { en: 'What ends with it, and what stays.', 'zh-Hant': '查看哪些會終止，哪些會保留。' },
  }),
  page(
    'anybody',
    '/sign/verify',
    'verify validate digital signature signed pdf document valid 驗證 核實 電子簽署 數碼簽署 文件 真偽',
    {
      title: { en: 'Check a signature', 'zh-Hant': '核對簽署' },
      line: {
        en: 'Who signed a document, when, and whether it was changed.',
        'zh-Hant': '查看誰在何時簽署文件，以及其後有否更改。',
      },
    },
  ),
  page('anybody', '/signing/ca', 'certificate authority root ca crl ocsp trust timestamp 證書 根證書 時間戳記', {
    title: { en: 'Signing authority', 'zh-Hant': '簽署核證機關' },
    line: { en: 'Its certificates, and which were revoked.', 'zh-Hant': '核證機關的證書和撤銷名單。' },
  }),
  page('anybody', '/office/roles', 'permissions officers access matrix who may 權限 職員 人員', {
    title: { en: 'Roles and what they may do', 'zh-Hant': '職務與權限' },
    line: { en: 'What officers and members of a company may do.', 'zh-Hant': '職員和公司成員的權限。' },
  }),
  page(
    'developers',
    clients.path,
    'client clients api openid connect oauth oidc sso single sign-on register app integrate secret 接入 客戶端 應用程式 單一登入 密碼',
    clients,
  ),
]

const items = pages.map((item) => {
  const searchable = { item, title: item.title, also: [item.line, item.words] }
  return { ...searchable, folded: foldItem(searchable) }
})

/** The pages of an account, and those about identity that are for everybody, by what people call them. */
export async function searchPages(
  _: Installation,
  { text, language, limit }: { text: string; language: Language; limit: number },
): Promise<SearchResult[]> {
  return searchIn(items, text, limit).map(({ title, path, kind, line }) => ({
    ...{ title: say(title, language), path, kind: kinds[kind], excerpt: say(line, language) },
  }))
}
