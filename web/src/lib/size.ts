import { useEffect, useRef, useState } from "react";

/** The height that an element has now; for what must be told its height, such as virtual rows. */
export function useHeight<E extends HTMLElement>() {
  const box = useRef<E>(null);
  const [height, setHeight] = useState(400);
  useEffect(() => {
    if (!box.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setHeight(entry.contentRect.height);
    });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return [box, height] as const;
}

/** Waits until a value has rested, so that a search is not sent at every key. */
export function useRested<T>(value: T, milliseconds: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return rested;
}
