import type { Metadata } from 'next'
import Link from 'next/link'
import { RegisterForm } from './form'

export const metadata: Metadata = { title: 'Create account' }

export default function RegisterPage() {
  return (
    <section className="panel">
      <h1>Create account</h1>
      <RegisterForm />
      <p className="aside">
        Have an account? <Link href="/login">Sign in</Link>
      </p>
    </section>
  )
}
