/**
 * The base of Warder's URL, checked; `name` is what the sentence calls it. Throws where it could only lead to an outage that
 * is none. The value is repeated in the sentence but where it may hold a password.
 */
export function checkedUrl(name: string, text: string): string {
  const fault = faultOf(text)
  if (fault) throw new Error(`warder-nextjs: ${name} ${text.includes('@') ? '' : `is ${JSON.stringify(text)}. It `}${fault}`)
  return text.replace(/\/+$/, '')
}

function faultOf(text: string): string | undefined {
  if (/^['"`]|['"`]$/.test(text)) return 'must not stand in quotes: they are part of the value here.'
  if (/\s/.test(text)) return 'must not hold blanks, nor begin or end with one.'
  if (!/^https?:\/\//i.test(text)) return 'must begin with http:// or https://, as http://localhost:8000 does.'
  const url = parsed(text)
  if (!url) return 'must be a URL such as http://localhost:8000.'
  if (url.username || url.password) return 'must not hold a user name or a password.'
  if (url.search || url.hash || /[?#]/.test(text)) return 'must not hold a ? or a #.'
  return undefined
}

function parsed(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}
