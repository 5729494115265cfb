/** Id of the check that every lab begins with. */
export const DEPLOY_CHECK_ID = 'deploys';
