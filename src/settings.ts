import { type Static, Type } from 'typebox'
import { languages, texts } from './platform/languages.ts'
import { readSettings, type SettingFault } from './start/settings.ts'

/** Every setting, read from the environment. `docs/reference/settings.md` is made from this table. */
export type Settings = Static<typeof Settings>
export const Settings = Type.Object({
  PRAYA_PORT: Type.Integer({
    default: 8080,
    minimum: 0,
    maximum: 65535,
    description: 'The port to listen on. 0 takes any free one.',
  }),
  PRAYA_HOST: Type.String({
    default: '127.0.0.1',
    description: 'The address to listen on. `0.0.0.0` lets other machines in; put a proxy that ends TLS in front.',
  }),
  PRAYA_PUBLIC_URL: Type.Optional(
    Type.String({
      begins: ['http://', 'https://'],
      description: 'The address that people type, when it is not the one Praya listens on: `https://www.example.gov`.',
    }),
  ),
  PRAYA_BEHIND_PROXY: Type.Boolean({
    default: false,
    description: 'Whether a proxy in front tells the real address and scheme of a request. Believed only when set.',
  }),
  PRAYA_DATA: Type.String({
    default: '.praya',
    description: 'The folder for the database, files and generated secrets. A relative one lies in the project folder.',
  }),
  PRAYA_DATABASE_URL: Type.Optional(
    Type.String({
      begins: ['postgres://', 'postgresql://'],
      secret: true,
      description:
        'A PostgreSQL (15 or later) of yours instead of the embedded one, with a login that may create schemas and roles.',
    }),
  ),
  PRAYA_DATABASE_APP_URL: Type.Optional(
    Type.String({
      begins: ['postgres://', 'postgresql://'],
      secret: true,
      description:
        'The same database with a weak login that is a member of the role `app`. Without it, the login of PRAYA_DATABASE_URL steps down to that role.',
    }),
  ),
  PRAYA_DATABASE_CONNECTIONS: Type.Integer({
    default: 10,
    minimum: 1,
    maximum: 1000,
    description: 'Connections that one process keeps to the database.',
  }),
  PRAYA_FILES_URL: Type.Optional(
    Type.String({
      begins: ['s3://'],
      description:
        'An object store for files instead of the data folder: `s3://bucket/prefix?endpoint=…&region=…`, with its keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    }),
  ),
  PRAYA_PACK: Type.String({
    default: 'governments/hongkong',
    description: 'The folder of the government that this installation serves.',
  }),
  PRAYA_SESSION_SECRET: Type.Optional(
    Type.String({
      minLength: 32,
      secret: true,
      description:
        'Signs the cookies of people who are signed in; the same in every process. Without it, and outside production, one is generated into the data folder.',
    }),
  ),
  PRAYA_VAULT_SECRET: Type.Optional(
    Type.String({
      minLength: 32,
      secret: true,
      description:
        'Encrypts identity numbers and private keys in the database; the same in every process, and kept apart from backups of the database. Without it, and outside production, one is generated into the data folder.',
    }),
  ),
  PRAYA_POPULATION_REGISTER_URL: Type.Optional(
    Type.String({
      begins: ['http://', 'https://'],
      description:
        'Where the population register answers whether an identity document matches: docs/concepts/levels.md. Without it, a demonstration asks the made-up register of its pack, and anywhere else nobody reaches level 2 or 3.',
    }),
  ),
  PRAYA_POPULATION_REGISTER_TOKEN: Type.Optional(
    Type.String({
      minLength: 16,
      secret: true,
      description: 'What the population register expects as a bearer token.',
    }),
  ),
  PRAYA_SOURCES_URL: Type.Optional(
    Type.String({
      begins: ['http://', 'https://'],
      description:
        'Where departments answer for the registers that forms take answers from: docs/concepts/services.md. Without it, a demonstration asks the made-up ones of its pack, and anywhere else people type.',
    }),
  ),
  PRAYA_SOURCES_TOKEN: Type.Optional(
    Type.String({
      minLength: 16,
      secret: true,
      description: 'What the registers of departments expect as a bearer token.',
    }),
  ),
  PRAYA_TIMESTAMP_URL: Type.Optional(
    Type.String({
      begins: ['http://', 'https://'],
      description:
        'A time stamp authority (RFC 3161) of somebody else for signatures and notarisations. Without it, this installation puts its own time stamps.',
    }),
  ),
  PRAYA_CHAIN_URL: Type.Optional(
    Type.String({
      begins: ['http://', 'https://'],
      secret: true,
      description:
        'A node of a chain (Ethereum JSON-RPC) on which checkpoints of logs are anchored: docs/guides/anchor-to-a-chain.md. Without it nothing is. Never shown, as it may hold a key.',
    }),
  ),
  PRAYA_CHAIN_ID: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 4_503_599_627_370_476,
      description:
        'The number of that chain (EIP-155). Needed with PRAYA_CHAIN_URL: a node of another one is sent nothing.',
    }),
  ),
  PRAYA_CHAIN_CONTRACT: Type.Optional(
    Type.String({
      description:
        'The address of the contract for checkpoints on that chain, which `./praya ledger anchor deploy` prints. Without it nothing is anchored yet.',
    }),
  ),
  PRAYA_CHAIN_MINUTES: Type.Integer({
    default: 10,
    minimum: 1,
    maximum: 10_080,
    description:
      'Minutes from one anchor of a log to the next. Each costs a transaction; a log that has not grown has none.',
  }),
  PRAYA_CHAIN_CONFIRMATIONS: Type.Integer({
    default: 12,
    minimum: 0,
    maximum: 100,
    description:
      'Blocks after the one of an anchor before it counts as final. 0 for a network that never takes a block back (QBFT).',
  }),
  PRAYA_CHAIN_GWEI_MAX: Type.Integer({
    default: 200,
    minimum: 0,
    maximum: 1_000_000,
    description: 'The most that is paid for a unit of gas, in gwei. While the network asks for more, anchors wait.',
  }),
  PRAYA_MAIL_URL: Type.Optional(
    Type.String({
      begins: ['smtp://', 'smtps://'],
      secret: true,
      description:
        'The server that takes mail: `smtps://user:password@mail.example.gov`. Without it mail waits in the outbox; messages lie in the inbox all the same.',
    }),
  ),
  PRAYA_MAIL_FROM: Type.Optional(
    Type.String({
      description: 'The address from which mail comes, as `inbox@example.gov`. Needed with PRAYA_MAIL_URL.',
    }),
  ),
  PRAYA_CLAMAV: Type.Optional(
    Type.String({
      description:
        'Where ClamAV’s `clamd` listens, which checks files for viruses: `host:port`, or the path of its socket as `/run/clamav/clamd.ctl`. Without it files that people send stay held, and officers release each by hand.',
    }),
  ),
  PRAYA_WEBHOOKS_INSIDE: Type.Boolean({
    default: false,
    description:
      'Whether webhooks may go to private networks (10/8, 172.16/12, 192.168/16, fc00::/7), as where departments share one: docs/guides/webhooks.md. Every department that may add one can then reach every machine there over HTTPS.',
  }),
  PRAYA_DEMONSTRATION: Type.Optional(
    Type.Boolean({
      description:
        'Whether anybody may sign in as one of the people of the pack, and pages say that this is a demonstration. Without it: yes on this machine’s own address (PRAYA_HOST), no on any other and in production.',
    }),
  ),
  PRAYA_PRODUCTION: Type.Boolean({
    default: false,
    description: 'Whether this serves real people: no demonstration, and no secret that was not set on purpose.',
  }),
  PRAYA_ALONE: Type.Optional(
    Type.Enum(['witness'], {
      description:
        'Serves one thing and nothing else: `witness` answers at /ledger/witness for the logs of others (docs/guides/run-a-witness.md).',
    }),
  ),
  PRAYA_REQUESTS_PER_MINUTE: Type.Integer({
    default: 600,
    minimum: 1,
    maximum: 1_000_000,
    description: 'Requests that one address may send in a minute before it is asked to wait.',
  }),
  PRAYA_LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
    default: 'warn',
    description: 'How much goes to the log (JSON lines on standard error). `debug` has a line for each request.',
  }),
  PRAYA_LANGUAGE: Type.Optional(
    Type.Enum([...languages], {
      description: 'The language of the command line. Without it, the one that LANG names.',
    }),
  ),
})

/** The settings with what follows from them, or every fault there is. */
export function readEnvironment(environment: NodeJS.ProcessEnv): {
  settings: Settings & { PRAYA_DEMONSTRATION: boolean }
  faults: SettingFault[]
} {
  const { settings, faults } = readSettings(Settings, environment)
  const { PRAYA_PRODUCTION: production, PRAYA_DEMONSTRATION: demonstration } = settings
  if (production && demonstration) faults.push({ text: words.both, values: {} })
  if (production && !environment.PRAYA_SESSION_SECRET?.trim()) faults.push({ text: words.noSecret, values: {} })
  if (production && !environment.PRAYA_VAULT_SECRET?.trim()) faults.push({ text: words.noVault, values: {} })
  if (production && !environment.PRAYA_PUBLIC_URL?.trim()) faults.push({ text: words.noAddress, values: {} })
  if (production && settings.PRAYA_POPULATION_REGISTER_URL?.startsWith('http:'))
    faults.push({ text: words.registerInClear, values: {} })
  if (settings.PRAYA_MAIL_URL && !/^[^\s@<>,]+@[^\s@<>,]+$/.test(settings.PRAYA_MAIL_FROM ?? ''))
    faults.push({ text: words.mailWithoutFrom, values: {} })
  if (
    !settings.PRAYA_CHAIN_URL !== !settings.PRAYA_CHAIN_ID ||
    (settings.PRAYA_CHAIN_CONTRACT && !settings.PRAYA_CHAIN_URL)
  )
    faults.push({ text: words.chainWithoutId, values: {} })
  if (settings.PRAYA_CHAIN_CONTRACT && !/^0x[0-9a-fA-F]{40}$/.test(settings.PRAYA_CHAIN_CONTRACT))
    faults.push({ text: words.contractForm, values: {} })
  if (settings.PRAYA_CLAMAV && !/^(\/.+|[^/\s]+:[0-9]{1,5})$/.test(settings.PRAYA_CLAMAV))
    faults.push({ text: words.clamavForm, values: {} })
  if (settings.PRAYA_DATABASE_APP_URL && !environment.PRAYA_DATABASE_URL?.trim())
    faults.push({ text: words.appWithoutOwner, values: {} })
  // The demonstration needs no password, so it is open to others only when somebody says so.
  const open = demonstration ?? (!production && isLoopback(settings.PRAYA_HOST))
  return { settings: { ...settings, PRAYA_DEMONSTRATION: open }, faults }
}

const isLoopback = (host: string | undefined) => /^(127\.[0-9.]+|localhost|\[?::1\]?)$/.test(host ?? '')

const words = texts({
  both: {
    en: 'PRAYA_DEMONSTRATION and PRAYA_PRODUCTION cannot both be set: in a demonstration anybody may sign in as anybody.',
    'zh-Hant': 'PRAYA_DEMONSTRATION 與 PRAYA_PRODUCTION 不可同時設定：示範時任何人都可以任何身份登入。',
  },
  noSecret: {
    en: 'PRAYA_PRODUCTION needs PRAYA_SESSION_SECRET: at least 32 random characters, the same in every process.',
    'zh-Hant': 'PRAYA_PRODUCTION 須同時設定 PRAYA_SESSION_SECRET：最少 32 個隨機字元，每個程序相同。',
  },
  noVault: {
    en: 'PRAYA_PRODUCTION needs PRAYA_VAULT_SECRET: at least 32 random characters, the same in every process, and not the session secret.',
    'zh-Hant':
      'PRAYA_PRODUCTION 須同時設定 PRAYA_VAULT_SECRET：最少 32 個隨機字元，每個程序相同，且不可與 PRAYA_SESSION_SECRET 相同。',
  },
  noAddress: {
    en: 'PRAYA_PRODUCTION needs PRAYA_PUBLIC_URL: passkeys and tokens are bound to the address that people type.',
    'zh-Hant': 'PRAYA_PRODUCTION 須同時設定 PRAYA_PUBLIC_URL：通行密鑰和權杖均綁定於使用者輸入的網址。',
  },
  registerInClear: {
    en: 'PRAYA_PRODUCTION needs a PRAYA_POPULATION_REGISTER_URL that begins with https://, as identity numbers travel there.',
    'zh-Hant': 'PRAYA_PRODUCTION 須以 https:// 開頭的 PRAYA_POPULATION_REGISTER_URL，因為會傳送身份證明文件號碼。',
  },
  mailWithoutFrom: {
    en: 'PRAYA_MAIL_URL needs PRAYA_MAIL_FROM: the address from which mail comes, as inbox@example.gov.',
    'zh-Hant': '設定 PRAYA_MAIL_URL 時須同時設定 PRAYA_MAIL_FROM：寄件電郵地址，例如 inbox@example.gov。',
  },
  chainWithoutId: {
    en: 'PRAYA_CHAIN_URL and PRAYA_CHAIN_ID go together, and PRAYA_CHAIN_CONTRACT needs both: the node, the number of its chain, the contract.',
    'zh-Hant':
      'PRAYA_CHAIN_URL 與 PRAYA_CHAIN_ID 須一併設定，而 PRAYA_CHAIN_CONTRACT 須有前兩者：即節點、鏈編號及合約。',
  },
  contractForm: {
    en: 'PRAYA_CHAIN_CONTRACT is the address of a contract: 0x and 40 hexadecimal digits.',
    'zh-Hant': 'PRAYA_CHAIN_CONTRACT 須為合約地址：0x 加 40 個十六進制數字。',
  },
  clamavForm: {
    en: 'PRAYA_CLAMAV is where clamd listens: host:port, or the path of its socket from the root, as /run/clamav/clamd.ctl.',
    'zh-Hant':
      'PRAYA_CLAMAV 是 clamd 接收要求的位置：主機與埠號，例如 localhost:3310，或由根目錄起的通訊端路徑，例如 /run/clamav/clamd.ctl。',
  },
  appWithoutOwner: {
    en: 'PRAYA_DATABASE_APP_URL needs PRAYA_DATABASE_URL: it is the weak login to the same database.',
    'zh-Hant': '設定 PRAYA_DATABASE_APP_URL 時須同時設定 PRAYA_DATABASE_URL：前者是同一資料庫的低權限登入。',
  },
})
