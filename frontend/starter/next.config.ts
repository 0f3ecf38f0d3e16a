import type { NextConfig } from 'next'

// Next.js itself writes scripts and styles into its pages; without those words it would need a nonce, and a nonce no static page.
// `next dev` compiles in the browser and listens to its server.
const dev = process.env.NODE_ENV === 'development'
const policy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${dev ? " 'unsafe-eval'" : ''}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  `connect-src 'self'${dev ? ' ws: wss:' : ''}`,
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

// The pages of links in mails have a secret in their URL, which no other site may learn of. Their forms need an Origin without JavaScript, so
// that it is not `no-referrer`: a browser then says `Origin: null`, and Next.js refuses the form.
const LINKS = ['/reset-password', '/verify', '/confirm-email', '/login/link', '/not-me', '/invitation']

const config: NextConfig = {
  agentRules: false,
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  async headers() {
    return [
      {
        source: '/:path*',
        headers: [
          { key: 'Content-Security-Policy', value: policy },
          { key: 'X-Content-Type-Options', value: 'nosniff' },
          { key: 'X-Frame-Options', value: 'DENY' },
          { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
        ],
      },
      ...LINKS.map((source) => ({ source, headers: [{ key: 'Referrer-Policy', value: 'same-origin' }] })),
    ]
  },
}

export default config
