// The door of identity.
export { type Role, roles } from './roles.ts'
