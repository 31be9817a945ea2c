import { dependencyRules } from './scripts/dependency-rules.ts';

export default dependencyRules();
