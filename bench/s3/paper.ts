/** Room before the rows for what is known last: a document's head. */
const headRoom = 16_384;

/** What a page of a listing is written on. Used again and again, as pages made anew would keep the garbage collector busy. */
export class Paper {
  #bytes = Buffer.allocUnsafe(512 * 1_024);
  #end = headRoom;

  clear(): void {
    this.#end = headRoom;
  }

  /** Room for so many bytes more, to be written at once. */
  room(length: number): { target: Buffer; start: number } {
    const start = this.#end;
    this.#end += length;
    if (this.#end > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(this.#end * 2);
      this.#bytes.copy(larger, 0, 0, start);
      this.#bytes = larger;
    }
    return { target: this.#bytes, start };
  }

  write(text: string): void {
    const { target, start } = this.room(Buffer.byteLength(text));
    target.write(text, start, 'utf8');
  }

  /** All that was written, with a head before it; stands until it is cleared. @throws RangeError when the head has no room */
  withHead(head: string): Buffer {
    const start = headRoom - Buffer.byteLength(head);
    if (start < 0) throw new RangeError('the head of the page is too long');
    this.#bytes.write(head, start, 'utf8');
    return this.#bytes.subarray(start, this.#end);
  }
}
