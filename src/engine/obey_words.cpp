#include "engine/obey_words.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/failpoint.h"
#include "core/conversation/grave_words.h"
#include "core/conversation/opt_out.h"
#include "core/conversation/promise_words.h"
#include "core/conversation/understand.h"
#include "engine/answer.h"
#include "engine/contact_facts.h"
#include "engine/identify.h"
#include "engine/note.h"
#include "engine/person_commands.h"
#include "engine/rights.h"
#include "engine/take_effect.h"
#include "engine/take_over.h"

namespace puntual::engine {
namespace {

using store::TaskKind;

constexpr std::string_view kPage = "page";

Reading reading_of(std::string_view words, const Debtor& debtor, const Creditor& creditor,
                   Instant now) {
  return conversation::understand({.text = words,
                                   .today = home_zone(debtor, creditor).local(now).date,
                                   .locale = locale_of(debtor, creditor),
                                   .currency = creditor.currency});
}

// One person's words while they are obeyed.
class Obeying {
 public:
  Obeying(Tx& tx, const Desk& desk, const Creditor& creditor, const Debtor& person,
          const Said& said, Instant now)
      : tx_(tx), desk_(desk), creditor_(creditor), person_(person), said_(said), now_(now) {}

  Obeyed obey() {
    Obeyed obeyed{.stop = hear_stop()};
    if (!said_.payload.empty()) return obeyed;
    obeyed.death = conversation::tells_of_a_death(said_.text);
    if (obeyed.death) hear_death();
    if (obeyed.death || !said_.is_believed || person_.is_stranger) return obeyed;
    obeyed.danger = conversation::tells_of_danger_of_life(said_.text);
    if (obeyed.danger) hear_danger(obeyed.stop);
    if (obeyed.stop) open_what_else_is_said();
    obeyed.right = hear_right();
    obeyed.insolvency = conversation::tells_of_insolvency(said_.text);
    if (obeyed.insolvency) hear_insolvency();
    obeyed.child = conversation::is_a_child(said_.text);
    if (obeyed.child) hear_child();
    return obeyed;
  }

 private:
  // A stop acts at once; a doubt holds everything back until a person has looked.
  bool hear_stop() {
    const OptOutVerdict verdict = conversation::wish_for_silence(said_.text, said_.payload);
    const bool sure = verdict == OptOutVerdict::Stop;
    const bool wants_call = sure && conversation::invites_a_call(said_.text);
    const bool is_channel = said_.payload.empty() &&
                            (sure ? wants_call : conversation::wants_other_channel(said_.text));
    if (verdict == OptOutVerdict::None && !is_channel) return false;
    if (!sure && !is_channel && is_silenced_by_right()) return false;
    const DebtorId id = person_.id;
    const auto before = tx_.permissions.opt_outs(creditor_.id, id);
    const bool is_first = std::ranges::all_of(
        before, [](const store::OptOut& one) { return one.through == "doubt"; });
    const std::string_view way = said_.through == kPage  ? kPage
                                 : said_.payload.empty() ? "word"
                                                         : "button";
    const store::OptOut stop{.channel = is_channel ? "whatsapp" : "all",
                             .at = said_.at,
                             .through = std::string(!sure && !is_channel ? "doubt" : way),
                             .words = std::string(said_.text)};
    note_stop(id, stop, is_channel ? "whatsapp" : sure ? "" : "a person must look");
    failpoint("inbox.stop_heard");
    const std::string_view why = code_of(is_channel ? Reason::OptOutChannel : Reason::OptOutAll);
    for (const auto message : tx_.outbox.cancel_planned(creditor_.id, id, false, now_, why))
      note_cancelled(tx_, creditor_.id, id, message, now_, why);
    if (is_channel) {
      ask(TaskKind::WantsPerson,
          wants_call
              ? "Pide que se le llame, en las horas de ley, y por WhatsApp ya no se le escribe"
              : "Pide que se le busque por otro medio, y por WhatsApp ya no se le escribe");
      if (wants_call) stop_all_there(stop);
    } else {
      if (!sure)
        ask(TaskKind::StopDoubt,
            conversation::limits_contact(said_.text)
                ? "Pide que no se le escriba a ciertas horas o en otro lugar; mientras alguien lo "
                  "anota (puntual person hours) no se le escribe"
                : "Puede ser una baja, y hasta que alguien lo mire no se le escribe");
      stop_all_there(stop);
    }
    // The page confirms it itself.
    const bool may_ask =
        said_.payload.empty() && conversation::may_mean_to_pay(said_.text) && may_hear_of_payment();
    const bool is_right = is_silenced_by_right();
    if (!is_channel && !is_right && may_ask && (sure ? is_first : before.empty()))
      ask_which();
    else if ((sure || is_channel) && is_first && said_.through != kPage)
      is_right ? confirm_stop("baja_datos_v1") : confirm_stop();
    else if (!sure && before.empty() && complains_of_us())
      answer_complaint();
    return true;
  }

  void note_stop(DebtorId id, const store::OptOut& stop, std::string_view detail) {
    tx_.permissions.opt_out(creditor_.id, id, stop);
    const bool is_doubt = stop.through == "doubt";
    note(tx_, creditor_.id, id, now_, is_doubt ? "opt_out_doubt" : "opted_out", detail);
    tx_.debtors.review_now(creditor_.id, id, now_);
  }

  // Who says stop says it for the phone in their hand: it holds for all that are reached on it,
  // whatever becomes of it.
  void stop_all_there(store::OptOut stop) {
    if (stop.through != "doubt") stop.through = "shared_phone";
    for (const auto& other : tx_.debtors.kin(person_)) note_stop(other.id, stop, "shared_phone");
  }

  // Once, as free text: the person has just written, so the service window is open. Who has said
  // stop, been allowed again and says stop once more hears it once more.
  void confirm_stop(std::string_view template_name = "baja_confirmada_v1") {
    const auto times = tx_.permissions.all_opt_outs(creditor_.id, person_.id).size();
    answer_now(tx_, desk_, creditor_, person_.id,
               {.template_name = template_name,
                .purpose = Purpose::OptOutAck,
                .step = "optout_ack",
                .dedupe_key = fmt::format("optout_ack:{}:{}", person_.id.value, times)},
               now_);
  }

  // "Los voy a denunciar por acoso" asks for no silence, and gets it; who hears nothing at all
  // thinks that nobody has read it. "Si me vuelven a escribir los denuncio" is obeyed to the
  // letter.
  [[nodiscard]] bool complains_of_us() const {
    return said_.through != kPage && said_.payload.empty() && said_.is_believed &&
           !person_.is_stranger && conversation::speaks_of_the_law(said_.text) &&
           !conversation::warns_us_off(said_.text) && !conversation::tells_of_a_death(said_.text) &&
           !conversation::tells_of_danger_of_life(said_.text);
  }
  void answer_complaint() {
    answer_now(tx_, desk_, creditor_, person_.id,
               {.template_name = "respuesta_acoso_v1",
                .purpose = Purpose::OptOutAck,
                .step = "optout_ack",
                .dedupe_key = fmt::format("complaint:{}:{}", person_.id.value, said_.where),
                .locale = spoken_locale(tx_, person_, creditor_)},
               now_);
  }

  // "Quiero cancelar", "cancelar": they hear that nothing more is written, and that they can pay;
  // "Quiero pagar" takes the doubt back (hear_message.cpp). Whoever is not proven hears of no
  // payment.
  [[nodiscard]] bool may_hear_of_payment() {
    return said_.through != kPage && said_.is_believed && !person_.is_stranger &&
           address_in_use(tx_, person_).state == AddressState::Confirmed;
  }
  void ask_which() {
    answer_now(
        tx_, desk_, creditor_, person_.id,
        {.template_name = "baja_o_pago_v1",
         .purpose = Purpose::OptOutAck,
         .step = "optout_ack",
         .dedupe_key = fmt::format("optout_ask:{}:{}", person_.id.value,
                                   tx_.permissions.all_opt_outs(creditor_.id, person_.id).size())},
        now_);
  }

  // Of whom they speak only a person can tell: all that are reached on this number wait until one
  // has looked (puntual person unflag … deceased), whether the number is proven or not. Nothing is
  // answered.
  void hear_death() {
    for (const auto one : all_there()) {
      if (flag(one, CaseFlag::Deceased))
        note(tx_, creditor_.id, one, now_, "deceased_doubt", "a person must look");
    }
    ask(TaskKind::Death, fmt::format("{}, y hasta que alguien lo mire no se escribe a este número",
                                     title_es(TaskKind::Death)));
  }

  // No machine talks with who may do themselves harm: one sentence, nothing of a debt, and a person
  // at once.
  void hear_danger(bool has_stopped) {
    hand_off(tx_, desk_.settings, creditor_.id, person_.id, TaskKind::MustRead,
             told("Habla de quitarse la vida o de un peligro de muerte: léalo ya"), said_.through,
             now_);
    if (has_stopped || said_.through == kPage) return;
    answer_now(tx_, desk_, creditor_, person_.id,
               {.template_name = "respuesta_vida_v1",
                .step = "reply",
                .dedupe_key = fmt::format("danger:{}:{}", person_.id.value, said_.where),
                .buttons_max = 0,
                .locale = spoken_locale(tx_, person_, creditor_)},
               now_);
  }

  // "Ya pagué, y no me escriban más": the stop silences us, and not what is said beside it. Nothing
  // is answered to that.
  void open_what_else_is_said() {
    const auto matters = matters_beside_stop();
    for (const Move move : matters)
      take_effect(tx_, desk_, creditor_, person_, move, said_.text, said_.through, now_);
    const std::string_view wish = matters.empty() ? wish_beside_stop() : std::string_view();
    if (!wish.empty())
      ask(TaskKind::NeedsAnswer, fmt::format("No se le escribe más por aquí, y {}", wish));
  }
  // "Ya no quiero que me escriban, pero el viernes les pago": their word is kept by a person.
  [[nodiscard]] std::string_view wish_beside_stop() const {
    static constexpr Intent kWishes[] = {Intent::Promise, Intent::WantsPlan, Intent::WantsToPay,
                                         Intent::AsksBalance, Intent::AsksInvoice};
    if (conversation::wish_for_silence(said_.text, {}) == OptOutVerdict::Doubt) return {};
    const Reading reading = reading_of(said_.text, person_, creditor_, now_);
    const conversation::Phrase phrase(said_.text);
    if (reading.date && conversation::promises_in(phrase, 0, phrase.size()))
      return wish_es(Intent::Promise);
    const auto* wish = std::ranges::find_if(kWishes, [&](Intent one) { return reading.says(one); });
    return wish == std::end(kWishes) ? std::string_view() : wish_es(*wish);
  }
  [[nodiscard]] std::vector<Move> matters_beside_stop() const {
    static constexpr std::pair<Intent, Move> kMatters[] = {
        {Intent::Dispute, Move::Dispute},
        {Intent::Paid, Move::Claim},
        {Intent::CannotPay, Move::Hardship},
        {Intent::Complaint, Move::CallForComplaint},
        {Intent::WantsPerson, Move::CallPerson}};
    if (conversation::speaks_of_the_law(said_.text)) return {Move::CallForLaw};
    if (conversation::wish_for_silence(said_.text, {}) == OptOutVerdict::Doubt)
      return {};  // Is read whole.
    if (conversation::tells_of_a_stolen_name(said_.text)) return {Move::Dispute};
    const Reading reading = reading_of(said_.text, person_, creditor_, now_);
    std::vector<Move> found;
    for (const auto& [intent, move] : kMatters) {
      if (reading.says(intent)) found.push_back(move);
    }
    return found;
  }

  // To be forgotten, or left alone with one's data, is a stop as well, and no doubtful one.
  [[nodiscard]] static bool silences(RightKind kind) {
    return kind == RightKind::Erasure || kind == RightKind::Opposition;
  }
  [[nodiscard]] bool is_silenced_by_right() const {
    const auto kind = said_.payload.empty() && said_.is_believed && !person_.is_stranger
                          ? conversation::right_asked_for(said_.text)
                          : std::nullopt;
    return kind && silences(*kind);
  }

  // Its clock runs from now on, and a person answers within it; to be forgotten or left alone
  // silences at once.
  bool hear_right() {
    const auto kind = conversation::right_asked_for(said_.text);
    if (!kind) return false;
    const auto before = tx_.permissions.opt_outs(creditor_.id, person_.id);
    const bool is_first = std::ranges::all_of(
        before, [](const store::OptOut& one) { return one.through == "doubt"; });
    const RightsRequest request =
        take_request(tx_, desk_.law, creditor_, person_, *kind, said_.through, now_);
    raise_task(tx_, creditor_.id, person_.id, TaskKind::DataRight,
               told(fmt::format("{} ({})", title_es(TaskKind::DataRight), name_es(*kind))), now_,
               home_zone(person_, creditor_).instant(request.due_on + 1, 0));
    // The silence is told to them, as after any stop, and that what they asked for is noted.
    if (silences(*kind) && is_first && said_.through != kPage) confirm_stop("baja_datos_v1");
    return true;
  }

  // The law stays every collection: nothing more is said until a person has looked (puntual person
  // unflag … insolvency).
  void hear_insolvency() {
    if (!flag(person_.id, CaseFlag::Insolvency)) return;
    note(tx_, creditor_.id, person_.id, now_, "insolvency_told", "a person must look");
    ask(TaskKind::Legal, "Habla de insolvencia, y hasta que alguien lo mire no se le escribe");
  }

  // Whoever is reached there: a child holds the phone of all of them.
  void hear_child() {
    for (const auto one : all_there()) {
      hand_off(tx_, desk_.settings, creditor_.id, one, TaskKind::MustRead,
               told("Puede que el número sea de un menor de edad, y hasta que alguien lo mire no "
                    "se le escribe"),
               said_.through, now_);
    }
  }

  [[nodiscard]] std::vector<DebtorId> all_there() const {
    std::vector<DebtorId> all = {person_.id};
    for (const auto& other : tx_.debtors.kin(person_)) all.push_back(other.id);
    return all;
  }
  bool flag(DebtorId id, CaseFlag what) {
    return set_flag(tx_, creditor_, id,
                    {.flag = what,
                     .since = said_.at,
                     .through = std::string(said_.through),
                     .note = said_.where},
                    now_)
        .has_value();
  }
  [[nodiscard]] std::string told(std::string_view what) const {
    return fmt::format("{}: «{}»", what, said_.text);
  }
  void ask(TaskKind kind, std::string_view what) {
    raise_task(tx_, creditor_.id, person_.id, kind, told(what), now_);
  }

  Tx& tx_;
  const Desk& desk_;
  const Creditor& creditor_;
  const Debtor& person_;
  const Said& said_;
  Instant now_;
};

// What the words begin, whatever was tapped; none: no more than the button.
std::optional<Move> graver_move(std::string_view words, const Debtor& debtor,
                                const Creditor& creditor, Instant now) {
  if (conversation::speaks_of_the_law(words)) return Move::CallForLaw;
  if (conversation::tells_of_a_stolen_name(words)) return Move::Dispute;
  if (conversation::files_a_complaint(words)) return Move::CallForComplaint;
  return conversation::must_be_read(reading_of(words, debtor, creditor, now))
             ? std::optional(Move::CallToRead)
             : std::nullopt;
}

}  // namespace

Obeyed obey_words(Tx& tx, const Desk& desk, const Creditor& creditor, const Debtor& debtor,
                  const Said& said, Instant now) {
  return Obeying(tx, desk, creditor, debtor, said, now).obey();
}

PageHeard hear_on_page(Tx& tx, const Desk& desk, const Creditor& creditor, const Debtor& debtor,
                       std::optional<Move> tapped, std::string_view words, Instant now) {
  const Said said{
      .text = words, .payload = {}, .at = now, .through = kPage, .where = "payer's page"};
  const Obeyed obeyed = obey_words(tx, desk, creditor, debtor, said, now);
  if (obeyed.stop) {
    if (tapped) take_effect(tx, desk, creditor, debtor, *tapped, words, kPage, now);
    return PageHeard::Stopped;
  }
  if (obeyed.anything() || hear_identity_on_page(tx, desk, debtor, words, now))
    return PageHeard::Graver;
  const auto graver = words.empty() ? std::nullopt : graver_move(words, debtor, creditor, now);
  const auto move = graver ? graver : tapped;
  if (move)
    take_effect(tx, desk, creditor, debtor, *move,
                words.empty() ? "(en la página de pago, sin más palabras)" : words, kPage, now);
  return graver && graver != tapped ? PageHeard::Graver : PageHeard::AsTapped;
}

void stop_on_page(Tx& tx, const Desk& desk, const Creditor& creditor, const Debtor& debtor,
                  Instant now) {
  (void)obey_words(
      tx, desk, creditor, debtor,
      {.text = {}, .payload = "BAJA", .at = now, .through = kPage, .where = "payer's page"}, now);
}

}  // namespace puntual::engine
