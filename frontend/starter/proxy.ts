import { warderProxy } from 'warder-nextjs/proxy'

export const proxy = warderProxy({
  protect: ['/dashboard', '/account', '/legacy'],
  guestOnly: ['/login', '/register'],
  confirm: '/account/confirm',
  home: '/dashboard',
})

export const config = {
  matcher: ['/((?!_next/|api/auth/|.*\\.(?:ico|png|jpe?g|gif|svg|webp|avif|css|js|map|txt|xml|webmanifest|woff2?)$).*)'],
}
