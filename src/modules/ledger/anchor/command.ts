import type { Hex } from 'viem'
import { type Command, type Installation, type Invocation, texts } from '#platform'
import { findLog } from '../log/logs.sql.ts'
import { endBy, noLog, plainly } from '../told.ts'
import { nextNonce, waitForTurn } from './anchors.sql.ts'
import { ChainFailure, failureTexts } from './failures.ts'
import { listSettled, listWaiting } from './shown.sql.ts'
import { stateTexts } from './states.ts'
import { isAddress, verify } from './verify.ts'

const words = texts({
  account: {
    en: 'Prints the address of the account by which checkpoints are written to a chain, so that it can be given gas; makes it when there is none.',
    'zh-Hant': '顯示把檢查點寫到鏈上所用帳戶的地址，以便存入燃料費；如未有帳戶則產生。',
  },
  deploy: {
    en: 'Puts a contract for checkpoints onto the chain of PRAYA_CHAIN_URL, which takes them from this account only, and prints its address.',
    'zh-Hant': '在 PRAYA_CHAIN_URL 的鏈上部署檢查點合約，只接受本帳戶送出的檢查點，並顯示其地址。',
  },
  handOver: {
    en: 'Lets another account write to the contract of PRAYA_CHAIN_CONTRACT, and this one no longer. Cannot be undone from here.',
    'zh-Hant': '把 PRAYA_CHAIN_CONTRACT 的合約移交另一帳戶，本帳戶不能再寫入。此操作無法在這裏撤回。',
  },
  address: { en: 'The account that takes over', 'zh-Hant': '接手的帳戶地址' },
  list: {
    en: 'Lists anchors: what is under way and what keeps it, then what is settled.',
    'zh-Hant': '列出鏈上錨定：先列進行中者及受阻原因，再列已完成者。',
  },
  log: { en: 'The name of a log; all if left out', 'zh-Hant': '日誌名稱；不填則列出全部' },
  unset: {
    en: 'Set PRAYA_CHAIN_URL and PRAYA_CHAIN_ID first: a node, and the number of its chain.',
    'zh-Hant': '請先設定 PRAYA_CHAIN_URL 及 PRAYA_CHAIN_ID，即節點及其鏈編號。',
  },
  noContract: { en: 'Set PRAYA_CHAIN_CONTRACT first.', 'zh-Hant': '請先設定 PRAYA_CHAIN_CONTRACT。' },
  wrongAddress: { en: 'An address is 0x and 40 hexadecimal digits.', 'zh-Hant': '地址為 0x 加 40 個十六進制數字。' },
  waiting: { en: 'Waiting for a block', 'zh-Hant': '正在等候區塊' },
  deployed: {
    en: 'The contract is there. Set this, and checkpoints are anchored from the next start on:',
    'zh-Hant': '合約已部署。設定以下一行，下次啟動後便會錨定檢查點：',
  },
  handedOver: {
    en: '{contract} takes checkpoints from {to} from now on.',
    'zh-Hant': '{contract} 由現在起只接受 {to} 送出的檢查點。',
  },
  slow: {
    en: 'No block took the transaction {hash} within {minutes} minutes. Look it up before you try again.',
    'zh-Hant': '交易 {hash} 於 {minutes} 分鐘內未獲載入區塊。再試前請先查明該交易。',
  },
  none: { en: 'Nothing is anchored yet.', 'zh-Hant': '尚未有任何鏈上錨定。' },
  underWay: {
    en: '{log}: {size} entries, chain {chain}. {state}',
    'zh-Hant': '{log}：{size} 個條目，鏈 {chain}。{state}',
  },
  kept: { en: '  {why} Tried again {at}.', 'zh-Hant': '  {why}於 {at} 再試。' },
  settled: {
    en: '{log}: {size} entries, chain {chain}. {state}, {at}, transaction {transaction}',
    'zh-Hant': '{log}：{size} 個條目，鏈 {chain}。{state}，{at}，交易 {transaction}',
  },
})

const account: Command = {
  name: 'ledger anchor account',
  summary: words.account,
  run: ({ withInstallation, print }) =>
    withInstallation(async (installation) => {
      const { getAccount } = await import('./account.ts')
      print((await getAccount(installation)).address)
      return 0 as const
    }),
}

const deploy: Command = {
  name: 'ledger anchor deploy',
  summary: words.deploy,
  run: ({ withInstallation, ...out }) =>
    withInstallation(async (installation) => {
      const { abi, bytecode } = await import('./contract.ts')
      const { encodeDeployData } = await import('viem')
      const { getAccount } = await import('./account.ts')
      const { address } = await getAccount(installation)
      const done = await write(installation, out, { data: encodeDeployData({ abi, bytecode, args: [address] }) })
      if (typeof done === 'number') return done
      plainly(out.warn)(out.say(words.deployed))
      out.print(`PRAYA_CHAIN_CONTRACT=${done.contractAddress}`)
      return 0
    }),
}

const handOver: Command = {
  name: 'ledger anchor hand-over',
  summary: words.handOver,
  arguments: [{ name: 'ADDRESS', about: words.address }],
  run: ({ arguments: [to = ''], withInstallation, ...out }) =>
    withInstallation(async (installation) => {
      const contract = installation.chain?.contract
      if (!contract || !isAddress(to)) {
        plainly(out.warn)(out.say(contract ? words.wrongAddress : words.noContract))
        return 2
      }
      const { abi } = await import('./contract.ts')
      const { encodeFunctionData } = await import('viem')
      const data = encodeFunctionData({ abi, functionName: 'handOver', args: [to] })
      const done = await write(installation, out, { to: contract as Hex, data })
      if (typeof done === 'number') return done
      out.print(out.say(words.handedOver, { contract, to }))
      return 0
    }),
}

const list: Command = {
  name: 'ledger anchor list',
  summary: words.list,
  arguments: [{ name: 'LOG', about: words.log, optional: true }],
  run: ({ arguments: [name], withInstallation, say, ...out }) =>
    withInstallation(async ({ sql }) => {
      const print = plainly(out.print)
      if (name !== undefined && !(await findLog(sql, name))) return endBy(await noLog(sql, name), { say, ...out })
      const [waiting, settled] = [await listWaiting(sql, name ?? null), await listSettled(sql, name ?? null)]
      if (waiting.length + settled.length === 0) print(say(words.none))
      for (const { state, failure, nextAt, ...anchor } of waiting) {
        print(say(words.underWay, { ...anchor, state: stateTexts[state] }))
        if (failure !== null) print(say(words.kept, { why: failureTexts[failure], at: nextAt }))
      }
      for (const { state, transaction, blockAt, ...anchor } of settled)
        print(
          say(words.settled, {
            ...anchor,
            ...{ state: stateTexts[state], transaction: transaction ?? '–', at: blockAt ?? '–' },
          }),
        )
      return 0 as const
    }),
}

const blockMinutesMax = 10

/** Sends one transaction of this account and waits for its block. How the verb ends, where there is none. */
async function write(
  { sql, vault, chain }: Installation,
  { say, progress, ...out }: Pick<Invocation, 'say' | 'progress' | 'warn'>,
  call: { to?: Hex; data: Hex },
) {
  const warn = plainly(out.warn)
  if (!chain) {
    warn(say(words.unset))
    return 2 as const
  }
  const { explain, openNode, sendOnce } = await import('./node.ts')
  const { getAccount } = await import('./account.ts')
  const signer = await getAccount({ sql, vault })
  try {
    // Nobody signs under the same number meanwhile.
    return await sql.begin(async (turn) => {
      await waitForTurn(turn)
      progress(say(words.waiting))
      const given = { ...call, id: chain.id, gweiMax: chain.gweiMax, nonceMin: await nextNonce(sql, chain.id) }
      const { hash, receipt } = await sendOnce(openNode(chain.url), signer, given, blockMinutesMax * 60_000)
      progress(undefined)
      if (receipt?.status === 'success') return receipt
      if (receipt) throw new ChainFailure('reverted')
      warn(say(words.slow, { hash, minutes: blockMinutesMax }))
      return 2 as const
    })
  } catch (error) {
    progress(undefined)
    const failure = explain(error)
    if (!failure) throw error
    warn(say(failureTexts[failure]))
    return failure === 'node-down' ? 2 : 1
  }
}

/** `./praya ledger anchor …`. 0 done, 1 refused, 2 it cannot be done so. */
export const anchorCommands: readonly Command[] = [account, deploy, handOver, list, verify]
