// Files that the server keeps.

/** Show a stored file, such as a print, in a tab of its own. */
export function openAttachment(id: string): void {
  window.open(`/api/v1/attachments/${id}/content`, "_blank", "noopener");
}
