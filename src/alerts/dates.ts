const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `24 Nov 2026`, in UTC. */
export function dayText(at: string | Date): string {
  const date = new Date(at);
  return `${String(date.getUTCDate())} ${months[date.getUTCMonth()] ?? ''} ${String(date.getUTCFullYear())}`;
}

/** `24 Nov 2026 06:00 UTC`. */
export const minuteText = (at: string | Date): string =>
  `${dayText(at)} ${new Date(at).toISOString().slice(11, 16)} UTC`;
