/** The folder the overlays are written to. */
export {contentsOf, decideFiles, keptContents} from './edited-files.ts';
export {formerFiles} from './left-files.ts';
export {observeFiles} from './observe-files.ts';
export {writeFiles} from './write-files.ts';
