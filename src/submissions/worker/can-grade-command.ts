// Ends without a fault where whoever runs it may read the program and start Chromium.
import { accessSync, constants } from 'node:fs';
import { findChromium } from '#platform/chromium.ts';

accessSync(findChromium(), constants.X_OK);
