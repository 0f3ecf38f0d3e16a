import type { Me } from 'warder-nextjs'
import { WarderProvider } from 'warder-nextjs/client'
import { withUser } from 'warder-nextjs/pages'
import { Lab } from '@/components/lab'

export default function Known({ user }: { user: Me }) {
  return (
    <WarderProvider initialUser={user}>
      <Lab />
    </WarderProvider>
  )
}

export const getServerSideProps = withUser()
