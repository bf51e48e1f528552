import { THEME_KEY } from '@/components/ui/theme-key';

/** Runs before the first paint, so that a chosen theme never flashes the other one. Carries the page's nonce. */
export const BOOT_SCRIPT = `try{const t=localStorage.getItem('${THEME_KEY}');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch{}`;
