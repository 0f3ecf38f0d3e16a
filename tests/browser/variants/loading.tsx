// Beside a page, with cacheComponents: its static shell comes at once, and what asks Warder is streamed into it.
export default function Loading() {
  return <p role="status">Loading…</p>
}
