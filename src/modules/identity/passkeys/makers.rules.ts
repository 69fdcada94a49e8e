import { type Language, say, type Text, texts } from '#platform'

/**
 * What keeps a passkey, by the identifier that its maker publishes (AAGUID). A name for its person to know it by, and no
 * proof of anything: nobody attests it.
 */
const makers: Readonly<Record<string, string>> = {
  'fbfc3007-154e-4ecc-8c0b-6e020557d7bd': 'Apple Passwords',
  'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4': 'Google Password Manager',
  '08987058-cadc-4b81-b6e1-30de50dcbe96': 'Windows Hello',
  '9ddd1817-af5a-4672-a2b9-3e3dd95000a9': 'Windows Hello',
  '6028b017-b1d4-4c02-b4b3-afcdafc96bb2': 'Windows Hello',
  'adce0002-35bc-c60a-648b-0b25f1f05503': 'Chrome, Mac',
  '53414d53-554e-4700-0000-000000000000': 'Samsung Pass',
  'bada5566-a7aa-401f-bd96-45619a55120d': '1Password',
  'd548826e-79b4-db40-a3d8-11116f7e8349': 'Bitwarden',
}

const kinds: Readonly<Record<'synced' | 'bound', Text>> = texts({
  synced: { en: 'Passkey', 'zh-Hant': '通行密鑰' },
  bound: { en: 'Device or security key', 'zh-Hant': '裝置或安全密鑰' },
})

/** How a passkey is called until its person calls it otherwise. */
export const nameOfMaker = (aaguid: string, { synced, language }: { synced: boolean; language: Language }): string =>
  makers[aaguid] ?? say(synced ? kinds.synced : kinds.bound, language)
