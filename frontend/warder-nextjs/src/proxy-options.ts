import { checkLogin } from './login-path.js'

export type ProxyOptions = {
  /** Paths, with all below them, that need somebody signed in; or a function that says so of a path. The sign-in page and `guestOnly` never do. */
  protect: string[] | ((path: string) => boolean)
  /** Paths, with all below them, that a signed-in user has no use for, such as the sign-in form; `/` is the start page alone. */
  guestOnly?: string[]
  /** Where the sign-in form is. Default `/login`. */
  login?: string
  /** Where a Server Action goes that Warder wants a fresh proof for: `confirmFirst()`. Default `/confirm`. */
  confirm?: string
  /** Where a signed-in visitor of a guest-only path goes, where no `?next=` says better, and whoever has just signed in. Default `/`. */
  home?: string
  /** First folders that are languages, as in `app/[lang]`: `/de/team` is protected as `/team` is, and leads to `/de/login`. The i18n of the Pages Router needs no such list. */
  locales?: string[]
}

export type Rules = {
  protects: (path: string) => boolean
  isGuestPage: (path: string) => boolean
  login: string
  confirm: string
  home: string
  locales: string[]
}

/** Throws, at the start, a sentence about what would protect nothing, or redirect in circles. */
export function rulesOf({
  protect,
  guestOnly = [],
  login = '/login',
  confirm = '/confirm',
  home = '/',
  locales = [],
}: ProxyOptions): Rules {
  checkLogin('login', login)
  checkLogin('confirm', confirm)
  checkPath('home', home.split('?')[0]!)
  for (const each of guestOnly) checkPath('guestOnly', each)
  for (const each of locales) if (!/^[\w-]+$/.test(each)) throw wrong('locales', each, 'Write a folder, such as "de".')
  if (typeof protect !== 'function') for (const each of protect) checkPath('protect', each)
  const asked = typeof protect === 'function' ? protect : (path: string) => isUnder(path, protect)
  const isGuestPage = (path: string) =>
    path === '/'
      ? guestOnly.includes('/')
      : isUnder(
          path,
          guestOnly.filter((each) => each !== '/'),
        )
  if (isGuestPage(home.split('?')[0]!)) throw wrong('home', home, 'It is a path of guestOnly: who is signed in would be sent in circles.')
  const isOpen = (path: string) => isUnder(path, [login.split('?')[0]!]) || isGuestPage(path)
  return { protects: (path) => !isOpen(path) && asked(path), isGuestPage, login, confirm, home, locales }
}

const isUnder = (path: string, roots: string[]) => roots.some((root) => `${path}/`.startsWith(root.replace(/\/*$/, '/')))

function checkPath(name: string, path: unknown): void {
  if (typeof path !== 'string' || path === '') throw wrong(name, path, 'Write a path, such as "/dashboard".')
  if (!path.startsWith('/')) throw wrong(name, path, 'It must be a path of this app and begin with /.')
  if (/\/\[|[:*()]/.test(path))
    throw wrong(
      name,
      path,
      `It takes plain paths, and all below them: write "${path.split(/\/?[:*([]/)[0] || '/'}", or a function of the path.`,
    )
  if (path.startsWith('//') || /[\s?#\\]/.test(path)) throw wrong(name, path, 'Write a path without a host, blanks, ? and #.')
}

const wrong = (name: string, value: unknown, advice: string) =>
  new Error(`warder-nextjs: ${name} of warderProxy() holds ${JSON.stringify(value)}. ${advice}`)
