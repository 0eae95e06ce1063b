// The policy of the page lets no style in without the nonce of this answer. antd puts it on its own,
// but not on the two rules with which a dialog stops the page behind it from scrolling.

export const nonce = document.querySelector<HTMLMetaElement>("meta[name=csp-nonce]")?.content ?? "";

/** From now on every style that the page's own code makes carries the nonce. */
export function carryNonce(): void {
  const make = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = make(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  }) as typeof document.createElement;
}
