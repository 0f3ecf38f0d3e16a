import type { Metadata } from 'next'
import { getProviders } from 'warder-nextjs/server'
import { RegisterForm } from './form'

export const metadata: Metadata = { title: 'Create account' }

export default async function RegisterPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const [{ next }, providers] = await Promise.all([searchParams, getProviders()])
  return (
    <section className="panel">
      <RegisterForm providers={providers} next={next?.toString()} />
    </section>
  )
}
