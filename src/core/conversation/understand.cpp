#include "core/conversation/understand.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <string>

#include "base/phrase_index.h"
#include "base/text.h"
#include "core/conversation/amount_phrase.h"
#include "core/conversation/date_phrase.h"
#include "core/conversation/grave_words.h"
#include "core/conversation/heard.h"
#include "core/conversation/intent_features.h"
#include "core/conversation/intent_model.h"
#include "core/conversation/offer_choice.h"
#include "core/conversation/promise_words.h"
#include "core/conversation/service_words.h"

namespace puntual {
namespace {

constexpr std::string_view kAskedNames[] = {"", "identity", "date", "amount", "offer"};
constexpr std::string_view kReadingDecisionNames[] = {"act", "ask", "person"};

}  // namespace

std::string_view text_of(Asked asked) { return kAskedNames[static_cast<size_t>(asked)]; }
std::string_view text_of(ReadingDecision decision) {
  return kReadingDecisionNames[static_cast<size_t>(decision)];
}

std::optional<Asked> asked_of(std::string_view text) {
  const auto found = std::ranges::find(kAskedNames, text);
  return found == std::end(kAskedNames)
             ? std::nullopt
             : std::optional(static_cast<Asked>(found - std::begin(kAskedNames)));
}

namespace conversation {
namespace {

constexpr float kByRule = 0.97F;     // How sure a rule is, where it alone decides.
constexpr float kAlsoFrom = 0.4F;    // A further intent is named from this probability, or where a
                                     // clause alone says it surely.
constexpr float kPersonFrom = 0.5F;  // Together, of what only a person should answer.
constexpr float kWearyFrom = 0.05F;  // Of stop, complaint and insult together: a doubt stays one.
constexpr float kPlanFrom = 0.1F;    // Of a plan, beside "I cannot pay".
constexpr float kQuestionFrom = 0.95F;  // Together, of what they want of us.
constexpr double kNoteFrom = 0.5;  // Of a promise with a day, to ask whether it is to be noted.
constexpr float kExpected =
    4;  // An answer to what was asked is this much likelier than out of the blue.

float& of(IntentProbabilities& all, Intent one) { return all[static_cast<size_t>(one)]; }
float of(const IntentProbabilities& all, Intent one) { return all[static_cast<size_t>(one)]; }

bool is_for_person(Intent intent) {
  return intent == Intent::Deceased || intent == Intent::Complaint || intent == Intent::Insult ||
         intent == Intent::WantsPerson;
}

// What answers what the bot had asked.
std::vector<Intent> answers_to(Asked asked) {
  switch (asked) {
    case Asked::Nothing:
      return {};
    case Asked::Identity:
      return {Intent::Yes, Intent::No, Intent::WrongNumber, Intent::ThirdParty};
    case Asked::Date:
    case Asked::Amount:
      return {Intent::Promise, Intent::Yes, Intent::No, Intent::CannotPay};
    case Asked::Offer:
      return {Intent::Yes, Intent::No, Intent::WantsPlan};
  }
  return {};
}

void expect_answer(IntentProbabilities& all, Asked asked) {
  float total = 0;
  for (const auto one : answers_to(asked)) of(all, one) *= kExpected;
  for (const auto one : all) total += one;
  for (auto& one : all) one /= total;
}

// What the rules say that must be in the reading whatever the model thinks.
std::vector<Intent> never_missed(const RuleFindings& rules, bool has_dispute, Asked asked) {
  std::vector<Intent> found;
  if (has_dispute && !rules.death) found.push_back(Intent::Dispute);
  if (rules.stop == OptOutVerdict::Stop) found.push_back(Intent::Stop);
  if (rules.death) found.push_back(Intent::Deceased);
  if (asked == Asked::Identity) {
    switch (rules.identity) {
      case IdentityAnswer::None:
        break;
      case IdentityAnswer::Yes:
        found.push_back(Intent::Yes);
        break;
      case IdentityAnswer::No:
        found.push_back(Intent::No);
        break;
      case IdentityAnswer::WrongNumber:
        found.push_back(Intent::WrongNumber);
        break;
      case IdentityAnswer::OtherPerson:
        found.push_back(Intent::ThirdParty);
        break;
    }
  } else if (rules.identity == IdentityAnswer::WrongNumber ||
             rules.identity == IdentityAnswer::OtherPerson) {
    found.push_back(rules.identity == IdentityAnswer::WrongNumber ? Intent::WrongNumber
                                                                  : Intent::ThirdParty);
  }
  return found;
}

Intent likeliest(const IntentProbabilities& all) {
  return static_cast<Intent>(std::ranges::max_element(all) - all.begin());
}
bool is_sure_of(const IntentProbabilities& all, Intent one) {
  return of(all, one) >= intent_model().act_from[static_cast<size_t>(one)];
}

struct SaidIntent {
  Intent intent;
  float probability;
};

// What each clause says for itself: "ya pagué, y no me escriban más" says two things.
std::vector<SaidIntent> said_in_clauses(std::string_view text) {
  constexpr std::string_view kEnds = ".,;:!?\n";
  std::vector<SaidIntent> found;
  for (std::string_view rest = text; !rest.empty();) {
    const size_t end = std::min(rest.find_first_of(kEnds), rest.size());
    const auto clause = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (clause.size() == text.size() || clause.find_first_not_of(' ') == std::string_view::npos)
      continue;
    const auto all = probabilities(intent_model(), intent_features(clause, ask_rules(clause)));
    const Intent said = likeliest(all);
    if (said != Intent::Other && is_sure_of(all, said)) found.push_back({said, of(all, said)});
  }
  return found;
}

// "No debo nada, ¿y cuánto dicen que debo?": what is denied in so many words is denied, whatever is
// asked beside it. Who says that they have paid denies for that.
bool disputes_in_a_clause(std::span<const SaidIntent> clauses) {
  const auto says = [&](Intent one) {
    return std::ranges::find(clauses, one, &SaidIntent::intent) != clauses.end();
  };
  return says(Intent::Dispute) && !says(Intent::Paid);
}

// Of more weight than a courtesy: with a stop beside it, it is still what the message is about.
bool is_matter(Intent intent) {
  return intent != Intent::Stop && intent != Intent::Yes && intent != Intent::No &&
         intent != Intent::Thanks && intent != Intent::Greeting && intent != Intent::Other;
}

// What a sum that is wrong is said beside, and weighs as much: money that is looked for, a person
// who is called.
bool outweighs_dispute(Intent intent) {
  return intent == Intent::Paid || is_for_person(intent) || intent == Intent::WrongNumber ||
         intent == Intent::ThirdParty;
}

// "No tengo plata, ¿puedo en dos partes?": two words for one wish, which is the plan.
void prefer_plan(const IntentProbabilities& all, bool names_parts, Reading& reading) {
  if (reading.intent != Intent::CannotPay && reading.intent != Intent::WantsPlan) return;
  const bool is_both =
      reading.says(Intent::CannotPay) &&
      (reading.says(Intent::WantsPlan) || of(all, Intent::WantsPlan) >= kPlanFrom || names_parts);
  if (!is_both && reading.intent == Intent::CannotPay) return;
  reading.confidence =
      std::max<double>(reading.confidence, of(all, Intent::CannotPay) + of(all, Intent::WantsPlan));
  if (reading.intent == Intent::WantsPlan) return;
  reading.intent = Intent::WantsPlan;
  std::erase(reading.also, Intent::WantsPlan);
  reading.also.insert(reading.also.begin(), Intent::CannotPay);
}

// The likeliest first; where the model is not sure of it, what a rule says of the whole message. A
// number that is "wrong" where nobody had asked who they are may be an invoice's, and somebody's
// mother may ask how much: such a rule only adds.
void choose_intents(const Utterance& utterance, const IntentProbabilities& all,
                    std::span<const SaidIntent> clauses, const std::vector<Intent>& by_rule,
                    Reading& reading) {
  reading.intent = likeliest(all);
  reading.confidence = of(all, reading.intent);
  const bool rule_leads =
      !by_rule.empty() &&
      ((by_rule.front() != Intent::WrongNumber && by_rule.front() != Intent::ThirdParty) ||
       utterance.asked == Asked::Identity);
  const bool is_disputed =
      rule_leads && by_rule.front() == Intent::Dispute && !outweighs_dispute(reading.intent);
  if (rule_leads && (is_disputed || !is_sure_of(all, reading.intent)))
    reading.intent = by_rule.front();
  if (rule_leads && reading.intent == by_rule.front()) {
    reading.confidence = std::max<double>(reading.confidence, kByRule);
    const auto matter = std::ranges::find_if(
        clauses, [](const SaidIntent& said) { return is_matter(said.intent); });
    if (reading.intent == Intent::Stop && matter != clauses.end()) {
      reading.intent = matter->intent;
      reading.confidence = matter->probability;
    }
  }
  const auto add = [&](Intent one) {
    if (!reading.says(one) && reading.also.size() < 2) reading.also.push_back(one);
  };
  std::ranges::for_each(by_rule, add);
  if (utterance.asked == Asked::Identity && reading.intent == Intent::Yes) return;
  for (const auto& said : clauses) add(said.intent);
  for (size_t k = 0; k < kIntents; ++k) {
    if (all[k] >= kAlsoFrom && static_cast<Intent>(k) != Intent::Other) add(static_cast<Intent>(k));
  }
}

// "es_CO": "CO"; empty where the locale names none.
std::string_view country_of(std::string_view locale) {
  return locale.size() == 5 ? locale.substr(3) : std::string_view();
}

// When, how much, in how many parts.
void read_terms(const Utterance& utterance, Reading& reading) {
  const Phrase phrase(utterance.text);
  reading.date = date_in(phrase, {.today = utterance.today,
                                  .is_portuguese = utterance.locale.starts_with("pt"),
                                  .country = country_of(utterance.locale),
                                  .was_asked = utterance.asked == Asked::Date,
                                  .has_paid = reading.intent == Intent::Paid});
  const AmountContext context{.currency = utterance.currency,
                              .balance_minor = utterance.balance_minor,
                              .was_asked = utterance.asked == Asked::Amount};
  const bool is_odd = names_odd_amount(phrase, context);
  reading.amount_minor = is_odd ? std::nullopt : amount_in(phrase, context);
  reading.instalments = instalments_in(phrase);
  reading.is_part = !reading.amount_minor && (is_odd || names_a_part(phrase));
  reading.is_tentative = reading.date && utterance.asked != Asked::Date &&
                         reading.intent != Intent::Paid && tells_only_of_income(phrase);
  reading.takes_back = !reading.date && takes_back(phrase);
  if (reading.date && reading.intent == Intent::Promise && !reading.amount_minor && !is_odd &&
      pays_a_bare_number(phrase)) {
    reading.guess_minor = bare_sum(phrase, {.today = utterance.today,
                                            .country = country_of(utterance.locale),
                                            .currency = utterance.currency,
                                            .balance_minor = utterance.balance_minor});
    reading.is_tentative = reading.is_tentative || reading.guess_minor;
  }
  const DateContext named{.today = utterance.today,
                          .is_portuguese = utterance.locale.starts_with("pt"),
                          .country = country_of(utterance.locale)};
  if (reading.takes_back && reading.intent == Intent::Promise && !looks_ahead(phrase) &&
      names_a_day(phrase, named)) {
    // A day on which they cannot pay is no promise, and to ask for another would be no answer.
    reading.intent = Intent::CannotPay;
    reading.confidence = std::max<double>(reading.confidence, kByRule);
    std::erase(reading.also, Intent::CannotPay);
  }
}

// "La mitad el 5 y la mitad el 20": each part has its day and its sum, and one of them alone is not
// what they promise. That is a plan of so many parts, and where all sums are said nothing is left
// to ask. "Ya pagué la mitad y el resto el viernes" is a claim and a promise.
void read_parts(const Utterance& utterance, Reading& reading) {
  if (reading.intent != Intent::Promise && reading.intent != Intent::WantsPlan &&
      reading.intent != Intent::Paid)
    return;
  const PartsContext context{.today = utterance.today,
                             .is_portuguese = utterance.locale.starts_with("pt"),
                             .country = country_of(utterance.locale),
                             .currency = utterance.currency,
                             .balance_minor = utterance.balance_minor};
  SaidParts said = parts_in(utterance.text, context);
  if (said.rest_on) {
    if (reading.intent == Intent::Paid && (!reading.date || *reading.date == *said.rest_on - 7))
      reading.date = said.rest_on;  // Not the day of the same name that has passed.
    reading.rest_on = said.rest_on;
    reading.intent = Intent::Paid;
    reading.is_part = false;
    std::erase(reading.also, Intent::Paid);
    if (!reading.says(Intent::Promise)) reading.also.insert(reading.also.begin(), Intent::Promise);
    if (reading.also.size() > 2) reading.also.resize(2);
    return;
  }
  if (said.parts.size() < 2 || reading.intent == Intent::Paid) return;
  reading.intent = Intent::WantsPlan;
  std::erase(reading.also, Intent::WantsPlan);
  reading.date = said.parts.front().due_on;
  reading.instalments = static_cast<int32_t>(said.parts.size());
  reading.amount_minor = said.parts.front().amount_minor;
  reading.is_part = false;
  if (said.is_complete() && reading.decision == ReadingDecision::Ask)
    reading.decision = ReadingDecision::Act;
  reading.parts = std::move(said.parts);
  reading.is_tentative = said.is_guess;
}

// "Deme hasta el viernes", "me dá até sexta".
bool asks_for_time(const Phrase& phrase) {
  for (size_t at = 0; at < phrase.size(); ++at) {
    const bool is_wish =
        phrase.is(at, "deme|dame|denme|espereme|esperame|esperenme|aguanteme|aguantame") ||
        phrase.is_run(at, {"me", "da|dan|das|de|den|espera|esperan|aguanta"});
    if (is_wish && phrase.has(at, std::min(at + 4, phrase.size()), "hasta|ate")) return true;
  }
  return false;
}

// A date where the date was asked for or time is, or in answer to offers, a sum where the sum was,
// and no more: that is a promise.
void take_bare_answer(const Utterance& utterance, Reading& reading) {
  const bool has_date =
      reading.date && (utterance.asked == Asked::Date || utterance.asked == Asked::Offer ||
                       asks_for_time(Phrase(utterance.text)));
  const bool is_formal = reading.date &&
                         (reading.intent == Intent::Promise || reading.intent == Intent::Other) &&
                         promises_formally(Phrase(utterance.text));
  if (is_formal) {
    reading.intent = Intent::Promise;
    reading.confidence = kByRule;
  }
  const bool is_answer = has_date || (utterance.asked == Asked::Amount && reading.amount_minor);
  const bool is_sure =
      reading.confidence >= intent_model().act_from[static_cast<size_t>(reading.intent)];
  const bool is_short = std::ranges::count(utterance.text, ' ') <= 5;
  // "50 conto sexta": a sum and a day, and nothing else that is sure; to be asked.
  if (reading.intent == Intent::Other && !is_sure && is_short && reading.amount_minor &&
      reading.date && *reading.date >= utterance.today) {
    reading.intent = Intent::Promise;
    reading.confidence = kNoteFrom;
  }
  if (!is_answer || is_sure || !is_short) return;
  reading.intent = Intent::Promise;
  reading.confidence = kByRule;
  std::erase(reading.also, Intent::Promise);
  read_terms(utterance, reading);
}

// Words that mean the service, or an illness at home, where they look like a payment or like
// somebody else. What only a person can answer goes to one; what may be both is asked.
void read_service(const Utterance& utterance, const RuleFindings& rules, Reading& reading) {
  const auto take = [&](Intent intent) {
    reading.intent = intent;
    reading.confidence = std::max<double>(reading.confidence, kByRule);
    std::erase(reading.also, intent);
  };
  const bool is_identity = utterance.asked == Asked::Identity ||
                           rules.identity == IdentityAnswer::OtherPerson ||
                           rules.identity == IdentityAnswer::WrongNumber;
  const bool may_be_hardship =
      reading.intent == Intent::ThirdParty || reading.intent == Intent::CannotPay ||
      reading.intent == Intent::Other || reading.intent == Intent::Greeting ||
      reading.intent == Intent::AsksBalance;
  if (may_be_hardship && !is_identity && !rules.death && tells_of_illness(utterance.text)) {
    take(Intent::CannotPay);
    std::erase(reading.also, Intent::ThirdParty);
  }
  if (reading.says(Intent::Stop) || reading.says(Intent::Deceased)) return;
  const bool is_of_paying = reading.intent == Intent::Paid || reading.intent == Intent::Dispute ||
                            reading.intent == Intent::Other || reading.intent == Intent::Promise;
  if (is_of_paying &&
      service_said(utterance.text, utterance.locale.starts_with("pt")) == ServiceSaid::Ended)
    take(Intent::Dispute);
}

// "¿Cuánto debo, y puedo en dos partes?": what they want of us, where any of it answered first does
// no harm.
constexpr Intent kQuestions[] = {Intent::WantsPlan, Intent::WantsToPay, Intent::AsksBalance,
                                 Intent::AsksInvoice};

bool is_surely_a_question(const Reading& reading, const IntentProbabilities& all) {
  if (std::ranges::find(kQuestions, reading.intent) == std::end(kQuestions)) return false;
  float together = 0;
  for (const auto one : kQuestions) together += of(all, one);
  return together >= kQuestionFrom;
}

ReadingDecision decide_on(const Utterance& utterance, const Reading& reading,
                          const IntentProbabilities& all, const RuleFindings& rules) {
  float for_person = 0;
  for (size_t k = 0; k < kIntents; ++k) {
    if (is_for_person(static_cast<Intent>(k))) for_person += all[k];
  }
  const bool is_disputed = reading.intent == Intent::Dispute &&
                           reading.confidence >= kByRule;  // A person sees it, and reminders rest.
  if (rules.death || (for_person >= kPersonFrom && !is_disputed)) return ReadingDecision::Person;
  switch (service_said(utterance.text, utterance.locale.starts_with("pt"))) {
    case ServiceSaid::MaybeEnded:
      if (reading.intent == Intent::Paid)
        return ReadingDecision::Ask;
      else
        break;
    case ServiceSaid::Sale:
      if (reading.intent == Intent::AsksBalance || reading.intent == Intent::AsksInvoice ||
          reading.intent == Intent::Other || reading.intent == Intent::WantsPlan)
        return ReadingDecision::Person;
      else
        break;
    case ServiceSaid::Repair:
      if (reading.intent == Intent::WantsPlan || reading.intent == Intent::Other)
        return ReadingDecision::Person;
      else
        break;
    case ServiceSaid::Ended:
    case ServiceSaid::Nothing:
      break;
  }
  if (reading.intent == Intent::Paid && rules.stop == OptOutVerdict::None &&
      misses_the_service(utterance.text))
    return ReadingDecision::Act;  // Looked for, and a person is called.
  const bool is_sure =
      reading.confidence >= intent_model().act_from[static_cast<size_t>(reading.intent)] ||
      is_surely_a_question(reading, all);
  // A doubt whether they want silence is no permission to go on: a person reads it.
  if (rules.stop == OptOutVerdict::Doubt && !(is_sure && reading.intent != Intent::Other))
    return ReadingDecision::Person;
  return is_sure ? ReadingDecision::Act : ReadingDecision::Ask;
}

}  // namespace

Reading understand(const Utterance& utterance) {
  Reading reading;
  if (utterance.text.find_first_not_of(" \n") == std::string_view::npos) return reading;
  const RuleFindings rules = ask_rules(utterance.text);
  auto all = probabilities(intent_model(), intent_features(utterance.text, rules));
  expect_answer(all, utterance.asked);
  const Sign sign = sign_of(utterance.text);
  const Choice choice = utterance.asked == Asked::Offer ? choice_of(utterance.text) : Choice{};
  reading.choice = choice.number;
  if (choice.number || choice.takes) {
    reading.intent = Intent::Yes;
    reading.confidence = kByRule;
  } else if (sign != Sign::None) {
    reading.intent = sign == Sign::Yes ? Intent::Yes : Intent::Thanks;
    reading.confidence = kByRule;
  } else if (asks_who_writes(utterance.text)) {
    reading.intent = Intent::Greeting;
    reading.confidence = kByRule;
  } else {
    const auto clauses = said_in_clauses(utterance.text);
    const bool has_dispute = disputes_the_sum(utterance.text) ||
                             withholds_for_service(utterance.text) ||
                             (disputes_in_a_clause(clauses) && !outweighs_dispute(likeliest(all)));
    choose_intents(utterance, all, clauses, never_missed(rules, has_dispute, utterance.asked),
                   reading);
  }
  if (!reading.choice) read_terms(utterance, reading);  // "El 2" is no date then.
  prefer_plan(all, reading.instalments.has_value(), reading);
  take_bare_answer(utterance, reading);
  read_service(utterance, rules, reading);
  if (rules.identity == IdentityAnswer::Yes)
    std::erase(reading.also, Intent::ThirdParty);  // "Sí, soy yo", before anybody has asked.
  reading.decision = decide_on(utterance, reading, all, rules);
  read_parts(utterance, reading);
  // Half sure, and with a day: to ask whether it is to be noted is a better question than what they
  // mean.
  const bool is_half_sure = reading.decision == ReadingDecision::Ask &&
                            reading.intent == Intent::Promise && reading.confidence >= kNoteFrom &&
                            !reading.says(Intent::Paid) && !reading.says(Intent::Dispute);
  if (is_half_sure && reading.date && *reading.date >= utterance.today) reading.is_tentative = true;
  return reading;
}

OptOutVerdict wish_for_silence(std::string_view text, std::string_view payload) {
  const OptOutVerdict verdict = opt_out_of(text, payload);
  if (verdict != OptOutVerdict::Doubt) return verdict;
  const auto all = probabilities(intent_model(), intent_features(text, ask_rules(text)));
  const Intent said = likeliest(all);
  // Who has ended the contract says so of the contract; that is a dispute, for which reminders rest
  // as well.
  const bool is_of_service = service_said(text, false) == ServiceSaid::Ended;
  if (is_of_service && said != Intent::Stop && said != Intent::Complaint && said != Intent::Insult)
    return OptOutVerdict::None;
  const bool may_be_weary =
      of(all, Intent::Stop) + of(all, Intent::Complaint) + of(all, Intent::Insult) >= kWearyFrom;
  const bool is_other_matter =
      is_sure_of(all, said) &&
      (said == Intent::Thanks ||
       (is_matter(said) && said != Intent::WrongNumber && said != Intent::Deceased));
  return is_other_matter && !may_be_weary ? OptOutVerdict::None : OptOutVerdict::Doubt;
}

Reading taken_for(Intent intent, const Utterance& utterance, Reading reading) {
  reading.intent = intent;
  reading.decision = ReadingDecision::Act;
  std::erase(reading.also, intent);
  read_terms(utterance, reading);
  read_parts(utterance, reading);
  return reading;
}

}  // namespace conversation
}  // namespace puntual
