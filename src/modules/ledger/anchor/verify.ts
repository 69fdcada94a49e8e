import type { Hex } from 'viem'
import { type Command, type Text, texts } from '#platform'
import { Fault } from '../faults.ts'
import { words as ofProof, tellProved, verifyFile } from '../proofs/command.ts'
import { endBy, plainly } from '../told.ts'
import { logIdOf } from './anchor.rules.ts'
import { failureTexts } from './failures.ts'

const words = texts({
  summary: {
    en: 'Leads from a file to a chain: proof, checkpoint, and the root that a contract holds.',
    'zh-Hant': '由檔案查核至區塊鏈：收錄證明、檢查點，以及合約所存的根。',
  },
  rpc: {
    en: 'A node of the chain that you trust (Ethereum JSON-RPC)',
    'zh-Hant': '你信任的該鏈節點（Ethereum JSON-RPC）',
  },
  contract: {
    en: 'The address of the contract, from somewhere else than the proof',
    'zh-Hant': '合約地址，須取自證明以外的來源',
  },
  needed: {
    en: 'Say whom you trust (--policy POLICY or --key VKEY), which node (--rpc URL) and which contract (--contract 0x…).',
    'zh-Hant': '請指明信任的對象（--policy POLICY 或 --key VKEY）、節點（--rpc URL）及合約（--contract 0x…）。',
  },
  anchored: {
    en: 'The contract {contract} on chain {chain} holds this checkpoint since {at}.',
    'zh-Hant': '鏈 {chain} 上的合約 {contract} 自 {at} 起存有這個檢查點。',
  },
  none: {
    en: 'The contract holds no checkpoint of {size} entries of this log. Its newest has {newest}. Take a proof for one of the sizes that the page of the anchors lists.',
    'zh-Hant':
      '合約沒有本日誌 {size} 個條目的檢查點，最新一個有 {newest} 個條目。請按鏈上錨定列表所載的其中一個大小下載證明。',
  },
})

/**
 * `./praya ledger anchor verify PROOF FILE --rpc URL --contract ADDRESS`: 0 when the file is in the log and the chain holds the
 * checkpoint of the proof, 1 when one of that is not so, 2 when it cannot be said.
 */
export const verify: Command = {
  name: 'ledger anchor verify',
  summary: words.summary,
  arguments: [
    { name: 'PROOF', about: ofProof.proof },
    { name: 'FILE', about: ofProof.file },
  ],
  options: {
    policy: { about: ofProof.policy, value: 'POLICY' },
    key: { about: ofProof.key, value: 'VKEY' },
    rpc: { about: words.rpc, value: 'URL' },
    contract: { about: words.contract, value: 'ADDRESS' },
  },
  async run({ arguments: [proofPath = '', path = ''], options, progress, say, ...out }) {
    const [print, warn] = [plainly(out.print), plainly(out.warn)]
    const { policy, key, rpc, contract } = options
    const isTrustSaid = (typeof policy === 'string') !== (typeof key === 'string')
    if (!isTrustSaid || !isAddressOfNode(rpc) || !isAddress(contract)) {
      warn(say(words.needed))
      return 2
    }
    const { explain, openNode, readKept } = await import('./node.ts')
    try {
      const proved = await verifyFile(proofPath, path, { policy, key })
      const { origin, size, root } = proved.checkpoint
      progress(say(ofProof.reading, { path: new URL(rpc).host }))
      const node = openNode(rpc)
      const kept = await readKept(node, { contract, log: logIdOf(origin), size })
      const chain = await node.getChainId()
      progress(undefined)
      const refuse = (text: Text, values = {}) => {
        warn(say(text, values))
        return 1 as const
      }
      if (!kept.isKept) return refuse(words.none, { size: `${size}`, newest: `${kept.newest}` })
      if (kept.root !== `0x${Buffer.from(root).toString('hex')}`) return refuse(failureTexts['other-root'])
      tellProved(proved, { path, print, say })
      const at = kept.at.toISOString().replace('.000Z', 'Z')
      print(say(words.anchored, { contract, chain, at }))
      return 0
    } catch (error) {
      progress(undefined)
      if (error instanceof Fault) return endBy(error, { say, warn })
      const failure = explain(error)
      if (!failure) throw error
      warn(say(failureTexts[failure]))
      return 2
    }
  },
}

export const isAddress = (text: unknown): text is Hex => typeof text === 'string' && /^0x[0-9a-fA-F]{40}$/.test(text)

const isAddressOfNode = (text: unknown): text is string =>
  typeof text === 'string' && /^https?:\/\//.test(text) && URL.canParse(text)
