'use client'
import { useState } from 'react'
import { useUserChange } from 'warder-nextjs/client'
import { Scripted } from './scripted'

/** Shown once. Nothing but the visitor takes them away: not even a sign-in in another tab loads this page anew. */
export function RecoveryCodes({ codes }: { codes: string[] }) {
  const [copied, setCopied] = useState(false)
  useUserChange(() => {})
  const text = `Recovery codes for Warder starter. Each is good once.\n\n${codes.join('\n')}\n`
  return (
    <div className="recovery stack">
      <p>
        Each of these gets you in once, when your authenticator app is out of reach. Keep them where your phone is not: they are not shown
        again.
      </p>
      <ol className="codes" aria-label="Recovery codes" data-for="Recovery codes for Warder starter, each good once">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="row">
        <a className="button quiet" download="recovery-codes.txt" href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}>
          Download
        </a>
        <Scripted>
          <button
            type="button"
            className="quiet"
            onClick={() =>
              navigator.clipboard.writeText(text).then(
                () => setCopied(true),
                () => setCopied(false),
              )
            }
          >
            {copied ? 'Copied' : 'Copy'}
          </button>
          <button type="button" className="quiet" onClick={() => print()}>
            Print
          </button>
        </Scripted>
      </div>
    </div>
  )
}
