// What the server says of texts that people edit: strategies and templates (docs/api/strategies.json).
export interface Finding {
  line: number;
  detail: string;
  error: boolean;
  code: string;
}
export interface TextDraft {
  name: string;
  draft: { text: string; editors: string[]; edited_at: string; approved_by: string } | null;
  in_force: string | null;
  four_eyes: boolean;
}
export interface DraftNote {
  name: string;
  editors: string[];
  edited_at: string;
  approved_by: string;
}
export interface EditionNote {
  number: number;
  name: string;
  why: string;
  editors: string[];
  approved_by: string;
  launched_by: string;
  launched_at: string;
  people: number;
}
export interface Edition {
  number: number;
  name: string;
  text: string;
}
