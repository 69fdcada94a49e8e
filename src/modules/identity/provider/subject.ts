import type { Client, Configuration, KoaContextWithOIDC } from 'oidc-provider'
import type { Installation } from '#platform'
import { knownAccount } from './adapter.ts'

/** How a client is told of a person, so that two that compare what they know find nobody (OpenID Connect Core 1.0, §8.1). */
export function pairwiseOf({
  sql,
  vault,
}: Pick<Installation, 'sql' | 'vault'>): NonNullable<Configuration['pairwiseIdentifier']> {
  /** Tokens of a logout are made without a request, so that no account was looked up. */
  const saltOf = async (ctx: KoaContextWithOIDC | undefined, personId: string, client: Client) => {
    const account = ctx?.oidc.account as { salt?: Buffer | null } | undefined
    return (account ?? (await knownAccount(sql, personId, client.clientId)))?.salt
  }
  return async (ctx, personId, client) => {
    // A platform that is a channel knows the person by the binding alone: another binding, another name.
    const salt = client.channel ? ((await saltOf(ctx, personId, client))?.toString('hex') ?? '') : ''
    return vault.lookup('pairwise', `${sectorOf(client)} ${personId} ${salt}`).toString('base64url')
  }
}

/** Whom a pairwise subject is for (OpenID Connect Core 1.0, §8.1): all clients of one organisation's host are one. */
function sectorOf(client: Client): string {
  // Whoever registers a client for trials may write any host: it is told of people by names that nobody else is told.
  if (client.sandbox) return client.clientId
  if (client.sectorIdentifierUri) return new URL(client.sectorIdentifierUri).host
  // CIBA Core 1.0, §4: of a client that nobody is led back to it is where its keys are.
  const uris = client.redirectUris?.length || !client.jwksUri ? (client.redirectUris ?? []) : [client.jwksUri]
  const hosts = new Set(uris.map((uri) => new URL(uri).host))
  return hosts.size === 1 ? [...hosts][0]! : client.clientId
}
