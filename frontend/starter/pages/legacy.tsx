import Head from 'next/head'
import Link from 'next/link'
import type { Me } from 'warder-nextjs'
import { withUser } from 'warder-nextjs/pages'

export default function Legacy({ user }: { user: Me }) {
  return (
    <section className="panel">
      <Head>
        <title>Pages Router · Warder starter</title>
      </Head>
      <h1>Pages Router</h1>
      <p>
        getServerSideProps knows you as <strong data-testid="email">{user.email}</strong>.
      </p>
      <Link className="button" href="/dashboard">
        Dashboard
      </Link>
    </section>
  )
}

export const getServerSideProps = withUser()
