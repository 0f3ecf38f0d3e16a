/** What Next.js gives a Server Action: cookies that can be set, the request's headers. */
export class NextDouble {
  cookie = ''
  headers: Record<string, string> = {}
  readonly set: [string, string, object][] = []
  readonly revalidated: string[] = []

  cookies() {
    return {
      toString: () => this.cookie,
      set: (name: string, value: string, attributes: { maxAge?: number }) => {
        this.set.push([name, value, attributes])
        const others = this.cookie.split('; ').filter((pair) => pair && !pair.startsWith(name + '='))
        this.cookie = [...others, ...(attributes.maxAge === 0 ? [] : [`${name}=${value}`])].join('; ')
      },
    }
  }
}
