import { type Text, texts } from '#platform'

/** Where a role can be held: an organisation of the government, a company or association, or none at all. */
export type RolePlace = 'government' | 'company' | 'nobody'

/**
 * What must happen before a granted role counts: nothing, another administrator’s approval (four eyes), or that the
 * person accepts it.
 */
export type Approval = 'none' | 'administrator' | 'grantee'

export type Role = { place: RolePlace; approval: Approval; permissions: readonly string[] }

/** Who may do what. The only place that says so: pages, checks and tests are made from it. */
export const roleTable: Readonly<Record<string, Role>> = {
  // biome-ignore format: matrix
  resident:                 { place: 'nobody',     approval: 'none',          permissions: [] },
  // biome-ignore format: matrix
  'budget-officer':         { place: 'government', approval: 'none',          permissions: ['estimates:import-document', 'estimates:explain-difference', 'identity:request-signature'] },
  // biome-ignore format: matrix
  auditor:                  { place: 'government', approval: 'none',          permissions: ['ledger:prove-act'] },
  // biome-ignore format: matrix
  'platform-officer':       { place: 'government', approval: 'administrator', permissions: ['identity:manage-channel'] },
  // biome-ignore format: matrix
  'counter-officer':        { place: 'government', approval: 'administrator', permissions: ['identity:prove-at-counter'] },
  // biome-ignore format: matrix
  'proof-supervisor':       { place: 'government', approval: 'administrator', permissions: ['identity:withdraw-proof'] },
  // biome-ignore format: matrix
  'correspondence-officer': { place: 'government', approval: 'none',          permissions: ['identity:send-message', 'identity:read-outbox'] },
  // biome-ignore format: matrix
  'mandate-officer':        { place: 'government', approval: 'administrator', permissions: ['identity:confirm-mandate'] },
  // biome-ignore format: matrix
  'company-officer':        { place: 'government', approval: 'none',          permissions: ['identity:verify-organisation'] },
  // biome-ignore format: matrix
  'client-officer':         { place: 'government', approval: 'administrator', permissions: ['identity:approve-client'] },
  // biome-ignore format: matrix
  'ledger-officer':         { place: 'government', approval: 'administrator', permissions: ['ledger:notarise', 'ledger:issue-key', 'ledger:see-office'] },
  // biome-ignore format: matrix
  'ledger-operator':        { place: 'government', approval: 'administrator', permissions: ['ledger:run', 'ledger:see-office'] },
  // biome-ignore format: matrix
  'register-officer':       { place: 'government', approval: 'administrator', permissions: ['ledger:keep-register'] },
  // biome-ignore format: matrix
  'case-officer':           { place: 'government', approval: 'administrator', permissions: ['services:work-case'] },
  // biome-ignore format: matrix
  'identity-administrator': { place: 'government', approval: 'administrator', permissions: ['identity:grant-role'] },
  // biome-ignore format: matrix
  owner:                    { place: 'company',    approval: 'grantee',       permissions: ['identity:grant-role'] },
  // biome-ignore format: matrix
  member:                   { place: 'company',    approval: 'none',          permissions: [] },
  // biome-ignore format: matrix
  filler:                   { place: 'company',    approval: 'none',          permissions: [] },
}

/** What people call each role. */
export const roleNames: Readonly<Record<string, Text>> = texts({
  resident: { en: 'Resident', 'zh-Hant': '市民' },
  'budget-officer': { en: 'Budget officer', 'zh-Hant': '預算人員' },
  auditor: { en: 'Auditor', 'zh-Hant': '審計人員' },
  'platform-officer': { en: 'Platform officer', 'zh-Hant': '平台人員' },
  'counter-officer': { en: 'Counter officer', 'zh-Hant': '櫃位核實人員' },
  'proof-supervisor': { en: 'Proof supervisor', 'zh-Hant': '核實督導人員' },
  'correspondence-officer': { en: 'Correspondence officer', 'zh-Hant': '通訊人員' },
  'mandate-officer': { en: 'Mandate officer', 'zh-Hant': '授權核實人員' },
  'company-officer': { en: 'Company officer', 'zh-Hant': '公司核實人員' },
  'client-officer': { en: 'Client officer', 'zh-Hant': '客戶端審批人員' },
  'ledger-officer': { en: 'Ledger officer', 'zh-Hant': '日誌人員' },
  'register-officer': { en: 'Register officer', 'zh-Hant': '登記人員' },
  'case-officer': { en: 'Case officer', 'zh-Hant': '個案人員' },
  'ledger-operator': { en: 'Ledger operator', 'zh-Hant': '日誌營運人員' },
  'identity-administrator': { en: 'Administrator', 'zh-Hant': '管理員' },
  owner: { en: 'Owner', 'zh-Hant': '東主' },
  member: { en: 'Member', 'zh-Hant': '成員' },
  filler: { en: 'Form filler', 'zh-Hant': '填表人' },
})

export const nameOfRole = (role: string): Text => roleNames[role] ?? { en: role, 'zh-Hant': role }

/** Name → permissions, as the platform prints it. */
export const roles: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(roleTable).map(([name, { permissions }]) => [name, permissions]),
)

export const findRole = (name: string): Role | undefined =>
  Object.hasOwn(roleTable, name) ? roleTable[name] : undefined

/** Roles that give one of the permissions. */
export const rolesWith = (permission: string): string[] =>
  Object.keys(roles).filter((name) => roles[name]!.includes(permission))

/** The permissions of all `names`; a name that is no role gives none. */
export const permissionsOf = (names: readonly string[]): string[] => [
  ...new Set(names.flatMap((name) => (Object.hasOwn(roles, name) ? roles[name]! : []))),
]
