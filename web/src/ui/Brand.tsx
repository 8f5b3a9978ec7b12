/** The mark: a cut stone in a setting. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M16 3 29 16 16 29 3 16Z" fill="none" stroke="var(--gs-gold)" strokeWidth="2.4" strokeLinejoin="round" />
      <path d="M16 10.4 21.6 16 16 21.6 10.4 16Z" fill="var(--gs-gold)" />
    </svg>
  );
}
