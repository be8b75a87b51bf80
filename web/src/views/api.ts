// What a list is narrowed to, as it stands in its page's address; and such a filter under a name.
export type ListPage = 'portfolio' | 'conversations';
export interface ListFilter {
  age?: string;
  order?: string;
  silence?: string;
  filter?: string;
  label?: string;
}
export interface SavedView {
  id: string;
  page: string;
  name: string;
  query: ListFilter;
  shared: boolean;
  own: boolean;
}
