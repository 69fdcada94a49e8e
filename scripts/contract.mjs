/*
 * Compiles the contract that keeps checkpoints on a chain, and writes what of it the program needs: `npm run contract`. A test
 * compiles it again and compares.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import solc from 'solc'

const folder = new URL('../src/modules/ledger/anchor/', import.meta.url)
const name = 'checkpoints.sol'

/** The text of `contract.ts`. Throws what the compiler complains of. */
export function compileContract() {
  const input = {
    language: 'Solidity',
    sources: { [name]: { content: readFileSync(new URL(name, folder), 'utf8') } },
    settings: {
      // Of before `PUSH0`, which not every network has. Without metadata the same source gives the same octets anywhere.
      evmVersion: 'paris',
      metadata: { appendCBOR: false, bytecodeHash: 'none' },
      optimizer: { enabled: true, runs: 1000 },
      outputSelection: { [name]: { Checkpoints: ['abi', 'evm.bytecode.object'] } },
    },
  }
  const { errors = [], contracts } = JSON.parse(solc.compile(JSON.stringify(input)))
  if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join('\n'))
  const { abi, evm } = contracts[name].Checkpoints
  return [
    `// Written by scripts/contract.mjs from ${name}, with solc ${solc.version()}. Not to be edited.`,
    '// biome-ignore format: as it is written',
    `export const abi = ${JSON.stringify(abi)} as const`,
    '// biome-ignore format: as it is written',
    `export const bytecode = '0x${evm.bytecode.object}'`,
    '',
  ].join('\n')
}

if (import.meta.main) writeFileSync(new URL('contract.ts', folder), compileContract())
