import { useEffect, useState } from 'react';

/** A text once typing rests for so many milliseconds; an empty one at once. */
export function useResting(text: string, rest: number): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), text === '' ? 0 : rest);
    return () => clearTimeout(timer);
  }, [text, rest]);
  return text === '' ? text : rested;
}
