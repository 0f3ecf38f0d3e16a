import type { Me, Role } from './contract.js'

/** Whom a page, an action or a handler is for; all that are given must be so. */
export type Wanted = {
  role?: Role
  /** Any one of these. */
  roles?: Role[]
  allow?: (user: Me) => boolean | Promise<boolean>
}

/** Throws where a role was named but is nothing, such as an environment variable that is not set: that must not let everybody in. */
export async function isAllowed(user: Me, wanted: Wanted): Promise<boolean> {
  for (const name of ['role', 'roles', 'allow'] as const)
    if (name in wanted && !wanted[name])
      throw new TypeError(`warder-nextjs: ${name} is ${JSON.stringify(wanted[name])}. Leave it out, or say which.`)
  const { role, roles, allow } = wanted
  const has = (each: Role) => user.roles.includes(each)
  return (!role || has(role)) && (!roles || roles.some(has)) && (!allow || (await allow(user)) === true)
}
