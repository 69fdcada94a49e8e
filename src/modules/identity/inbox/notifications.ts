import type { FastifyRequest } from 'fastify'
import { type Installation, recordAct, type Sql, sayEverywhere, type Text, texts } from '#platform'
import { findProtection } from '../account/protection.sql.ts'
import type { NotificationsData, NotificationsMistake } from './notifications.page.tsx'
import { findMailAddress, findQuietHours, listPreferences, listSubscriptions } from './notifications.sql.ts'
import { pushKey } from './push.ts'
import type { QuietHours } from './quiet.rules.ts'
import { senderName } from './shown.ts'

export const here = '/account/notifications'
export const event = 'identity.notifications-changed'

const words = texts({ ofService: { en: '{name}: {service}', 'zh-Hant': '{name}：{service}' } })

type Wrong = { mistake: NotificationsMistake; typed?: string; hours?: QuietHours }

/** Everything that a person chose of how they are told, as their page shows it. */
export async function notificationsOf(
  installation: Installation,
  request: FastifyRequest,
  wrong?: Wrong,
): Promise<NotificationsData> {
  const { sql, vault } = installation
  const personId = request.person!.id
  const [waits, address, preferences, subscriptions, key, hours] = await Promise.all([
    findProtection(sql, installation, request),
    findMailAddress(sql, personId),
    listPreferences(sql, personId),
    listSubscriptions(sql, personId),
    pushKey(sql, installation),
    findQuietHours(sql, personId),
  ])
  return {
    address: address
      ? {
          text: vault.open('mail-address', address.sealedAddress, `mail-address/${address.id}`).toString(),
          confirmed: address.confirmedAt !== null,
          waits: address.waits,
        }
      : null,
    waits: waits ?? null,
    mailGoes: installation.mail !== undefined,
    preferences: preferences.map((each) => ({ ...each, name: nameOf(installation, each.sender) })),
    push: { key: key.publicKey, subscriptions: [...subscriptions] },
    quiet: {
      own: hours ?? null,
      government: installation.pack.government.quietHours ?? null,
      typed: wrong?.hours ?? hours ?? { from: '', until: '' },
    },
    typed: wrong?.typed ?? '',
    mistakes: wrong ? [wrong.mistake] : [],
  }
}

/** Null for the choice that holds for all other senders. */
function nameOf(installation: Installation, sender: string): Text | null {
  if (sender === 'all') return null
  const [organisation = '', service] = sender.split('/')
  const name = senderName(installation, organisation)
  if (!service) return name
  // What services are is known to the pack and not to this module; one that no pack holds is called by its id.
  const known = installation.pack.byKind('service').get(service) as { title: Text } | undefined
  return sayEverywhere(words.ofService, { name, service: known?.title ?? service })
}

/** That a person changed one of these things; not to what. */
export const record = (sql: Sql, request: FastifyRequest, what: string) =>
  recordAct(sql, request, { event, subject: here.slice(1), detail: { what } })
