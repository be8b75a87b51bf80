// What happens in a scenario: time, people, money, files, the platform and its troubles, the house
// itself.
#include <algorithm>

#include "base/json.h"
#include "core/compliance/contact_hours.h"
#include "engine/agreements.h"
#include "engine/assign_payment.h"
#include "engine/charge_overdue.h"
#include "engine/obey_words.h"
#include "engine/person_commands.h"
#include "engine/person_reply.h"
#include "engine/reverse_payment.h"
#include "engine/take_over.h"
#include "engine/task_commands.h"
#include "engine/undo_import.h"
#include "engine/write_off.h"
#include "sim/scenario_stage.h"

namespace puntual::sim {

Result<void> ScenarioStage::run_until(CivilDate date, int32_t ms_of_day) {
  involved_.clear();
  today_ = date;
  const Instant until = zone_.instant(date, ms_of_day);
  // What was said a moment ago has taken its turn; a line of the same minute goes on from there.
  if (until < world_->now() && world_->now() - until < kMinuteMs) return {};
  if (until < world_->now()) return fail(ErrorCode::Invalid, "the calendar goes back in time");
  return world_->run_until(until);
}

Result<void> ScenarioStage::undo_last_import() {
  const CreditorId creditor = world_->creditor().id;
  ASSIGN_OR_RETURN(const auto run, world_->store().read([&](Tx& tx) {
    return store::ImportRuns(tx.db, tx.keys).last_that_changed(creditor);
  }));
  if (!run) return fail(ErrorCode::Invalid, "no import has changed anything");
  RETURN_IF_ERROR(
      engine::undo_import(world_->store(), world_->creditor(), *run, "ana", world_->now()));
  return {};
}

Result<void> ScenarioStage::act(Words& words) {
  if (words.take_if("tick")) return {};
  if (words.take_if("import")) {
    ASSIGN_OR_RETURN(const ScenarioInvoice row, read_invoice(words));
    rejection_expected_ = false;
    ASSIGN_OR_RETURN(imported_, import_rows(std::span(&row, 1)));
    RETURN_IF_ERROR(note_people());
  } else if (words.take_if("undo")) {
    RETURN_IF_ERROR(undo_last_import());
  } else if (words.take_if("paid")) {
    RETURN_IF_ERROR(act_payment(words));
  } else if (words.take_if("reversed")) {
    RETURN_IF_ERROR(act_reversal(words));
  } else if (words.take_if("till")) {
    RETURN_IF_ERROR(act_till(words));
  } else if (words.take_if("platform")) {
    RETURN_IF_ERROR(act_platform(words));
  } else if (words.take_if("webhook")) {
    RETURN_IF_ERROR(act_webhook(words));
  } else if (words.take_if("operator")) {
    const bool may_fail = words.take_if("vainly");
    const auto done = act_operator(words);
    if (!may_fail) RETURN_IF_ERROR(done);
    if (may_fail && done) return fail(ErrorCode::Conflict, "it was done, not refused");
  } else if (words.take_if("house")) {
    if (words.take_if("stops"))
      world_->stop_house();
    else if (words.take_if("starts"))
      RETURN_IF_ERROR(world_->start_house());
    else if (words.take_if("dies"))
      world_->stop_house_at_next_send();
    else
      return fail(ErrorCode::Invalid, "house '{}' (expected stops, starts or dies)", words.peek());
  } else if (words.take_if("stranger")) {
    ASSIGN_OR_RETURN(const std::string from, words.take("an address"));
    RETURN_IF_ERROR(act_person(words, {.phone = from}));
  } else {
    ASSIGN_OR_RETURN(const ScenarioPerson* const person, take_person(words));
    RETURN_IF_ERROR(act_person(words, *person));
  }
  return world_->turn();
}

Result<void> ScenarioStage::control(std::string_view verb, const std::string& body) {
  const std::string target = fmt::format("/_sandbox/{}", verb);
  const auto answer = world_->platform().handle({.method = "POST",
                                                 .target = target,
                                                 .authorization = {},
                                                 .content_type = "application/json",
                                                 .body = body},
                                                world_->now());
  if (answer.status == 200) return {};
  return fail(ErrorCode::Invalid, "the platform's model answers {}: {}", answer.status,
              answer.body);
}

// "says "…" [from "+57…"] [answering post_7] [then says …]", "presses BAJA", "sends photo [with
// "…"]", "changes number "+57…""
Result<void> ScenarioStage::act_person(Words& words, const ScenarioPerson& person) {
  sandbox::PersonAction action{};
  ASSIGN_OR_RETURN(action.from, address_of(person));
  if (words.take_if("changes")) {
    if (!words.take_if("number"))
      return fail(ErrorCode::Invalid, "expected: changes number \"+57…\"");
    ASSIGN_OR_RETURN(const std::string phone, words.take("the new number"));
    return control("person", to_json(json::object{{"phone", action.from}, {"new_phone", phone}}));
  }
  if (words.take_if("becomes")) {
    if (!words.take_if("another")) return fail(ErrorCode::Invalid, "expected: becomes another");
    return world_->receive_webhook(fmt::format(
        R"({{"object":"whatsapp_business_account","entry":[{{"id":"1","changes":[{{"field":"messages","value":{{)"
        R"("messaging_product":"whatsapp","metadata":{{"display_phone_number":"576015550100","phone_number_id":"{}"}},)"
        R"("messages":[{{"from":"{}","id":"wamid.identity.{}","timestamp":"{}","type":"system","system":{{)"
        R"("type":"customer_identity_changed","identity":{{"acknowledged":true,"created_timestamp":"{}","hash":"h{}"}}}}}}]}}}}]}}]}})",
        world_->creditor().phone_number_id, action.from.substr(1), world_->now().ms,
        world_->now().ms / 1000, world_->now().ms / 1000, world_->now().ms));
  }
  if (words.take_if("taps")) return act_on_page(words, person);
  if (words.take_if("presses")) {
    action.type = "button";
    ASSIGN_OR_RETURN(action.payload, words.take("the payload of a button"));
    action.text = action.payload;
  } else if (words.take_if("says")) {
    ASSIGN_OR_RETURN(action.text, words.take("what is said"));
  } else if (words.take_if("sends")) {
    ASSIGN_OR_RETURN(const std::string what, words.take("photo, document, voice or sticker"));
    action.type = what == "photo" ? "image" : what == "voice" ? "audio" : what;
    if (words.take_if("with")) {
      ASSIGN_OR_RETURN(action.text, words.take("what is written below it"));
    }
  } else {
    return fail(ErrorCode::Invalid,
                "'{}' (a person says \"…\", presses BUTTON, sends PICTURE or changes number)",
                words.peek());
  }
  if (words.take_if("from")) {
    ASSIGN_OR_RETURN(action.from, words.take("an address"));
  }
  if (words.take_if("answering")) {
    ASSIGN_OR_RETURN(ScenarioPerson* const whose, take_person(words));
    ASSIGN_OR_RETURN(const std::string step, words.take("the step that is answered"));
    for (const auto& message : messages_of(*whose)) {
      if (message.step == step) action.context_id = message.platform_id;
    }
  }
  const auto done = world_->platform().act(action, world_->now());
  if (!done) return std::unexpected(done.error());
  if (words.take_if("then")) return act_person(words, person);
  // Until the turn is taken: they have written all that they wanted to.
  RETURN_IF_ERROR(world_->turn());
  return world_->run_until(world_->now() + world_->desk().settings.settle_ms + kSecondMs);
}

// "taps stop", "taps dispute ["…"]": on the payer's page (app/pay_verbs), with words below it.
Result<void> ScenarioStage::act_on_page(Words& words, const ScenarioPerson& person) {
  ASSIGN_OR_RETURN(const std::string button,
                   words.take("stop, claim, dispute, hardship or call_person"));
  static constexpr Move kButtons[] = {Move::Claim, Move::Dispute, Move::Hardship, Move::CallPerson};
  const auto* const move =
      std::ranges::find(kButtons, button, [](Move one) { return text_of(one); });
  if (button != "stop" && move == std::end(kButtons))
    return fail(ErrorCode::Invalid,
                "'{}' (a person taps stop, claim, dispute, hardship or call_person)", button);
  std::string said;
  if (button != "stop" && !words.empty()) {
    ASSIGN_OR_RETURN(said, words.take("what is written below it"));
  }
  return world_->store().write([&](Tx& tx) {
    tx.debtors.hold_with_kin(world_->creditor().id, person.id);
    const auto debtor = tx.debtors.find(world_->creditor().id, person.id);
    if (button == "stop")
      engine::stop_on_page(tx, world_->desk(), world_->creditor(), *debtor, world_->now());
    else
      (void)engine::hear_on_page(tx, world_->desk(), world_->creditor(), *debtor, *move, said,
                                 world_->now());
  });
}

// "paid F-1 50000 [COP] [on DATE] [id X] [by ana]"; without a date it is a payment of this moment.
Result<void> ScenarioStage::act_payment(Words& words) {
  PaymentInput input{.source = "scenario",
                     .source_id = std::to_string(++payments_made_),
                     .method = "PSE",
                     .paid_on = today_,
                     .paid_at = world_->now()};
  ASSIGN_OR_RETURN(input.reference, words.take("the number of an invoice"));
  ASSIGN_OR_RETURN(const std::string amount, words.take("an amount"));
  const auto invoice = world_->store().read(
      [&](Tx& tx) { return tx.invoices.find_by_number(world_->creditor().id, input.reference); });
  if (!invoice) return std::unexpected(invoice.error());
  input.amount.currency =
      *invoice ? (*invoice)->amount.currency : Currency::of(world_->creditor().currency);
  ASSIGN_OR_RETURN(input.amount.minor, parse_minor(amount, input.amount.currency, '.'));
  while (!words.empty()) {
    if (words.take_if("on")) {
      ASSIGN_OR_RETURN(input.paid_on, words.take_date());
      input.paid_at.reset();
    } else if (words.take_if("id")) {
      ASSIGN_OR_RETURN(input.source_id, words.take("the payment's id"));
    } else if (words.take_if("by")) {
      ASSIGN_OR_RETURN(const ScenarioPerson* const person, take_person(words));
      input.debtor_id = person->id;
    } else {
      return fail(ErrorCode::Invalid, "'{}' (a payment has on DATE, id X, by NAME)", words.peek());
    }
  }
  const auto paid = world_->pay(input);
  if (!paid) return std::unexpected(paid.error());
  return {};
}

// Of the payment with the id that is named next.
Result<Payment> ScenarioStage::take_payment(Words& words) {
  ASSIGN_OR_RETURN(const std::string id, words.take("the id of a payment"));
  ASSIGN_OR_RETURN(const auto payment, world_->store().read([&](Tx& tx) {
    return tx.payments.find_by_source(world_->creditor().id, "scenario", id);
  }));
  if (!payment) return fail(ErrorCode::NotFound, "there is no payment {}", id);
  return *payment;
}

// "operator assigns P F-1 50000 [F-2 20000]"
Result<void> ScenarioStage::act_assignment(Words& words) {
  ASSIGN_OR_RETURN(const Payment payment, take_payment(words));
  AssignOrder order{.payment_id = payment.id, .shares = {}, .by = "operator", .why = "scenario"};
  while (!words.empty()) {
    ASSIGN_OR_RETURN(const std::string number, words.take("the number of an invoice"));
    ASSIGN_OR_RETURN(const std::string amount, words.take("an amount"));
    ASSIGN_OR_RETURN(const int64_t minor, parse_minor(amount, payment.amount.currency, '.'));
    order.shares.push_back({.invoice = number, .amount_minor = minor});
  }
  return world_->store().write([&](Tx& tx) -> Result<void> {
    RETURN_IF_ERROR(
        engine::assign_payment(tx, world_->desk(), world_->creditor(), order, world_->now()));
    return {};
  });
}

// "reversed P 50000 as chargeback [id X]": of the payment with the id P.
Result<void> ScenarioStage::act_reversal(Words& words) {
  ASSIGN_OR_RETURN(const Payment payment, take_payment(words));
  ReversalInput input{.payment_id = payment.id,
                      .source_id = fmt::format("{}-back", payment.source_id),
                      .by = "scenario"};
  ASSIGN_OR_RETURN(const std::string amount, words.take("an amount"));
  ASSIGN_OR_RETURN(input.amount_minor, parse_minor(amount, payment.amount.currency, '.'));
  if (!words.take_if("as")) return fail(ErrorCode::Invalid, "expected: as chargeback");
  ASSIGN_OR_RETURN(const std::string kind, words.take("the kind of a reversal"));
  const auto known = reversal_kind_of(kind);
  if (!known)
    return fail(ErrorCode::Invalid, "'{}' is no kind of reversal (core/payments/reversal.h)", kind);
  input.kind = *known;
  if (words.take_if("id")) {
    ASSIGN_OR_RETURN(input.source_id, words.take("the reversal's id"));
  }
  ASSIGN_OR_RETURN(const auto reversed, world_->store().write([&](Tx& tx) {
    return engine::reverse_payment(tx, world_->desk(), world_->creditor(), input, world_->now());
  }));
  (void)reversed;
  return {};
}

// "operator gives up F-1": ana asks for it, luis approves.
Result<void> ScenarioStage::act_giving_up(Words& words) {
  if (!words.take_if("up")) return fail(ErrorCode::Invalid, "expected: gives up F-1");
  ASSIGN_OR_RETURN(const std::string number, words.take("the number of an invoice"));
  return world_->store().write([&](Tx& tx) -> Result<void> {
    RETURN_IF_ERROR(engine::request_write_off(tx, world_->creditor(),
                                              {.invoice = number, .by = "ana"}, "no se encuentra",
                                              world_->now()));
    RETURN_IF_ERROR(engine::approve_write_off(tx, world_->creditor(),
                                              {.invoice = number, .by = "luis"}, world_->now()));
    return {};
  });
}

// "operator waives F-1": all that is owed of interest and costs.
Result<void> ScenarioStage::act_waiver(Words& words) {
  ASSIGN_OR_RETURN(const std::string number, words.take("the number of an invoice"));
  const auto waived = world_->store().write([&](Tx& tx) {
    return engine::waive_charges(
        tx, world_->desk(), world_->creditor(),
        {.invoice = number, .by = "ana", .why = "por error", .amount_minor = {}}, world_->now());
  });
  if (!waived) return std::unexpected(waived.error());
  return {};
}

// As it is known now.
Result<std::string> ScenarioStage::address_of(const ScenarioPerson& person) {
  if (!person.id) return person.phone;
  ASSIGN_OR_RETURN(const auto debtor, world_->store().read([&](Tx& tx) {
    return tx.debtors.find(world_->creditor().id, person.id);
  }));
  return debtor->phone.empty() ? debtor->user_id : debtor->phone;
}

Result<void> ScenarioStage::act_platform(Words& words) {
  if (words.take_if("refuses") || words.peek() == "fails") {
    const bool later = words.take_if("fails");
    ASSIGN_OR_RETURN(const int64_t code, words.take_number("an error code"));
    const int64_t times = words.next_is_number() ? words.take_number("how often").value() : 1;
    return control("faults", fmt::format(R"({{"send":[{{"code":{},"async":{},"next":{}}}]}})", code,
                                         later, times));
  }
  if (words.take_if("breaks")) {
    ASSIGN_OR_RETURN(const std::string kind,
                     words.take("reset_after, hang, hang_after, empty, html or truncated"));
    return control("faults", fmt::format(R"({{"send":[{{"kind":"{}"}}]}})", kind));
  }
  if (words.take_if("webhooks")) {
    ASSIGN_OR_RETURN(const std::string how, words.take("lost, doubled, shuffled or whole"));
    const auto set = [&](int lost, int doubled, int shuffled) {
      return control(
          "faults",
          fmt::format(R"({{"webhooks":{{"drop_ppm":{},"duplicate_ppm":{},"permute_ppm":{}}}}})",
                      lost, doubled, shuffled));
    };
    if (how == "lost") return set(1'000'000, 0, 0);
    if (how == "doubled") return set(0, 1'000'000, 0);
    if (how == "shuffled") return set(0, 0, 700'000);
    if (how == "whole") return set(0, 0, 0);
    return fail(ErrorCode::Invalid, "webhooks '{}' (expected lost, doubled, shuffled or whole)",
                how);
  }
  if (words.take_if("template")) {
    ASSIGN_OR_RETURN(const std::string name, words.take("the name of a template"));
    ASSIGN_OR_RETURN(const std::string event, words.take("PAUSED, APPROVED or DISABLED"));
    return control("template", fmt::format(R"({{"name":"{}","language":"es_{}","event":"{}"}})",
                                           name, setting_.country, event));
  }
  if (words.take_if("invitations")) {
    world_->refuse_invitations(words.take_if("refused"));
    if (!words.empty() && !words.take_if("taken"))
      return fail(ErrorCode::Invalid, "invitations '{}' (expected refused or taken)", words.peek());
    return {};
  }
  if (words.take_if("account")) {
    ASSIGN_OR_RETURN(const std::string event, words.take("an event of the account"));
    return control("account",
                   fmt::format(R"({{"field":"account_update","value":{{"event":"{}"}}}})", event));
  }
  return fail(ErrorCode::Invalid,
              "platform '{}' (expected refuses, fails, breaks, webhooks, template or account)",
              words.peek());
}

// "webhook ana post_7 read", "webhook ana post_7 failed 131026", "webhook unknown delivered"
Result<void> ScenarioStage::act_webhook(Words& words) {
  std::string platform_id = "wamid.unknown", attempt_id = "00000000000000000000000000000000";
  if (!words.take_if("unknown")) {
    ASSIGN_OR_RETURN(const ScenarioPerson* const person, take_person(words));
    ASSIGN_OR_RETURN(const std::string step, words.take("a step"));
    for (const auto& message : messages_of(*person)) {
      if (message.step != step) continue;
      attempt_id = message.attempt_id;
      platform_id =
          message.platform_id.empty() ? "wamid.of-" + message.attempt_id : message.platform_id;
    }
  }
  ASSIGN_OR_RETURN(const std::string status, words.take("sent, delivered, read or failed"));
  std::string errors;
  if (words.next_is_number()) {
    errors = fmt::format(R"(,"errors":[{{"code":{},"title":"made by the scenario"}}])",
                         words.take_number("an error code").value());
  }
  return world_->receive_webhook(fmt::format(
      R"({{"object":"whatsapp_business_account","entry":[{{"id":"1","changes":[{{"field":"messages","value":{{)"
      R"("messaging_product":"whatsapp","metadata":{{"display_phone_number":"576015550100","phone_number_id":"{}"}},)"
      R"("statuses":[{{"id":"{}","status":"{}","timestamp":"{}","biz_opaque_callback_data":"{}"{}}}]}}}}]}}]}})",
      world_->creditor().phone_number_id, platform_id, status, world_->now().ms / 1000, attempt_id,
      errors));
}

Result<void> ScenarioStage::act_operator(Words& words) {
  const CreditorId creditor = world_->creditor().id;
  if (words.take_if("pauses")) {
    return world_->store().write(
        [&](Tx& tx) { tx.creditors.pause(creditor, world_->now(), "operator"); });
  }
  if (words.take_if("resumes")) {
    return world_->store().write([&](Tx& tx) { tx.creditors.resume(creditor); });
  }
  if (words.take_if("gives")) return act_giving_up(words);
  if (words.take_if("assigns")) return act_assignment(words);
  if (words.take_if("waives")) return act_waiver(words);
  if (words.peek() == "replies" || words.peek() == "writes" || words.peek() == "releases" ||
      words.peek() == "closes")
    return act_conversation(words);
  return act_person_order(words);
}

// "agrees ana 2026-11-27 80000 2026-12-28 80000 [discount 20000] [beyond]", "agrees ana offer 2",
// "agrees ana nothing" (takes it back)
Result<void> ScenarioStage::act_agreement(Words& words, const ScenarioPerson& person) {
  const Creditor& creditor = world_->creditor();
  const Instant now = world_->now();
  const bool takes_back = words.take_if("nothing");
  AgreementOrder order{
      .debtor_id = person.id, .offer = {}, .words = "Acordado por teléfono.", .by = "operator"};
  const Currency currency = Currency::of(creditor.currency);
  const auto amount = [&]() -> Result<int64_t> {
    ASSIGN_OR_RETURN(const std::string text, words.take("an amount"));
    return parse_minor(text, currency, '.');
  };
  int64_t number = 0;
  if (words.take_if("offer")) {
    ASSIGN_OR_RETURN(number, words.take_number("which of the offers, from 1 on"));
  }
  while (words.next_is_date()) {
    ASSIGN_OR_RETURN(const CivilDate on, words.take_date());
    ASSIGN_OR_RETURN(const int64_t minor, amount());
    order.offer.instalments.push_back({on, minor});
  }
  if (words.take_if("discount")) {
    ASSIGN_OR_RETURN(order.offer.discount_minor, amount());
  }
  order.may_go_beyond = words.take_if("beyond");
  return world_->store().write([&](Tx& tx) -> Result<void> {
    if (takes_back) {
      const auto active = tx.agreements.active_of(creditor.id, person.id);
      return engine::cancel_agreement(tx, creditor, active ? active->id : AgreementId{}, "operator",
                                      now);
    }
    if (number > 0) {
      const auto open = engine::negotiation_with(tx, world_->desk(), creditor,
                                                 *tx.debtors.find(creditor.id, person.id), now);
      const auto offers = open.mandate == nullptr
                              ? std::vector<Offer>()
                              : agreements::offers(*open.mandate, open.debt, {});
      if (number > std::ssize(offers))
        return fail(ErrorCode::NotFound, "there are {} offers", offers.size());
      order.offer = offers[static_cast<size_t>(number - 1)];
    }
    RETURN_IF_ERROR(engine::make_agreement(tx, world_->desk(), creditor, order, now));
    return {};
  });
}

// "replies ana [template] "…" [under KEY]", "writes ana "…"" (from the phone app), "releases ana",
// "closes ana payment_claim confirmed"
Result<void> ScenarioStage::act_conversation(Words& words) {
  ASSIGN_OR_RETURN(const std::string verb, words.take("replies, writes, releases or closes"));
  ASSIGN_OR_RETURN(const ScenarioPerson* const person, take_person(words));
  const Creditor& creditor = world_->creditor();
  const Instant now = world_->now();
  const auto write = [&](auto&& act) {
    return world_->store().write([&](Tx& tx) -> Result<void> { return act(tx); });
  };
  if (verb == "releases")
    return write(
        [&](Tx& tx) { return engine::release(tx, creditor, person->id, "operator", now); });
  const bool is_template = words.take_if("template");
  ASSIGN_OR_RETURN(const std::string what, words.take("what is said, or the kind of a task"));
  if (verb == "writes") {
    ASSIGN_OR_RETURN(const std::string to, address_of(*person));
    return world_->receive_webhook(fmt::format(
        R"({{"object":"whatsapp_business_account","entry":[{{"id":"1","changes":[{{"field":"smb_message_echoes","value":{{)"
        R"("messaging_product":"whatsapp","metadata":{{"display_phone_number":"576015550100","phone_number_id":"{}"}},)"
        R"("message_echoes":[{{"from":"576015550100","to":"{}","id":"wamid.echo.{}","timestamp":"{}","type":"text","text":{{"body":{}}}}}]}}}}]}}]}})",
        creditor.phone_number_id, to.substr(1), now.ms, now.ms / 1000,
        to_json(json::string(what))));
  }
  if (verb == "closes") {
    ASSIGN_OR_RETURN(const std::string word, words.take("confirmed, rejected, settled or done"));
    const auto outcome = task_outcome_of(word);
    if (!outcome) return fail(ErrorCode::Invalid, "'{}' is no outcome", word);
    return write([&](Tx& tx) -> Result<void> {
      for (const auto& task : tx.tasks.of_debtor(creditor.id, person->id)) {
        if (!task.closed_at && text_of(task.kind) == what)
          return engine::close_task(tx, creditor, task.id, *outcome, "operator", now);
      }
      return fail(ErrorCode::NotFound, "no such task is open");
    });
  }
  PersonWords reply{
      .author = "operator", .through = "operator", .key = fmt::format("scenario:{}", now.ms)};
  (is_template ? reply.template_name : reply.text) = what;
  if (words.take_if("under")) {
    ASSIGN_OR_RETURN(reply.key, words.take("a key"));
  }
  ASSIGN_OR_RETURN(const PersonReply done, world_->store().write([&](Tx& tx) {
    return engine::reply_by_person(tx, world_->desk(), creditor, person->id, reply, now);
  }));
  return done.refusals.empty() ? Result<void>() : fail(ErrorCode::Forbidden, "{}", done.refusals);
}

// "stops ana [whatsapp]", "allows ana [whatsapp] by "carta 8"", "flags ana deceased", "records ana
// voice in" …: what the command line says of a person, in the same engine.
Result<void> ScenarioStage::act_person_order(Words& words) {
  ASSIGN_OR_RETURN(const std::string verb, words.take("pauses, resumes or a verb of people"));
  ASSIGN_OR_RETURN(const ScenarioPerson* const person, take_person(words));
  const Creditor& creditor = world_->creditor();
  const DebtorId id = person->id;
  const Instant now = world_->now();
  std::optional<Channel> channel = channel_of(words.peek());
  if (channel) (void)words.take("a channel");
  const auto write = [&](auto&& act) {
    return world_->store().write([&](Tx& tx) -> Result<void> { return act(tx); });
  };
  if (verb == "stops")
    return write([&](Tx& tx) {
      return engine::stop_person(tx, creditor, id, {.channel = channel, .why = {}}, now);
    });
  if (verb == "calls" || verb == "contacts") {
    const ContactOrder order{.channel = channel.value_or(Channel::Voice), .at = now};
    return write([&](Tx& tx) { return engine::record_contact(tx, creditor, id, order, now); });
  }
  if (verb == "unlinks")
    return write([&](Tx& tx) { return engine::unlink_person(tx, creditor, id, "operator", now); });
  if (verb == "links") {
    ASSIGN_OR_RETURN(const ScenarioPerson* const other, take_person(words));
    return write(
        [&](Tx& tx) { return engine::link_people(tx, creditor, id, other->id, "operator", now); });
  }
  if (verb == "agrees") return act_agreement(words, *person);
  ASSIGN_OR_RETURN(const std::string what,
                   words.take("a flag, a role, hours, or the reference of a proof"));
  if (verb == "allows") {
    const LiftOrder order{.channel = channel, .requested_at = now, .instrument = what};
    return write([&](Tx& tx) { return engine::allow_person(tx, creditor, id, order, now); });
  }
  const store::ConsentEntry entry{.channel = channel.value_or(Channel::WhatsApp),
                                  .at = now,
                                  .kind = "form",
                                  .instrument = what,
                                  .text_version = {},
                                  .by = "operator"};
  if (verb == "authorises")
    return write([&](Tx& tx) { return engine::grant_consent(tx, creditor, id, entry, now); });
  if (verb == "revokes")
    return write([&](Tx& tx) { return engine::revoke_consent(tx, creditor, id, entry, now); });
  if (verb == "hours") {
    store::HoursWish wish{.hours = {}, .instrument = "carta", .by = "operator"};
    ASSIGN_OR_RETURN(wish.hours.intervals, compliance::parse_hours(what));
    wish.hours.asked_at = now;
    wish.hours.after_contract = wish.hours.separate_instrument = words.take_if("separately");
    wish.hours.names_sundays_holidays = words.take_if("sundays");
    return write([&](Tx& tx) { return engine::wish_hours(tx, creditor, id, wish, now); });
  }
  if (verb == "makes") {
    const auto role = role_of(what);
    if (!role) return fail(ErrorCode::Invalid, "'{}' is no role", what);
    return write(
        [&](Tx& tx) { return engine::set_role(tx, creditor, id, *role, "operator", now); });
  }
  const auto flag = case_flag_of(what);
  if (!flag || (verb != "flags" && verb != "unflags")) {
    return fail(ErrorCode::Invalid, "operator '{}' '{}' (tests/scenarios/README.md has the verbs)",
                verb, what);
  }
  if (verb == "flags")
    return write([&](Tx& tx) {
      return engine::set_flag(
          tx, creditor, id, {.flag = *flag, .since = now, .through = "operator", .note = {}}, now);
    });
  return write([&](Tx& tx) {
    return engine::clear_flag(tx, creditor, id, {.flag = *flag, .set_through = {}}, now);
  });
}

}  // namespace puntual::sim
