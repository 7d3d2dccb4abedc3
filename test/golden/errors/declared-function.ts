/** @native */
export declare function crc(bytes: Uint8Array): number;
