import Link from 'next/link'
import { Start } from '@/components/start'

export default function Home() {
  return (
    <section className="hero">
      <h1>Sign-in that is already done.</h1>
      <p>Accounts, sessions and tokens are Warder’s. This page is public; the next ones are not.</p>
      <Start />
      <ul className="cards">
        <Card href="/dashboard" title="Dashboard">
          A Server Component that asks who you are.
        </Card>
        <Card href="/account" title="Account">
          Your name, your password, and where you are signed in.
        </Card>
        <Card href="/legacy" title="Pages Router">
          The same, by getServerSideProps.
        </Card>
      </ul>
    </section>
  )
}

function Card({ href, title, children }: { href: string; title: string; children: string }) {
  return (
    <li className="card">
      <h2>
        <Link href={href}>{title}</Link>
      </h2>
      <p>{children}</p>
    </li>
  )
}
