export default function PdfView({ src }: { src: string; name: string; isLarge: boolean }) {
  return <a href={src}>{src}</a>;
}
