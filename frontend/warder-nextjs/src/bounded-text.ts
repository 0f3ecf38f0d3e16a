const MOST_BYTES = 64 * 1024

/** The body of a request as text; null where it is longer than Warder takes. */
export async function boundedText(request: Request): Promise<string | null> {
  const reader = request.body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for (let part = await reader?.read(); part && !part.done; part = await reader!.read()) {
    size += part.value.byteLength
    if (size > MOST_BYTES) {
      await reader!.cancel()
      return null
    }
    text += decoder.decode(part.value, { stream: true })
  }
  return text + decoder.decode()
}
