// A second BroadcastChannel of the same tab would hear the first one, so there is one a tab.
let channel: BroadcastChannel | null | undefined
const tabs = () => (channel ??= typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('warder'))

/** Tells the other tabs to ask anew who is signed in. It carries no fact: what a tab believes, it asks Warder for. */
export const announce = (): void => tabs()?.postMessage('session')

/** Hears the other tabs; gives what ends the hearing. */
export function onNews(heard: () => void): () => void {
  tabs()?.addEventListener('message', heard)
  return () => tabs()?.removeEventListener('message', heard)
}
