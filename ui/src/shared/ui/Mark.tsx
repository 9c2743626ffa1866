/** The program's own mark: one letter out of two pieces. Its colours are the icon's, deeper on a light ground. */
export function Mark({ className }: { className?: string }) {
  const arc = 'M348.1 173.0A124 124 0 1 0 348.1 339.0';
  return (
    <svg viewBox="74 74 364 364" className={className} aria-hidden="true">
      <clipPath id="mark-upper">
        <path d="M0 0H512V256H200V202L0 319Z" />
      </clipPath>
      <clipPath id="mark-lower">
        <path d="M0 512H512V256H200V230L0 347Z" />
      </clipPath>
      <g fill="none" strokeWidth="92">
        <path d={arc} stroke="var(--mark-upper)" clipPath="url(#mark-upper)" />
        <path d={arc} stroke="var(--mark-lower)" clipPath="url(#mark-lower)" />
      </g>
    </svg>
  );
}
