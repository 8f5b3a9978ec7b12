/** What cannot be carried, in words; a reason that has none here is told as it is. */
const WORDS: Record<string, string> = {
  answer_about_a_single_passage: "Answers about single passages, but for texts",
  answer_of_a_skip: "What was said before a skip",
  answer_of_another_kind: "Answers that are not of their question's kind",
  answer_without_a_counterpart: "Answers to questions of a kind that Goldsmith does not have",
  comments: "Comments",
  condition_of_a_question: "When a question is asked",
  extra_keys_of_a_turn: "What turns say beside who spoke and what",
  label_rewritten: "Labels that look like another or are not on one line, written in another way",
  label_shortened: "Labels that were too long, shortened",
  media_becomes_its_address: "Pictures, sound and film: only their address",
  passage_outside_of_its_text: "Marked passages that lie outside of their text",
  passage_over_several_turns: "Marked passages over several turns",
  passage_without_label_or_text: "Marked passages without a label or a text",
  question_about_a_single_passage: "Questions about single passages",
  question_without_a_counterpart: "Questions of a kind that Goldsmith does not have",
  relations_between_passages: "Relations between passages",
  result_of_a_kind_without_a_counterpart: "Marks of a kind that Goldsmith does not have",
  row_not_understood: "Rows that cannot be read",
  several_texts_joined: "Several texts in one answer, joined",
  value_not_understood: "Values that cannot be read",
};

export function lossInWords(reason: string): string {
  return WORDS[reason] ?? reason.replaceAll("_", " ").replace(/^./, (letter) => letter.toUpperCase());
}
