/** What binaries are called. */

/** The platform whose binary runs on all. */
export const everywhere = 'wasm32';

/**
 * The file's name.
 * @param stem what the files of the package begin with
 * @param platform such as `linux-x64`, or `everywhere`
 */
export const binaryName = (stem: string, platform: string): string =>
  `${stem}.${platform}.${platform === everywhere ? 'wasm' : 'node'}`;
