// PLACEHOLDER by the founder until the pack builder's file replaces it.
import type { Text } from '../languages.ts'
import type { Site } from '../page.tsx'
export type Definition = { kind: string }
export type PackPerson = { id: string; name: Text; about: Text; organisation?: string; roles: string[] }
export type Pack = { government: Site; people: PackPerson[] }
