/** Every custom element that running text may hold, as one script: one file compresses better than six. */
import './term-popover.ts';
import './knowledge-check.ts';
import './number-prediction.ts';
import './lab-launch.ts';
