/** `Chrome on Linux` of a user agent; the order matters, because browsers name each other. */
export function deviceName(agent: string): string {
  const browser = first(agent, [
    [/Edg\//, 'Edge'],
    [/OPR\//, 'Opera'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ])
  const system = first(agent, [
    [/iPhone|iPad/, 'iOS'],
    [/Android/, 'Android'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'macOS'],
    [/Linux|CrOS/, 'Linux'],
  ])
  return browser && system ? `${browser} on ${system}` : agent.split(/[\s/]/)[0] || 'Unknown device'
}

const first = (text: string, names: [RegExp, string][]) => names.find(([pattern]) => pattern.test(text))?.[1]

/** `25 Nov 2026`, the same wherever it is rendered */
export const day = (time: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(time))

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** `3 hours ago` */
export function timeAgo(time: string, now = Date.now()): string {
  const seconds = (now - Date.parse(time)) / 1000
  const [unit, length] = UNITS.find(([, size]) => seconds >= size) ?? ['second', 1]
  return unit === 'second' ? 'just now' : new Intl.RelativeTimeFormat('en').format(-Math.floor(seconds / length), unit)
}

/** The address of this machine itself: Warder sees no other until it is told of the proxies in front (“Going live” of the package's README). */
export const isLocal = (address: string): boolean => /^(127\.|::1$|::ffff:127\.)/.test(address)
