import { Lab } from '@/components/lab'

export default function LabPage() {
  return <Lab />
}
