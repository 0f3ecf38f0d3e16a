import type { TotpSetup } from 'warder-nextjs'

/** What an authenticator app must be told: as a picture, as a link for the phone that shows this page, and to type. */
export function TotpKey({ totp: { qr_svg, secret, uri } }: { totp: TotpSetup }) {
  return (
    <div className="totp">
      {/* biome-ignore lint/performance/noImgElement: a data: URL is there already */}
      <img
        className="qr"
        src={`data:image/svg+xml,${encodeURIComponent(qr_svg)}`}
        width={216}
        height={216}
        alt="QR code for your authenticator app"
      />
      <div className="stack">
        <p>Scan this with your authenticator app: Aegis, Google Authenticator, 1Password, or another one.</p>
        <p>
          On this device? <a href={uri}>Open the app</a>
        </p>
        <details>
          <summary>Cannot scan it?</summary>
          <p>Type this key into the app:</p>
          <p className="key">
            <code>{secret.replace(/.{4}(?=.)/g, '$& ')}</code>
          </p>
        </details>
      </div>
    </div>
  )
}
