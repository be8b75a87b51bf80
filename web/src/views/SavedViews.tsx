// Filters of a list under a name: to go back to them, one's own and those that others share.
import { Button, Checkbox, Group, Menu, Stack, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconBookmark, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { get, getVersioned, patch, post, remove } from '../api/client';
import { useMay } from '../api/session';
import { useSay } from '../i18n';
import { Dialog } from '../ui/Dialog';
import { Trouble } from '../ui/Trouble';
import { useConflict } from '../ui/conflict';
import { toast, toastTrouble } from '../ui/toast';
import type { ListFilter, ListPage, SavedView } from './api';

// A new one of these filters, or one that is there.
function Edit({ page, filter, view, mark, close }: { page: ListPage; filter: ListFilter; view?: SavedView; mark: string; close: () => void }) {
  const say = useSay();
  const queries = useQueryClient();
  const mayShare = useMay('portfolio_write');
  const [saved, conflict] = useConflict();
  const [name, setName] = useState(view?.name ?? '');
  const [shared, setShared] = useState(view?.shared ?? false);
  const [wrong, setWrong] = useState<unknown>(null);
  const again = () => queries.invalidateQueries({ queryKey: ['saved-views'] });
  const submit = async () => {
    try {
      if (view) {
        if (!await saved(mark, (match) => patch(`saved-views/${view.id}`, { name: name.trim(), ...(mayShare && { shared }) }, match))) {
          await again();
          close();
          return;
        }
      } else {
        await post('saved-views', { page, name: name.trim(), query: filter, shared });
      }
      toast(say('views.saved'));
      await again();
      close();
    } catch (problem) {
      setWrong(problem);
    }
  };
  return (
    <>
      <Dialog onClose={close} title={say(view ? 'views.rename' : 'views.save')}>
        <form onSubmit={(event) => { event.preventDefault(); void submit(); }}>
          <Stack>
            {wrong !== null && <Trouble error={wrong} />}
            <TextInput label={say('views.name')} value={name} maxLength={60} onChange={(event) => setName(event.currentTarget.value)} required data-autofocus />
            {mayShare && <Checkbox label={say('views.shared')} checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>{say('action.cancel')}</Button>
              <Button type="submit" disabled={!name.trim()}>{say('views.keep')}</Button>
            </Group>
          </Stack>
        </form>
      </Dialog>
      {conflict}
    </>
  );
}

export function SavedViews({ page, filter, onChoose }: { page: ListPage; filter: ListFilter; onChoose: (filter: ListFilter) => void }) {
  const say = useSay();
  const queries = useQueryClient();
  const mayShare = useMay('portfolio_write');
  const query = useQuery({ queryKey: ['saved-views', page], queryFn: () => get<{ views: SavedView[] }>('saved-views', { page }) });
  const [editing, setEditing] = useState<{ view?: SavedView; mark: string } | null>(null);
  const views = query.data?.views ?? [];
  const edit = async (view: SavedView) => {
    try {
      const found = await getVersioned<SavedView>(`saved-views/${view.id}`);
      setEditing({ view: found.data, mark: found.version });
    } catch (problem) {
      toastTrouble(problem, say);
    }
  };
  const drop = async (view: SavedView) => {
    try {
      await remove(`saved-views/${view.id}`);
      await queries.invalidateQueries({ queryKey: ['saved-views'] });
      toast(say('views.gone', { name: view.name }), { name: say('action.undo'), act: () => {
        void post('saved-views', { page: view.page, name: view.name, query: view.query, shared: view.shared })
          .then(() => queries.invalidateQueries({ queryKey: ['saved-views'] }), (problem: unknown) => toastTrouble(problem, say));
      } });
    } catch (problem) {
      toastTrouble(problem, say);
    }
  };
  return (
    <>
      {editing && <Edit page={page} filter={filter} {...editing} close={() => setEditing(null)} />}
      <Menu position="bottom-start" width="min(22rem, 92vw)" withInitialFocusPlaceholder={false}>
        <Menu.Target><Button variant="default" leftSection={<IconBookmark size={16} />}>{say('views.title')}</Button></Menu.Target>
        <Menu.Dropdown>
          {views.map((view) => (
            <Group key={view.id} wrap="nowrap" gap={2}>
              <Menu.Item flex="1" onClick={() => onChoose(view.query)} rightSection={view.shared ? say('views.forAll') : undefined}>{view.name}</Menu.Item>
              {(view.own || mayShare) && (
                <>
                  <Menu.Item w="auto" aria-label={say('views.edit', { name: view.name })} onClick={() => void edit(view)}><IconPencil size={16} /></Menu.Item>
                  <Menu.Item w="auto" aria-label={say('views.drop', { name: view.name })} onClick={() => void drop(view)}><IconTrash size={16} /></Menu.Item>
                </>
              )}
            </Group>
          ))}
          <Menu.Item onClick={() => setEditing({ mark: '' })}>{say('views.save')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
