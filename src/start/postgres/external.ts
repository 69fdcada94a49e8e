import type { Sql } from 'postgres'
import { Refusal } from '../../platform/command.ts'
import type { DatabaseUrls } from '../../platform/database.ts'
import postgres from '../../platform/driver.ts'
import { type Text, texts } from '../../platform/languages.ts'
import { appRole } from '../migrate.ts'

const versionMin = 15

/**
 * A PostgreSQL of the operator's own: reached, new enough, and with the role `app`. Without a weak login of its own, the
 * app connects with the owner's and steps down to `app` as its first act.
 */
export async function prepareExternal(ownerUrl: string, appUrl: string | undefined): Promise<DatabaseUrls> {
  const address = addressWithoutPassword(ownerUrl)
  const sql = postgres(ownerUrl, { max: 1, connect_timeout: 10, onnotice: () => {} })
  try {
    const [server] = await sql<
      [{ version: number }]
    >`select current_setting('server_version_num')::int / 10000 as version`
    if (server.version < versionMin)
      throw new Refusal(words.old, { address, version: server.version, needed: versionMin })
    await sql.unsafe(appRole)
    if (!appUrl) await allowStepDown(sql, server.version)
  } catch (error) {
    if (error instanceof Refusal) throw error
    if ((error as { code?: string }).code === '42501') throw new Refusal(words.notAllowed, { address })
    throw unreachable(error, words.unreachable, address)
  } finally {
    await sql.end({ timeout: 5 })
  }
  if (appUrl) {
    await checkWeakLogin(appUrl)
    return { owner: ownerUrl, app: appUrl }
  }
  const url = new URL(ownerUrl)
  url.searchParams.set('options', `${url.searchParams.get('options') ?? ''} -c role=app`.trim())
  return { owner: ownerUrl, app: url.href }
}

async function checkWeakLogin(appUrl: string): Promise<void> {
  const address = addressWithoutPassword(appUrl)
  const sql = postgres(appUrl, { max: 1, connect_timeout: 10, onnotice: () => {} })
  try {
    const [login] = await sql<[{ may: boolean; super: boolean }]>`
      select pg_has_role('app', 'usage') as may, rolsuper as super
      from pg_roles
      where rolname = current_user`
    if (!login.may || login.super) throw new Refusal(words.notWeak, { address })
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw unreachable(error, words.appUnreachable, address)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/**
 * A refusal where no connection came about: the driver's codes, the system's, those of TLS, and the SQLSTATEs by which a
 * server turns a login, a database or any connection away. Any other error is a bug, and stays what it is.
 */
function unreachable(error: unknown, text: Text, address: string): unknown {
  const { code = '', message } = error as { code?: string; message: string }
  const away = /^(CONNECT|SASL_|AUTH_|E[A-Z_]{4,}$|ERR_(SSL|TLS)|[A-Z_]*(CERT|SIGNATURE)|08|28|3D000|53300|57P0)/
  return away.test(code) ? new Refusal(text, { address, reason: message || code }) : error
}

async function allowStepDown(sql: Sql, version: number): Promise<void> {
  // From 16 on, being a member of a role and being allowed to become it are two things.
  const separate = version >= 16
  const [role] = await sql<[{ may: boolean }]>`select pg_has_role('app', ${separate ? 'set' : 'member'}) as may`
  if (!role.may) await sql.unsafe(`grant app to current_user${separate ? ' with set true' : ''}`)
}

function addressWithoutPassword(address: string): string {
  const { hostname, port, pathname } = new URL(address)
  return `${decodeURIComponent(hostname)}:${port || 5432}${pathname}`
}

const words = texts({
  unreachable: {
    en: 'The database at PRAYA_DATABASE_URL ({address}) cannot be reached: {reason}. Check that it runs and that the address and password are right.',
    'zh-Hant':
      '無法連接 PRAYA_DATABASE_URL 所指的資料庫（{address}）：{reason}。請檢查資料庫是否運行，以及地址與密碼是否正確。',
  },
  appUnreachable: {
    en: 'The database at PRAYA_DATABASE_APP_URL ({address}) cannot be reached: {reason}. Check that the address and password are right and that the login may connect.',
    'zh-Hant':
      '無法連接 PRAYA_DATABASE_APP_URL 所指的資料庫（{address}）：{reason}。請檢查地址與密碼是否正確，以及該登入名稱可否連接。',
  },
  notWeak: {
    en: 'The login of PRAYA_DATABASE_APP_URL ({address}) must be a member of the role “app” and no superuser. Let an administrator run: grant app to that login.',
    'zh-Hant':
      'PRAYA_DATABASE_APP_URL 的登入名稱（{address}）須屬於角色「app」，且不可為超級使用者。請由管理員將 app 授予該登入名稱。',
  },
  old: {
    en: 'The database at PRAYA_DATABASE_URL ({address}) is PostgreSQL {version}, and Praya needs {needed} or later.',
    'zh-Hant': 'PRAYA_DATABASE_URL 所指的資料庫（{address}）為 PostgreSQL {version}，而 Praya 需要 {needed} 或以上。',
  },
  notAllowed: {
    en: 'The login of PRAYA_DATABASE_URL ({address}) may not create the role “app” or step down to it. Let an administrator run: create role app; grant app to that login.',
    'zh-Hant':
      'PRAYA_DATABASE_URL 的登入名稱（{address}）無權建立角色「app」或轉用該角色。請由管理員執行：create role app; 並將 app 授予該登入名稱。',
  },
})
