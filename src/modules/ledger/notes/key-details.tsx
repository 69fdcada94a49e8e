import type { ComponentChildren } from 'preact'
import { Details } from '#platform'
import { kindNames, parseVerifierKey, printKeyIds } from './keys.rules.ts'

/** A verifier key by its kind and its identifier; behind them the whole of it, which can fill a screen. */
export function KeyDetails({ vkey, children }: { vkey: string; children?: ComponentChildren }) {
  return (
    <Details summary={`${kindNames[parseVerifierKey(vkey).kind]} · ${printKeyIds([vkey])}`}>
      {children}
      <p>
        <code>{vkey}</code>
      </p>
    </Details>
  )
}
