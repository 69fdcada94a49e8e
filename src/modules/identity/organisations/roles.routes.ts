import { Type } from 'typebox'
import { type Routes, Text } from '#platform'
import { nameOfRole, roleTable } from '../roles.ts'
import { RolesPage } from './roles.page.tsx'

const Matrix = Type.Object({
  permissions: Type.Array(Type.Object({ id: Type.String(), name: Text })),
  roles: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Text,
      place: Type.Enum(['government', 'company', 'nobody']),
      approval: Type.Enum(['none', 'administrator', 'grantee']),
      permissions: Type.Array(Type.String()),
    }),
  ),
})

/** Who may do what, for anybody to read: the matrix by which every request is judged. */
export const roleRoutes: Routes = async (app) => {
  const names: Readonly<Record<string, Text>> = Object.assign({}, ...app.modules.map(({ permissions }) => permissions))
  const matrix = {
    config: { access: 'public' },
    schema: { summary: 'Every role and its permissions, as one matrix', response: { 200: Matrix } },
  }
  app.get('/office/roles', matrix, async (_, reply) => {
    const data = {
      permissions: Object.entries(names).map(([id, name]) => ({ id, name })),
      roles: Object.entries(roleTable).map(([id, { place, approval, permissions }]) => ({
        ...{ id, name: nameOfRole(id), place, approval },
        // Those of modules that do not run are passed over.
        permissions: permissions.filter((each) => Object.hasOwn(names, each)),
      })),
    }
    return reply.page(data, RolesPage)
  })
}
