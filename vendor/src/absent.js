// Stands in for parts of hls.js that are switched off.
export default undefined;
