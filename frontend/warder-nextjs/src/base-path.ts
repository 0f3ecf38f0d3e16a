/** next.config's, as Next.js writes it into all that it bundles; empty where there is no Next.js, perhaps no `process` either. */
function basePath(): string {
  try {
    return process.env.__NEXT_ROUTER_BASEPATH ?? ''
  } catch {
    return ''
  }
}

export const BASE_PATH = basePath()
