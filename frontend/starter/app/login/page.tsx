import type { Metadata } from 'next'
import Link from 'next/link'
import { LoginForm } from './form'

export const metadata: Metadata = { title: 'Sign in' }

export default function LoginPage() {
  return (
    <section className="panel">
      <h1>Sign in</h1>
      <LoginForm />
      <p className="aside">
        New here? <Link href="/register">Create an account</Link>
      </p>
    </section>
  )
}
