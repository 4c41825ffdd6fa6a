import type { Form } from './form.ts';
import type { WireAttachment, WireComponent } from './wire.ts';

const MAX_COMPONENTS = 40;
const MAX_TEXT_CHARACTERS = 4_000;
const MAX_ROWS = 5;
/** Types allowed at the top without the Components V2 flag: action rows. */
const ROW = 1;
const TOP_LEVEL_V2 = new Set([1, 9, 10, 12, 13, 14, 17]);
const IN_CONTAINER = new Set([1, 9, 10, 12, 13, 14]);
const BUTTON = 2;
const LINK = 5;

interface Walk {
  readonly form: Form;
  readonly customIds: Set<string>;
  readonly ids: Set<number>;
  count: number;
  characters: number;
}

/** All components in `components`, nested ones included, in reading order. */
export function allComponents(components: readonly WireComponent[]): WireComponent[] {
  return components.flatMap((component) => [
    component,
    ...allComponents(component.components ?? []),
    ...allComponents([component.component, component.accessory].filter((child) => child !== undefined)),
  ]);
}

/** Checks a message's components against Discord's rules; `v2` with the Components V2 flag. */
export function checkComponents(form: Form, components: readonly WireComponent[], v2: boolean): void {
  const walk: Walk = { form, customIds: new Set(), ids: new Set(), count: 0, characters: 0 };
  if (!v2) form.count(['components'], components, 0, MAX_ROWS);
  for (const [index, component] of components.entries()) {
    const path = ['components', index];
    if (v2 ? TOP_LEVEL_V2.has(component.type) : component.type === ROW) visit(walk, component, path);
    else form.refuse([...path, 'type'], 'UNION_TYPE_CHOICES', `Type ${component.type} is not allowed here.`);
  }
  if (walk.count > MAX_COMPONENTS) {
    const words = `The message's component count exceeds the maximum of ${MAX_COMPONENTS}.`;
    form.refuse(['components'], 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', words);
  }
  if (walk.characters > MAX_TEXT_CHARACTERS) {
    const words = `The message's text displays hold ${walk.characters} characters of ${MAX_TEXT_CHARACTERS}.`;
    form.refuse(['components'], 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED', words);
  }
}

function visit(walk: Walk, component: WireComponent, path: (string | number)[]): void {
  const { form } = walk;
  walk.count += 1;
  if (component.id) {
    if (walk.ids.has(component.id))
      form.refuse([...path, 'id'], 'COMPONENT_ID_DUPLICATED', 'Id is not unique.');
    walk.ids.add(component.id);
  }
  checkOne(walk, component, path);
  for (const [index, child] of (component.components ?? []).entries()) {
    const at = [...path, 'components', index];
    const allowed = component.type !== 17 || IN_CONTAINER.has(child.type);
    if (allowed) visit(walk, child, at);
    else form.refuse([...at, 'type'], 'UNION_TYPE_CHOICES', `Type ${child.type} is not allowed here.`);
  }
  if (component.accessory) visit(walk, component.accessory, [...path, 'accessory']);
}

function checkOne(walk: Walk, component: WireComponent, path: (string | number)[]): void {
  const { form } = walk;
  switch (component.type) {
    case ROW:
      checkRow(form, component, path);
      break;
    case BUTTON:
      checkButton(walk, component, path);
      break;
    case 3:
    case 5:
    case 6:
    case 7:
    case 8:
      checkCustomId(walk, component, path);
      form.text([...path, 'placeholder'], component.placeholder, 0, 150);
      if (component.type === 3) checkOptions(form, component, path);
      break;
    case 9:
      form.count([...path, 'components'], component.components, 1, 3);
      if (!component.accessory) form.text([...path, 'accessory'], '', 1, 1);
      break;
    case 10:
      form.text([...path, 'content'], component.content, 1, MAX_TEXT_CHARACTERS);
      walk.characters += component.content?.length ?? 0;
      break;
    case 12:
      form.count([...path, 'items'], component.items, 1, 10);
      break;
    case 17:
      form.count([...path, 'components'], component.components, 1, MAX_COMPONENTS);
  }
}

function checkRow(form: Form, row: WireComponent, path: (string | number)[]): void {
  const children = row.components ?? [];
  const buttons = children.filter(({ type }) => type === BUTTON).length;
  form.count([...path, 'components'], children, 1, 5);
  if (
    buttons === children.length ||
    (children.length === 1 && [3, 5, 6, 7, 8].includes(children[0]?.type ?? 0))
  )
    return;
  form.refuse(
    [...path, 'components'],
    'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
    'A row holds buttons or one select.',
  );
}

function checkButton(walk: Walk, button: WireComponent, path: (string | number)[]): void {
  walk.form.text([...path, 'label'], button.label, button.emoji ? 0 : 1, 80);
  if (button.style !== LINK) {
    checkCustomId(walk, button, path);
    return;
  }
  walk.form.text([...path, 'url'], button.url, 1, 512);
  if (button.custom_id)
    walk.form.refuse(path, 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE', 'url or custom_id');
}

function checkCustomId({ form, customIds }: Walk, component: WireComponent, path: (string | number)[]): void {
  const id = component.custom_id ?? '';
  form.text([...path, 'custom_id'], id, 1, 100);
  const words = 'Component custom id cannot be duplicated';
  if (customIds.has(id)) form.refuse([...path, 'custom_id'], 'COMPONENT_CUSTOM_ID_DUPLICATED', words);
  customIds.add(id);
}

function checkOptions(form: Form, select: WireComponent, path: (string | number)[]): void {
  form.count([...path, 'options'], select.options, 1, 25);
  for (const [index, option] of (select.options ?? []).entries()) {
    form.text([...path, 'options', index, 'label'], option.label, 1, 100);
    form.text([...path, 'options', index, 'value'], option.value, 1, 100);
    form.text([...path, 'options', index, 'description'], option.description, 0, 100);
  }
}

/** The components as Discord answers them: each with an id, defaults filled in, files with their links. */
export function storedComponents(
  components: readonly WireComponent[],
  attachments: readonly WireAttachment[],
): WireComponent[] {
  const taken = new Set(allComponents(components).flatMap(({ id }) => id || []));
  let next = 0;
  const freshId = () => {
    do next += 1;
    while (taken.has(next));
    return next;
  };
  const media = ({ url }: { url: string }) => {
    const file = attachments.find(({ filename }) => url === `attachment://${filename}`);
    const link = file?.url ?? url;
    return { id: file?.id ?? '0', url: link, proxy_url: link, ...(file && { attachment_id: file.id }) };
  };
  const store = (component: WireComponent): WireComponent => {
    const stored: WireComponent = {
      ...defaults(component),
      ...withoutNulls(component),
      id: component.id || freshId(),
    };
    if (component.components) stored.components = component.components.map(store);
    if (component.accessory) stored.accessory = store(component.accessory);
    if (component.media) stored.media = media(component.media);
    if (component.items) {
      stored.items = component.items.map((item) => ({
        media: media(item.media),
        description: item.description ?? null,
        spoiler: item.spoiler ?? false,
      }));
    }
    if (component.file) {
      const link = media(component.file);
      const file = attachments.find(({ id }) => id === link.attachment_id);
      Object.assign(stored, { file: link, name: file?.filename ?? null, size: file?.size ?? null });
    }
    return stored;
  };
  return components.map(store);
}

function defaults({ type }: WireComponent): Partial<WireComponent> {
  if (type === 3) return { min_values: 1, max_values: 1 };
  if (type === 11) return { description: null, spoiler: false };
  if (type === 13) return { spoiler: false };
  if (type === 14) return { spacing: 1, divider: true };
  if (type === 17) return { accent_color: null, spoiler: false };
  return {};
}

function withoutNulls(component: WireComponent): WireComponent {
  const kept = Object.entries(component).filter(([, value]) => value !== null);
  return Object.fromEntries(kept) as WireComponent;
}
