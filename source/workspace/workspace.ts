/** The folder the overlays are written to. */
export {observeFiles} from './observe-files.ts';
export {writeFiles} from './write-files.ts';
