import { Lab } from '@/components/lab'

export default function PagesLab() {
  return <Lab />
}
