import { m } from '../../../messages/compiled/messages.js';
import type { BenchNotice } from '../../../state/bench/notice.ts';

/** Longer names of files are cut in their middle. */
const longestName = 44;

/** What happened and what to do; null for what is said elsewhere. */
export function noticeWords(notice: BenchNotice): string | null {
  const subject = isolated(shortened(notice.subject) || m.bench_image_origin_paste());
  const detail = isolated(notice.detail ?? '');
  switch (notice.code) {
    case 'empty-file':
      return m.bench_image_notice_empty_file({ subject });
    case 'file-too-large':
      return m.bench_image_notice_file_too_large({ subject });
    case 'file-unreadable':
      return m.bench_image_notice_file_unreadable({ subject });
    case 'too-many-pixels':
      return m.bench_image_notice_too_many_pixels({ subject, detail });
    case 'unsupported-type':
      return m.bench_image_notice_unsupported_type({ subject, detail });
    case 'not-an-image':
      return m.bench_image_notice_not_an_image({ subject });
    case 'nothing-dropped':
      return m.bench_image_notice_nothing_dropped();
    case 'image-cut-short':
      return m.bench_image_notice_image_cut_short({ subject });
    case 'image-damaged':
      return m.bench_image_notice_image_damaged({ subject });
    case 'sample-missing':
      return m.bench_image_notice_sample_missing();
    case 'dataset-unreadable':
      return m.bench_image_notice_dataset_unreadable();
    case 'camera-missing':
      return m.bench_image_notice_camera_missing();
    case 'camera-taken':
      return m.bench_image_notice_camera_taken();
    case 'camera-refused':
      return m.bench_image_notice_camera_refused();
    case 'camera-stopped':
      return m.bench_image_notice_camera_stopped();
    case 'computation-failed':
      return m.bench_image_notice_computation_failed({ detail });
    // Said where a bench is opened.
    case 'state-empty':
    case 'state-too-long':
    case 'state-foreign':
    case 'state-newer':
    case 'state-damaged':
      return null;
    default:
      return notice.code satisfies never;
  }
}

const letters = new Intl.Segmenter();

/** By letters as people count them: none is cut in two. */
function shortened(name: string): string {
  const all = Array.from(letters.segment(name), ({ segment }) => segment);
  if (all.length <= longestName) return name;
  return `${all.slice(0, longestName - 14).join('')}…${all.slice(-13).join('')}`;
}

/** Within a sentence of the other direction, a name keeps its own. */
function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}
