// Ends without a fault where whoever runs it may read the program and start Chromium.
import { execFileSync } from 'node:child_process';
import { findChromium } from '#platform/chromium.ts';

execFileSync(findChromium(), ['--version']);
