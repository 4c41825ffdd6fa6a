import type { WireComponent, WireMessage } from '../stand-in/wire.ts';
import { escaped, htmlOf } from './markdown.ts';

/** Discord's component types that the bot uses. */
const ACTION_ROW = 1;
const BUTTON = 2;
const SECTION = 9;
const TEXT_DISPLAY = 10;
const FILE = 13;
const SEPARATOR = 14;
const CONTAINER = 17;
/** `ButtonStyle.Primary` and `ButtonStyle.Danger`. */
const STYLES: Readonly<Record<number, string>> = { 1: 'primary', 4: 'danger' };

/** The components of a message as HTML. @throws {Error} for a component that the bot is not known to use */
export function messageHtml(message: WireMessage): string {
  return message.components.map((component) => componentHtml(component, message)).join('');
}

function componentHtml(component: WireComponent, message: WireMessage): string {
  const children = () => (component.components ?? []).map((each) => componentHtml(each, message)).join('');
  switch (component.type) {
    case CONTAINER: {
      const colour = (component.accent_color ?? 0).toString(16).padStart(6, '0');
      return `<div class="container" style="--accent: #${colour}">${children()}</div>`;
    }
    case TEXT_DISPLAY:
      return `<div class="text">${htmlOf(component.content ?? '')}</div>`;
    case SECTION: {
      const accessory = component.accessory ? componentHtml(component.accessory, message) : '';
      return `<div class="section"><div>${children()}</div>${accessory}</div>`;
    }
    case ACTION_ROW:
      return `<div class="row">${children()}</div>`;
    case BUTTON: {
      const name = STYLES[component.style ?? 0];
      const style = name === undefined ? '' : ` class="${name}"`;
      const off = component.disabled ? ' disabled' : '';
      return `<button type="button"${style}${off}>${escaped(component.label ?? '')}</button>`;
    }
    case SEPARATOR:
      return component.divider === false ? '<hr class="space">' : '<hr>';
    case FILE: {
      const name = component.file?.url.split('/').at(-1) ?? '';
      const size = message.attachments.find(({ filename }) => filename === name)?.size ?? 0;
      return `<div class="file">${escaped(name)}<small>${(size / 1024).toFixed(2)} KB</small></div>`;
    }
    default:
      throw new Error(`no HTML for a component of type ${component.type}`);
  }
}
