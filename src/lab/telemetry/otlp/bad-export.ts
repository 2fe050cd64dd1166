/** What was sent is no export of spans: it is refused whole, and says where it went wrong. */
export class BadExport extends Error {}
