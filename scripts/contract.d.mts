/** The text of `src/modules/ledger/anchor/contract.ts`. */
export function compileContract(): string
