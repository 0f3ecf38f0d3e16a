import type { NextPageContext } from 'next'
import Head from 'next/head'
import { UNAVAILABLE } from 'warder-nextjs'

type Props = { away: boolean; missing: boolean }

export default function ErrorPage({ away, missing }: Props) {
  const title = away ? 'The sign-in service is not available' : missing ? 'Page not found' : 'Something went wrong'
  return (
    <section className="panel" role="alert">
      <Head>
        <title>{title}</title>
      </Head>
      <h1>{title}</h1>
      <p>
        {away
          ? 'You are still signed in. Try again in a moment.'
          : missing
            ? 'There is nothing at this address.'
            : 'The fault is ours. Try again in a moment.'}
      </p>
      <a className="button" href={missing ? '/' : ''}>
        {missing ? 'Go to the start' : 'Try again'}
      </a>
    </section>
  )
}

ErrorPage.getInitialProps = ({ res, err }: NextPageContext): Props => {
  const away = (err as { digest?: string } | null | undefined)?.digest === UNAVAILABLE
  if (away && res) {
    res.statusCode = 503
    res.setHeader('Retry-After', '5')
  }
  return { away, missing: res?.statusCode === 404 }
}
