import { type Installation, type Language, withLanguage } from '#platform'

type Choice = { personId: string; sender: string }

const purpose = 'unsubscribe'

/** Turns off the mail of one sender for whoever holds it, without signing in (RFC 8058). Sealed: the address tells nobody’s name. */
export function linkAgainst(
  { vault, address, pack }: Pick<Installation, 'vault' | 'address' | 'pack'>,
  { personId, sender }: Choice,
  language: Language,
): string {
  const token = vault.seal(purpose, JSON.stringify([personId, sender]), purpose).toString('base64url')
  return address + withLanguage(pack.government, language, `/unsubscribe/${token}`)
}

/** What the token of such a link says; undefined for one that we did not make. */
export function choiceOf(vault: Installation['vault'], token: string): Choice | undefined {
  try {
    const opened = vault.open(purpose, Buffer.from(token, 'base64url'), purpose).toString()
    const [personId, sender] = JSON.parse(opened) as [string, string]
    return { personId, sender }
  } catch {
    return undefined
  }
}
