// The table of answers, read as one: what was heard, what is known, what is done and said.
#include "core/conversation/respond.h"

#include <gtest/gtest.h>

#include "core/conversation/grave_words.h"
#include "core/messaging/template.h"

namespace puntual {
namespace {

const CivilDate kToday = date_of(2026, 11, 24);  // A Tuesday.

struct Said {
  Intent intent = Intent::Other;
  std::string words = "…";
  std::optional<CivilDate> date = {};
  std::optional<int64_t> amount_minor = {};
  ReadingDecision decision = ReadingDecision::Act;
};

const Mandate& mandate() {
  static const Mandate kMandate{
      .promise_days_max = 10, .promise_percent_min = 50, .instalments_max = 3, .plan_days_max = 90};
  return kMandate;
}

Situation proven(int64_t owed_minor = 15'000'000) {
  return {.owed = {owed_minor, Currency::of("COP")},
          .debt = {.owed = {owed_minor, Currency::of("COP")}, .today = kToday, .is_closed = {}},
          .locale = "es_CO",
          .is_proven = true,
          .claim_until = kToday + 3,
          .paid_lately = {},
          .agreed = {},
          .mandate = &mandate(),
          .remind_from = kToday + 1};
}

Turn answer(const Said& said, const Situation& now, const Dialogue& before = {}) {
  Heard heard;
  conversation::add_message(heard, "text", said.words, {});
  const Reading in_words = conversation::understand({.text = said.words,
                                                     .today = kToday,
                                                     .locale = "es_CO",
                                                     .currency = "COP",
                                                     .asked = before.asked,
                                                     .balance_minor = {}});
  Reading reading{.intent = said.intent,
                  .confidence = 0.9,
                  .also = {},
                  .date = said.date,
                  .amount_minor = said.amount_minor,
                  .instalments = {},
                  .is_part = in_words.is_part,
                  .choice = in_words.choice,
                  .decision = said.decision};
  return conversation::respond(heard, reading, before, now);
}

std::string told(const Turn& turn) {
  return fmt::format("{} {}", turn.move ? text_of(*turn.move) : "-",
                     turn.reply ? turn.reply->template_name : "silence");
}

TEST(Respond, GivesTheReceiptOfAPaymentThatTheBooksKnow) {
  Situation now = proven();
  EXPECT_EQ(
      told(answer(
          {.intent = Intent::AsksInvoice, .words = "mándeme el recibo de mi pago por favor"}, now)),
      "claim respuesta_pago_avisado_v1");
  now.has_paid = true;
  EXPECT_EQ(
      told(answer(
          {.intent = Intent::AsksInvoice, .words = "mándeme el recibo de mi pago por favor"}, now)),
      "send_receipt respuesta_pago_visto_v1");
  EXPECT_EQ(told(answer({.intent = Intent::AsksInvoice, .words = "mándeme el recibo"}, now)),
            "statement respuesta_saldo_v1");  // Of the service.
  EXPECT_EQ(
      told(answer({.intent = Intent::Paid, .words = "ya le mandé el comprobante de pago"}, now)),
      "claim respuesta_pago_avisado_v1");
}

TEST(Respond, GivesThePaperOfTheAgreementThatIsOpen) {
  Situation now = proven();
  EXPECT_EQ(
      told(answer({.intent = Intent::AsksInvoice, .words = "mándeme el acuerdo por favor"}, now)),
      "- respuesta_sin_acuerdo_v1");
  now.agreed = Offer{.instalments = {{kToday + 3, 15'000'000}}};
  EXPECT_EQ(told(answer({.intent = Intent::Other,
                         .words = "mándeme el convenio",
                         .decision = ReadingDecision::Ask},
                        now)),
            "send_agreement respuesta_acuerdo_vigente_v1");
  now.is_proven = false;
  now.may_ask_who = true;
  EXPECT_EQ(told(answer({.intent = Intent::AsksInvoice, .words = "mándeme el acuerdo"}, now)),
            "ask_who silence");
}

TEST(AsksForAgreement, IsNotWhoWantsToMakeOne) {
  using conversation::asks_for_agreement;
  for (const std::string_view words :
       {"mándeme el acuerdo", "me manda el convenio por favor?",
        "puede enviarme el acuerdo que hicimos", "no me llegó el acuerdo",
        "quiero copia del acuerdo", "necesito mi acuerdo por escrito",
        "me regala el pdf del acuerdo", "mandame el acuerdo porfa", "pode me mandar o acordo?",
        "quero uma cópia do acordo", "manda o acordo por favor", "dónde está el acuerdo?"}) {
    EXPECT_TRUE(asks_for_agreement(words)) << words;
  }
  for (const std::string_view words :
       {"quiero un acuerdo", "estoy de acuerdo", "de acuerdo, mándeme la factura",
        "quiero hacer un acuerdo de pago", "podemos llegar a un acuerdo?",
        "no estoy de acuerdo con el cobro", "quero fazer um acordo", "de acordo",
        "ya pagué el acuerdo", "no puedo cumplir el acuerdo", "quiero cambiar el acuerdo"}) {
    EXPECT_FALSE(asks_for_agreement(words)) << words;
  }
}

TEST(Respond, LeavesToAPersonWhatOnlyAPersonCanTell) {
  for (const std::string_view words : {"¿y si no pago qué pasa?", "me van a cortar el servicio?",
                                       "me van a reportar a datacrédito?", "¿cuándo me responden?",
                                       "cuando lo revisan", "vão negativar meu nome?"}) {
    EXPECT_TRUE(conversation::speaks_of_service(words)) << words;
    const std::string_view text = conversation::fears_what_follows(words)
                                      ? "respuesta_pregunta_v1"
                                      : "respuesta_revisa_persona_v1";
    EXPECT_EQ(told(answer({.intent = Intent::Other,
                           .words = std::string(words),
                           .decision = ReadingDecision::Ask},
                          proven())),
              fmt::format("call_to_answer {}", text))
        << words;
  }
  for (const std::string_view words :
       {"si no pago hoy, pago mañana", "¿cuándo vence?", "no puedo pagar",
        "me van a pagar el viernes", "van a ser las tres"})
    EXPECT_FALSE(conversation::speaks_of_service(words)) << words;
  EXPECT_EQ(told(answer({.intent = Intent::Dispute,
                         .words = "me van a reportar a datacrédito sin deber nada"},
                        proven())),
            "dispute respuesta_reclamo_v1");
}

TEST(Respond, SaysNoYesToWhoIsAfraid) {
  for (const std::string_view words :
       {"me van a embargar?", "me van a embargar la casa", "van a llamar a mis referencias?",
        "ustedes pueden llamar a mi jefe?", "y si no pago q me pasa",
        "me pueden embargar el sueldo?", "voy a ir a la carcel?", "me van a quitar la casa?",
        "le van a contar a mi jefe?", "me van a reportar a datacredito?", "vcs vao sujar meu nome?",
        "ustedes me mandan a dicom??", "vão tirar minha casa?"}) {
    for (const Intent read :
         {Intent::WantsPerson, Intent::Complaint, Intent::CannotPay, Intent::Other}) {
      EXPECT_EQ(told(answer({.intent = read, .words = std::string(words)}, proven())),
                "call_to_answer respuesta_pregunta_v1")
          << words;
    }
  }
  for (const std::string_view words : {"me van a demandar?", "vão me processar na justiça?"}) {
    EXPECT_EQ(told(answer({.intent = Intent::Complaint, .words = std::string(words)}, proven())),
              "call_for_law respuesta_pregunta_v1")
        << words;
  }
  for (const std::string_view words :
       {"quiero hablar con una persona", "llámenme por favor", "páseme con un asesor",
        "quero falar com alguém", "me puede llamar?", "hay alguien ahí?",
        "preciso falar com um atendente", "es q no se escribir bien", "no sé escribir",
        "não sei ler nem escrever"}) {
    EXPECT_EQ(told(answer({.intent = Intent::WantsPerson, .words = std::string(words)}, proven())),
              "call_person respuesta_persona_v1")
        << words;
  }
  EXPECT_EQ(told(answer({.intent = Intent::WantsPerson, .words = "no me abre el link"}, proven())),
            "call_to_answer respuesta_enlace_falla_v1");
  EXPECT_EQ(
      told(answer({.intent = Intent::Paid, .words = "ya pagué, ¿me van a reportar?"}, proven())),
      "claim respuesta_pago_avisado_v1");
  for (const std::string_view words :
       {"les voy a reportar mi pago", "puede reportar el pago al sistema", "los voy a demandar",
        "voy a quitarme esa deuda de encima", "van a ser las tres", "mi mamá va a pagar",
        "ya me cortaron el internet"}) {
    EXPECT_FALSE(conversation::fears_what_follows(words)) << words;
  }
}

TEST(AsksForMachine, InAnyOfItsWords) {
  for (const std::string_view words :
       {"eres un bot?", "vc é um robô?", "con quien hablo? sos un robot?",
        "laura es usted una persona de verdad?", "você é uma pessoa real?"})
    EXPECT_TRUE(conversation::asks_for_machine(words)) << words;
  for (const std::string_view words : {"quiero hablar con una persona",
                                       "me robó un robot aspiradora", "es una persona muy amable"})
    EXPECT_FALSE(conversation::asks_for_machine(words)) << words;
}

TEST(Respond, OffersNothingToWhoIsIll) {
  for (const std::string_view words :
       {"mi papa esta en uci, ahora no puedo atender eso", "me operan mañana, no estoy pa esto",
        "estoy internado", "mi hijo está hospitalizado", "estou internada",
        "minha mãe teve um infarto", "estoy en el hospital con mi mamá",
        "estoy enfermo, no puedo pagar"}) {
    for (const Intent read :
         {Intent::CannotPay, Intent::WantsPlan, Intent::Other, Intent::Greeting})
      EXPECT_EQ(told(answer({.intent = read, .words = std::string(words)}, proven())),
                "illness respuesta_salud_v1")
          << words;
  }
  EXPECT_EQ(told(answer({.intent = Intent::Paid, .words = "estoy en el hospital, pero ya pagué"},
                        proven())),
            "claim respuesta_pago_avisado_v1");
  EXPECT_EQ(told(answer({.intent = Intent::Promise,
                         .words = "estoy enferma, el viernes le pago",
                         .date = kToday + 3},
                        proven())),
            "agree respuesta_promesa_v1");
  for (const std::string_view words :
       {"trabajo en el hospital", "ya pagué la cuenta de la clínica", "¿cuánto debo de la cirugía?",
        "estoy enfermo de sus mensajes", "la situación está grave",
        "quiero un seguro de accidentes", "no puedo pagar"}) {
    EXPECT_FALSE(conversation::tells_of_illness(words)) << words;
  }
}

TEST(Respond, AsksOnceMoreWhoAnswersSomethingElse) {
  const auto may = [](std::string_view words) {
    return conversation::may_be_asked_again(conversation::understand({.text = words}), words);
  };
  for (const std::string_view words :
       {"¿cuánto debo?", "👍", "¿de parte de quién?", "quiero pagar en cuotas", "quanto eu devo?"})
    EXPECT_TRUE(may(words)) << words;
  for (const std::string_view words :
       {"soy la mamá", "ella falleció", "eso no es mío", "soy Pedro", "no me escriban más", "no"})
    EXPECT_FALSE(may(words)) << words;
}

TEST(Respond, LeavesInPeaceWhoHasNoTimeNow) {
  EXPECT_EQ(told(answer({.intent = Intent::CannotPay, .words = "no tengo tiempo ahora"}, proven())),
            "- respuesta_luego_v1");
  EXPECT_EQ(told(answer({.intent = Intent::Other, .words = "luego te hablo"}, proven(),
                        {.answered = "respuesta_luego_v1"})),
            "- silence");
  for (const std::string_view words :
       {"voy manejando", "ahorita no puedo hablar", "estoy ocupada, luego miro", "estoy en reunión",
        "não tenho tempo agora", "to no trabalho, depois te respondo", "al rato le contesto"}) {
    EXPECT_TRUE(conversation::puts_off_the_talk(words)) << words;
  }
  for (const std::string_view words :
       {"no tengo tiempo de ir a pagar", "no tengo plata ahora", "ahora no puedo pagar",
        "necesito más tiempo", "estoy sin trabajo", "estoy en el hospital", "después te pago",
        "no tengo tiempo, no me escriban más", "não tenho dinheiro agora", "estoy en la calle",
        "mañana le escribo y le abono"}) {
    EXPECT_FALSE(conversation::puts_off_the_talk(words)) << words;
  }
}

TEST(Respond, CallsAPersonForADiscountThatNoMandateGives) {
  EXPECT_EQ(
      told(answer({.intent = Intent::WantsPlan, .words = "¿me condonan los intereses?"}, proven())),
      "call_for_plan respuesta_revisa_persona_v1");
  EXPECT_EQ(told(answer({.intent = Intent::Other,
                         .words = "não dá pra tirar os juros?",
                         .decision = ReadingDecision::Ask},
                        proven())),
            "call_for_plan respuesta_revisa_persona_v1");
  Situation now = proven();
  const Mandate giving{
      .promise_days_max = 10, .instalments_max = 3, .plan_days_max = 90, .discount_percent = 10};
  now.mandate = &giving;
  EXPECT_EQ(
      told(answer({.intent = Intent::WantsPlan, .words = "¿hay descuento si pago todo?"}, now)),
      "- respuesta_opciones_v1");
  for (const std::string_view words :
       {"me quitan los recargos?", "me sacan los intereses?", "vocês perdoam os juros?",
        "se eu pagar tudo tem desconto?", "bájeme los intereses"})
    EXPECT_TRUE(conversation::asks_for_discount(words)) << words;
  for (const std::string_view words :
       {"¿cuánto es de intereses?", "perdone, ¿cuánto debo?", "perdón por la demora",
        "no estoy de acuerdo con los intereses", "me lo descontaron de nómina",
        "qual o valor com juros"}) {
    EXPECT_FALSE(conversation::asks_for_discount(words)) << words;
  }
}

TEST(AsksForReceipt, IsNotWhoSendsOne) {
  using conversation::asks_for_receipt;
  for (const std::string_view words :
       {"mándeme el recibo de mi pago", "me puede enviar el comprobante del pago que hice?",
        "necesito un soporte de pago", "no me llegó el recibo del pago",
        "regáleme un comprobante de que pagué", "recibo de pago porfa",
        "pode me mandar o comprovante do meu pagamento?", "quero o recibo do pagamento"}) {
    EXPECT_TRUE(asks_for_receipt(words)) << words;
  }
  for (const std::string_view words :
       {"ya le mandé el comprobante de pago", "le envío el soporte de la consignación",
        "aquí adjunto el comprobante de mi pago", "a quién le envío el comprobante de pago?",
        "necesito enviarle el comprobante de pago", "mándeme el recibo", "me manda la factura?",
        "já enviei o comprovante do pagamento", "quiero pagar"}) {
    EXPECT_FALSE(asks_for_receipt(words)) << words;
  }
}

TEST(Respond, MovesThePromiseThatWasJustMade) {
  Situation now = proven();
  now.agreed = Offer{.instalments = {{kToday + 3, 15'000'000}}};
  const Said better{.intent = Intent::No,
                    .words = "no, mejor el lunes",
                    .date = kToday + 6,
                    .decision = ReadingDecision::Ask};
  EXPECT_EQ(told(answer(better, now)),
            "- respuesta_aclarar_v1");  // Of another talk: a person may change it.
  now.may_move_agreed = true;
  const Turn moved = answer(better, now);
  EXPECT_EQ(told(moved), "agree respuesta_promesa_v1");
  EXPECT_EQ(moved.agreed, (Offer{.instalments = {{kToday + 6, 15'000'000}}}));
  EXPECT_EQ(told(answer({.intent = Intent::Promise,
                         .words = "mejor el 30 de diciembre",
                         .date = date_of(2026, 12, 30)},
                        now)),
            "- respuesta_propuesta_v1");
  EXPECT_EQ(
      told(answer(
          {.intent = Intent::Thanks, .words = "gracias, el lunes llamo", .date = kToday + 6}, now)),
      "- respuesta_gracias_v1");
  EXPECT_EQ(
      told(answer({.intent = Intent::Promise, .words = "le pago el viernes", .date = kToday + 3},
                  now)),
      "- respuesta_acuerdo_vigente_v1");
  now.debt.made = 2;  // As often as the mandate allows.
  EXPECT_EQ(told(answer(better, now)), "call_for_plan respuesta_acuerdo_otro_v1");
}

TEST(Respond, HearsBothThatAPartIsPaidAndWhatIsPromised) {
  const auto both = [](Situation now) {
    Heard heard{.words = "ya pagué 50 mil y el resto el viernes"};
    return conversation::respond(heard,
                                 conversation::understand({.text = heard.words,
                                                           .today = kToday,
                                                           .locale = "es_CO",
                                                           .currency = "COP",
                                                           .balance_minor = now.owed.minor}),
                                 {}, now);
  };
  const Turn turn = both(proven());
  EXPECT_EQ(told(turn), "claim respuesta_pago_y_resto_v1");
  EXPECT_EQ(turn.agreed, (Offer{.instalments = {{kToday + 3, 15'000'000}}}));
  Situation now = proven();
  now.paid_lately = Money{5'000'000, Currency::of("COP")};
  EXPECT_EQ(told(both(now)),
            "agree respuesta_promesa_v1");  // The books know it: what is left is a promise.
  now = proven();
  now.mandate = nullptr;
  EXPECT_EQ(told(both(now)), "call_for_plan respuesta_revisa_persona_v1");
}

TEST(Respond, CallsAPersonForTheServiceBesideAPayment) {
  const Turn turn =
      answer({.intent = Intent::Paid, .words = "pagué pero no me han reconectado"}, proven());
  EXPECT_EQ(told(turn), "claim respuesta_revisa_persona_v1");
  EXPECT_EQ(turn.also, Move::CallPerson);
  EXPECT_EQ(
      told(answer({.intent = Intent::Paid, .words = "ya pagué y sigo sin internet"}, proven(0))),
      "call_person respuesta_revisa_persona_v1");
  EXPECT_EQ(told(answer({.intent = Intent::Paid, .words = "ya pagué"}, proven())),
            "claim respuesta_pago_avisado_v1");
}

TEST(Respond, OpensTheCaseOfWhoDisputesAndIsNotProven) {
  Situation now = proven();
  now.is_proven = false;
  now.may_ask_who = true;
  EXPECT_EQ(told(answer({.intent = Intent::Dispute, .words = "eso no es mío"}, now)),
            "dispute respuesta_revisa_persona_v1");
  EXPECT_EQ(
      told(answer({.intent = Intent::Dispute, .words = "mmm", .decision = ReadingDecision::Ask},
                  now)),
      "ask_who silence");
}

TEST(Respond, AnswersEachIntentOfAProvenPerson) {
  const std::pair<Intent, std::string_view> kTable[] = {
      {Intent::Paid, "claim respuesta_pago_avisado_v1"},
      {Intent::Promise, "- respuesta_que_dia_v1"},
      {Intent::CannotPay, "hardship respuesta_opciones_v1"},
      {Intent::WantsPlan, "- respuesta_opciones_v1"},
      {Intent::WantsToPay, "- respuesta_donde_pagar_v1"},
      {Intent::AsksBalance, "- respuesta_saldo_v1"},
      {Intent::AsksInvoice, "statement respuesta_saldo_v1"},
      {Intent::Dispute, "dispute respuesta_reclamo_v1"},
      {Intent::WrongNumber, "call_to_read respuesta_revisa_persona_v1"},
      {Intent::ThirdParty, "call_to_read respuesta_revisa_persona_v1"},
      {Intent::Deceased, "call_to_read silence"},
      {Intent::Stop, "call_to_read silence"},
      {Intent::Complaint, "call_for_complaint respuesta_queja_v1"},
      {Intent::Insult, "call_for_complaint respuesta_queja_v1"},
      {Intent::WantsPerson, "call_to_answer respuesta_revisa_persona_v1"},
      {Intent::Yes, "- respuesta_gracias_v1"},
      {Intent::No, "- respuesta_aclarar_v1"},
      {Intent::Thanks, "- respuesta_gracias_v1"},
      {Intent::Greeting, "- respuesta_saludo_v1"},
      {Intent::Other, "- respuesta_aclarar_v1"},
  };
  static_assert(std::size(kTable) == kIntents);
  for (const auto& [intent, wanted] : kTable)
    EXPECT_EQ(told(answer({intent}, proven())), wanted) << text_of(intent);
}

TEST(Respond, HasATextForEveryAnswer) {
  const auto catalog = TemplateCatalog::built_in();
  ASSERT_TRUE(catalog);
  for (size_t i = 0; i < kIntents; ++i) {
    for (const int64_t owed : {int64_t{15'000'000}, int64_t{0}}) {
      const Turn turn = answer({static_cast<Intent>(i)}, proven(owed));
      if (!turn.reply) continue;
      const auto* text = catalog->find(turn.reply->template_name, "es_CO");
      ASSERT_NE(text, nullptr) << turn.reply->template_name;
      EXPECT_TRUE(text->is_answer) << turn.reply->template_name;
    }
  }
}

TEST(Respond, SaysNothingOfADebtToANumberThatIsNotProven) {
  Situation unproven = proven();
  unproven.is_proven = false;
  unproven.may_ask_who = true;
  for (size_t i = 0; i < kIntents; ++i) {
    const Turn turn = answer({static_cast<Intent>(i)}, unproven);
    const std::string_view text = turn.reply ? turn.reply->template_name : "";
    EXPECT_TRUE(text.empty() || text == "respuesta_persona_v1" ||
                text == "respuesta_revisa_persona_v1" || text == "respuesta_queja_v1" ||
                text == "respuesta_gracias_v1")
        << text;
  }
  const Turn asked = answer({Intent::AsksBalance}, unproven);
  EXPECT_EQ(told(asked), "ask_who silence");
  // The yes is answered with what they had asked.
  Heard yes{.words = "Sí, soy yo", .pressed = {}, .choice = {}, .says_who = true};
  EXPECT_EQ(told(conversation::respond(yes, {}, asked.next, proven())), "- respuesta_saldo_v1");
  EXPECT_EQ(told(conversation::respond(yes, {}, {}, proven())), "- silence");
  // Asked once, only a person goes on.
  unproven.may_ask_who = false;
  EXPECT_EQ(told(answer({Intent::AsksBalance}, unproven)),
            "call_for_unclear respuesta_revisa_persona_v1");
}

TEST(Respond, NotesAPromiseInsideTheMandate) {
  const Turn asked = answer({Intent::Promise}, proven());
  EXPECT_EQ(asked.next.asked, Asked::Date);
  const Turn promised =
      answer({.intent = Intent::Other, .date = date_of(2026, 11, 27)}, proven(), asked.next);
  EXPECT_EQ(told(promised), "agree respuesta_promesa_v1");
  ASSERT_EQ(promised.agreed.instalments.size(), 1U);
  EXPECT_EQ(promised.agreed.instalments[0].due_on, date_of(2026, 11, 27));
  EXPECT_EQ(promised.reply->agreement, "$ 150.000 el viernes 27 de noviembre");
  // Too far: the last day that is allowed is offered, and a yes takes it.
  const Turn late = answer({.intent = Intent::Promise, .date = date_of(2027, 1, 15)}, proven());
  EXPECT_EQ(told(late), "- respuesta_propuesta_v1");
  const Turn taken = answer({Intent::Yes}, proven(), late.next);
  EXPECT_EQ(told(taken), "agree respuesta_promesa_v1");
  EXPECT_LE(taken.agreed.instalments[0].due_on, kToday + mandate().promise_days_max);
  // Too little: the least that it takes.
  const Turn little =
      answer({.intent = Intent::Promise, .date = kToday + 3, .amount_minor = 1'000'000}, proven());
  EXPECT_EQ(told(little), "- respuesta_propuesta_parte_v1");
  EXPECT_EQ(little.next.offers.front().instalments[0].amount_minor, 7'500'000);
  // No mandate: a person.
  Situation alone = proven();
  alone.mandate = nullptr;
  EXPECT_EQ(told(answer({.intent = Intent::Promise, .date = kToday + 3}, alone)),
            "call_for_plan respuesta_revisa_persona_v1");
  EXPECT_EQ(told(answer({Intent::CannotPay}, alone)), "hardship respuesta_dificultad_v1");
}

TEST(Respond, TakesTheOfferThatIsChosen) {
  Heard poor;
  conversation::add_message(poor, "text", "no tengo un peso, ¿me lo dejan en cuotas?", {});
  EXPECT_EQ(told(conversation::respond(poor,
                                       {.intent = Intent::WantsPlan,
                                        .also = {Intent::CannotPay},
                                        .decision = ReadingDecision::Act},
                                       {}, proven())),
            "hardship respuesta_opciones_v1");
  const Turn offered = answer({Intent::WantsPlan}, proven());
  ASSERT_GE(offered.next.offers.size(), 2U);
  EXPECT_EQ(offered.reply->buttons_max, offered.next.offers.size());
  for (const std::string_view words : {"la 2", "Quiero la segunda porfa", "2", "opción 2"}) {
    const Turn taken = answer({.words = std::string(words), .decision = ReadingDecision::Ask},
                              proven(), offered.next);
    EXPECT_EQ(told(taken), "agree respuesta_promesa_v1") << words;
    EXPECT_EQ(taken.agreed, offered.next.offers[1]) << words;
  }
  // A yes to several is no choice; a number that is not there neither.
  const Turn which = answer({Intent::Yes}, proven(), offered.next);
  EXPECT_EQ(told(which), "- respuesta_cual_opcion_v1");
  EXPECT_EQ(told(answer({Intent::Yes}, proven(), which.next)),
            "call_for_plan respuesta_revisa_persona_v1");
  EXPECT_EQ(answer({.words = "la última"}, proven(), which.next).agreed,
            offered.next.offers.back());
  EXPECT_EQ(told(answer({.words = "la 9"}, proven(), offered.next)), "- respuesta_aclarar_v1");
  EXPECT_EQ(told(answer({Intent::CannotPay}, proven(), offered.next)),
            "call_for_plan respuesta_revisa_persona_v1");
  // A question in between takes nothing off the table.
  EXPECT_EQ(answer({Intent::AsksBalance}, proven(), offered.next).next.offers, offered.next.offers);
  EXPECT_EQ(told(answer({Intent::No}, proven(), offered.next)),
            "call_for_plan respuesta_revisa_persona_v1");
  // What was offered long ago is offered anew.
  Situation later = proven();
  later.debt.today = kToday + 60;
  EXPECT_EQ(told(answer({.words = "la 1"}, later, offered.next)), "- respuesta_opciones_v1");
}

// "3049", "¿en qué le podemos ayudar?", "sí": nothing was agreed. The offer is told once more, and
// then a yes takes it.
TEST(Respond, TakesNoOfferByAYesToAnotherQuestion) {
  Dialogue offered{.asked = Asked::Offer,
                   .offers = {{.instalments = {{kToday + 3, 15'000'000}}}},
                   .answered = "respuesta_propuesta_v1"};
  const Turn asked = answer({.words = "3049", .decision = ReadingDecision::Ask}, proven(), offered);
  EXPECT_EQ(told(asked), "- respuesta_aclarar_v1");
  const Turn again = answer({.intent = Intent::Yes, .words = "si"}, proven(), asked.next);
  EXPECT_EQ(told(again), "- respuesta_propuesta_v1");
  EXPECT_EQ(told(answer({.intent = Intent::Yes, .words = "si"}, proven(), again.next)),
            "agree respuesta_promesa_v1");
  EXPECT_EQ(told(answer({.intent = Intent::No, .words = "no"}, proven(), asked.next)),
            "call_for_unclear respuesta_revisa_persona_v1");
  EXPECT_EQ(told(answer({.intent = Intent::Yes, .words = "si"}, proven(), offered)),
            "agree respuesta_promesa_v1");
}

TEST(Respond, AsksBackOnceAndThenCallsAPerson) {
  const Turn first = answer({.decision = ReadingDecision::Ask}, proven());
  EXPECT_EQ(told(first), "- respuesta_aclarar_v1");
  EXPECT_EQ(told(answer({.decision = ReadingDecision::Ask}, proven(), first.next)),
            "call_for_unclear respuesta_revisa_persona_v1");
  EXPECT_EQ(answer({Intent::AsksBalance}, proven(), first.next).next.misunderstood, 0);
  EXPECT_EQ(
      told(answer({.intent = Intent::AsksBalance, .decision = ReadingDecision::Person}, proven())),
      "call_for_unclear respuesta_revisa_persona_v1");
}

TEST(Respond, OffersNothingUnaskedAtAnHourThatIsClosed) {
  Situation at_night = proven();
  at_night.may_offer = false;
  EXPECT_EQ(told(answer({Intent::CannotPay}, at_night)), "hardship respuesta_dificultad_luego_v1");
  EXPECT_EQ(told(answer({Intent::WantsPlan}, at_night)), "- respuesta_opciones_v1");
  EXPECT_EQ(told(answer({.words = "PLAN", .decision = ReadingDecision::Ask}, at_night)),
            "- respuesta_opciones_v1");
}

// Who writes, and whether they want silence, is not asked back with the buttons of a debt.
TEST(Respond, AsksNobodyBackWhoMayBeSomebodyElse) {
  for (const auto intent : {Intent::Deceased, Intent::Stop}) {
    EXPECT_EQ(told(answer({.intent = intent, .decision = ReadingDecision::Ask}, proven())),
              "call_to_read silence")
        << text_of(intent);
  }
  for (const auto intent : {Intent::WrongNumber, Intent::ThirdParty}) {
    EXPECT_EQ(told(answer({.intent = intent, .decision = ReadingDecision::Ask}, proven())),
              "call_to_read respuesta_revisa_persona_v1")
        << text_of(intent);
  }
  EXPECT_EQ(told(answer(
                {.intent = Intent::Promise, .words = "me robaron la identidad, eso no lo saqué yo"},
                proven())),
            "dispute respuesta_reclamo_v1");
}

TEST(Respond, TakesTheLabelOfAButtonForTheButton) {
  for (const auto& [words, wanted] : {std::pair{"Quiero un plan", Intent::WantsPlan},
                                      {"ya pagué", Intent::Paid},
                                      {"hablar con alguien", Intent::WantsPerson}}) {
    EXPECT_EQ(answer({.words = words, .decision = ReadingDecision::Ask}, proven()).intent, wanted)
        << words;
  }
  EXPECT_EQ(
      answer({.words = "no quiero un plan", .decision = ReadingDecision::Ask}, proven()).intent,
      Intent::Other);
}

TEST(Respond, SaysWhoWritesAndThatItIsAMachine) {
  EXPECT_EQ(told(answer({.words = "eres un robot?"}, proven())), "- respuesta_automatico_v1");
  EXPECT_EQ(told(answer({.intent = Intent::Insult, .words = "robot estúpido"}, proven())),
            "call_for_complaint respuesta_queja_v1");
  for (const std::string_view words : {"¿Quién es?", "de parte de quién", "hola, quien escribe"}) {
    EXPECT_EQ(conversation::understand({.text = words,
                                        .today = kToday,
                                        .locale = "es_CO",
                                        .currency = "COP",
                                        .balance_minor = {}})
                  .intent,
              Intent::Greeting)
        << words;
  }
  EXPECT_FALSE(conversation::asks_who_writes("no sé quién es"));
}

TEST(Respond, ThanksOnceForThanks) {
  const Turn first = answer({Intent::Thanks}, proven());
  EXPECT_EQ(told(answer({Intent::Thanks}, proven(), first.next)), "- silence");
  // A courtesy takes nothing off the table.
  const Turn asked = answer({Intent::Promise}, proven());
  EXPECT_EQ(answer({Intent::Thanks}, proven(), asked.next).next.asked, Asked::Date);
}

TEST(Respond, KnowsWhatTheBooksKnowOfAPayment) {
  Situation part = proven();
  part.paid_lately = Money{5'000'000, Currency::of("COP")};
  const Turn told_part = answer({Intent::Paid}, part);
  EXPECT_EQ(told(told_part), "- respuesta_pago_parte_v1");
  EXPECT_EQ(told(answer({Intent::Paid}, part, told_part.next)),
            "claim respuesta_pago_avisado_v1");  // They insist.
  EXPECT_EQ(told(answer({.intent = Intent::Paid, .amount_minor = 9'000'000}, part)),
            "claim respuesta_pago_avisado_v1");
  Situation all = proven(0);
  all.paid_lately = part.paid_lately;
  EXPECT_EQ(told(answer({Intent::Paid}, all)), "- respuesta_pago_visto_v1");
}

TEST(Respond, TakesAPictureForAReceiptWhereOneIsExpected) {
  const auto sent = [](std::string_view type, std::string_view caption, const Situation& now) {
    Heard heard;
    conversation::add_message(heard, type, caption, {});
    return conversation::respond(heard, {}, {}, now);
  };
  Situation claimed = proven();
  claimed.claims = true;
  EXPECT_EQ(told(sent("image", "", claimed)), "receipt respuesta_comprobante_v1");
  EXPECT_EQ(told(sent("document", "mi pago", proven())), "receipt respuesta_comprobante_v1");
  EXPECT_EQ(told(sent("image", "", proven())), "receipt respuesta_comprobante_v1");
  EXPECT_EQ(told(sent("image", "", proven(0))), "- respuesta_aclarar_v1");
  EXPECT_EQ(told(sent("image", "mire cómo quedó el poste", proven())), "- respuesta_aclarar_v1");
  EXPECT_EQ(told(sent("audio", "", proven())), "- respuesta_voz_v1");
  EXPECT_EQ(told(sent("sticker", "", proven())), "- silence");
  EXPECT_EQ(told(sent("reaction", "👍", proven())), "- silence");
}

// The second time a person has it, and reminders rest no longer for a word; a picture is what was
// asked for.
TEST(Respond, RestsForAClaimOnceAndForItsReceiptOnce) {
  const Turn first = answer({Intent::Paid}, proven());
  EXPECT_EQ(told(first), "claim respuesta_pago_avisado_v1");
  const Turn between = answer({Intent::Thanks}, proven(), first.next);
  const Turn second = answer({Intent::Paid}, proven(), between.next);
  EXPECT_EQ(told(second), "claim_again respuesta_pago_insiste_v1");
  EXPECT_EQ(told(answer({Intent::Paid}, proven(9'000'000), second.next)),
            "claim respuesta_pago_avisado_v1");  // Of another debt, or of what is left.
  Heard picture;
  conversation::add_message(picture, "image", "mi pago", {});
  const Turn receipt = conversation::respond(picture, {}, first.next, proven());
  EXPECT_EQ(told(receipt), "receipt respuesta_comprobante_v1");
  EXPECT_EQ(told(conversation::respond(picture, {}, receipt.next, proven())),
            "claim_again respuesta_comprobante_v1");
}

TEST(Respond, HandsOverWhatItCanNotHearTheSecondTime) {
  const auto sent = [](std::string_view type, const Dialogue& before) {
    Heard heard;
    conversation::add_message(heard, type, "", {});
    return conversation::respond(heard, {}, before, proven(0));
  };
  const Turn voice = sent("audio", {});
  EXPECT_EQ(told(voice), "- respuesta_voz_v1");
  const Turn between = answer({Intent::Thanks}, proven(), voice.next);
  EXPECT_EQ(told(sent("audio", between.next)), "call_for_unclear respuesta_revisa_persona_v1");
  EXPECT_EQ(told(sent("image", voice.next)), "call_for_unclear respuesta_revisa_persona_v1");
}

TEST(Respond, SaysWhoWritesToWhoFearsAFraudProvenOrNot) {
  for (const std::string_view words :
       {"¿Esto es una estafa?", "es fraude?", "¿Este número es oficial?", "isso é golpe?"}) {
    for (const bool is_proven : {true, false}) {
      Situation now = proven();
      now.is_proven = is_proven;
      EXPECT_EQ(told(answer({.intent = Intent::Yes, .words = std::string(words)}, now)),
                "- respuesta_comprobar_v1")
          << words;
    }
  }
  EXPECT_EQ(told(answer({.intent = Intent::Complaint,
                         .words = "son unos ladrones, es una estafa lo que cobran"},
                        proven())),
            "call_for_complaint respuesta_queja_v1");
}

TEST(Respond, LeavesTheServiceToAPersonAndOffersNoInstalments) {
  for (const std::string_view words : {"necesito reconexión", "Quiero cancelar el contrato",
                                       "quiero terminar el servicio", "cuándo me reconectan"}) {
    EXPECT_EQ(told(answer({.intent = Intent::WantsPlan, .words = std::string(words)}, proven())),
              "call_to_answer respuesta_revisa_persona_v1")
        << words;
  }
  EXPECT_EQ(
      told(answer({.intent = Intent::Paid, .words = "ya pagué, necesito reconexión"}, proven())),
      "claim respuesta_pago_avisado_v1");
  EXPECT_EQ(
      told(answer({.intent = Intent::WantsPlan, .words = "quiero cancelar en cuotas"}, proven())),
      "- respuesta_opciones_v1");
}

TEST(Respond, LeavesTheLawToAPersonWhateverElseItReads) {
  for (const std::string_view words :
       {"mi abogado los va a llamar", "ya puse una tutela", "vou ao Procon"}) {
    EXPECT_EQ(
        told(answer(
            {.intent = Intent::Paid, .words = std::string(words), .decision = ReadingDecision::Ask},
            proven())),
        "call_for_law respuesta_revisa_persona_v1")
        << words;
  }
}

TEST(Respond, TakesNoOfferOfAnOlderList) {
  Heard asked;
  asked.turn = 7;
  conversation::add_message(asked, "text", "en cuotas", {});
  const Turn offered = conversation::respond(
      asked, {.intent = Intent::WantsPlan, .decision = ReadingDecision::Act}, {}, proven());
  ASSERT_EQ(told(offered), "- respuesta_opciones_v1");
  const auto press = [&](std::optional<int64_t> quotes, const Dialogue& before) {
    Heard pressed;
    pressed.turn = 9;
    pressed.quotes = quotes;
    conversation::add_message(pressed, "interactive", "Opción 2", "OPCION_2");
    return conversation::respond(pressed, {}, before, proven());
  };
  EXPECT_EQ(told(press(7, offered.next)), "agree respuesta_promesa_v1");
  const Turn old = press(3, offered.next);
  EXPECT_EQ(told(old), "- respuesta_opcion_vencida_v1");
  EXPECT_EQ(old.reply->options, offered.reply->options);
  EXPECT_EQ(told(press(7, old.next)),
            "agree respuesta_promesa_v1");  // What is on the table is the same.
  EXPECT_EQ(told(press(3, {})), "- respuesta_opcion_vencida_v1");
  Heard yes;
  yes.quotes = 3;
  conversation::add_message(yes, "text", "sí, la primera", {});
  EXPECT_EQ(told(conversation::respond(
                yes, {.intent = Intent::Yes, .choice = 1, .decision = ReadingDecision::Act},
                offered.next, proven())),
            "- respuesta_opcion_vencida_v1");
}

TEST(Respond, AsksForASumThatCanBe) {
  const Turn absurd = answer(
      {.intent = Intent::Promise, .date = kToday + 3, .amount_minor = 900'000'000}, proven());
  EXPECT_EQ(told(absurd), "- respuesta_cuanto_v1");
  EXPECT_EQ(told(answer({.intent = Intent::Promise, .date = kToday + 3, .amount_minor = 15'500'000},
                        proven())),
            "agree respuesta_promesa_v1");  // A round sum.
  EXPECT_EQ(
      told(answer({.intent = Intent::Promise, .words = "le pago 0 el viernes", .date = kToday + 3},
                  proven())),
      "- respuesta_cuanto_v1");
  EXPECT_EQ(
      told(answer(
          {.intent = Intent::Promise, .words = "le pago -1 peso el viernes", .date = kToday + 3},
          proven())),
      "- respuesta_cuanto_v1");
}

TEST(Respond, SaysThatItRemindsOnlyWhereItWill) {
  EXPECT_EQ(told(answer({.intent = Intent::Promise, .date = kToday + 2}, proven())),
            "agree respuesta_promesa_v1");
  EXPECT_EQ(told(answer({.intent = Intent::Promise, .date = kToday + 1}, proven())),
            "agree respuesta_promesa_sola_v1");
  Situation now = proven();
  now.remind_from = kToday + 3;  // The second of two is no notice of the first.
  EXPECT_EQ(
      told(answer(
          {.words = "2"}, now,
          {.asked = Asked::Offer,
           .offers = {{}, {.instalments = {{kToday + 2, 7'500'000}, {kToday + 20, 7'500'000}}}}})),
      "agree respuesta_promesa_sola_v1");
  now.remind_from.reset();
  EXPECT_EQ(told(answer({.intent = Intent::Promise, .date = kToday + 5}, now)),
            "agree respuesta_promesa_sola_v1");
}

TEST(Dialogue, IsKeptAndReadLeniently) {
  Dialogue dialogue{
      .asked = Asked::Offer,
      .offers = {{.instalments = {{kToday, 100}, {kToday + 14, 101}}, .discount_minor = 7}},
      .amount_minor = 5,
      .date = kToday,
      .is_part = true,
      .waits = Intent::AsksBalance,
      .misunderstood = 1,
      .offered_turn = 4,
      .unheard = 1,
      .claims = 2,
      .claimed_minor = 7,
      .heard_from = 3,
      .is_retaken = true,
      .answered = "respuesta_opciones_v1"};
  EXPECT_EQ(conversation::dialogue_of(conversation::dialogue_json(dialogue)), dialogue);
  EXPECT_EQ(conversation::dialogue_of(""), Dialogue{});
  EXPECT_EQ(conversation::dialogue_of("{broken"), Dialogue{});
  // A later version's words are passed over; half an offer is none.
  EXPECT_EQ(conversation::dialogue_of(R"({"asked":"mood","colour":"red","misunderstood":2})")
                .misunderstood,
            2);
  EXPECT_EQ(conversation::dialogue_of(
                R"({"asked":"offer","offers":[{"instalments":[{"due_on":"never"}]}]})")
                .asked,
            Asked::Nothing);
}

// Half understood as paid or as not theirs: asked back, and nobody is reminded meanwhile.
TEST(Respond, WhatMayBeAClaimRestsWhileItIsAskedBack) {
  const Said insured{.intent = Intent::Dispute,
                     .words = "esa deuda la pagó mi seguro",
                     .decision = ReadingDecision::Ask};
  const Said shared{.intent = Intent::Paid,
                    .words = "soy el codeudor y ya pagué mi parte",
                    .decision = ReadingDecision::Ask};
  EXPECT_EQ(told(answer(insured, proven())), "dispute respuesta_aclarar_v1");
  const Turn first = answer(shared, proven());
  EXPECT_EQ(told(first), "claim respuesta_aclarar_v1");
  EXPECT_EQ(told(answer(shared, proven(), first.next)),
            "call_for_unclear respuesta_revisa_persona_v1");
  EXPECT_EQ(told(answer({.intent = Intent::Yes, .decision = ReadingDecision::Ask}, proven())),
            "- respuesta_aclarar_v1");
  EXPECT_EQ(told(answer(shared, proven(0))), "- respuesta_aclarar_v1");
}

TEST(Respond, ADoublePaymentIsLookedForByAPerson) {
  for (const auto* words : {"pagué dos veces", "ya pagué doble",
                            "me descontaron dos veces la cuota", "paguei duas vezes"}) {
    for (const auto intent : {Intent::Paid, Intent::Dispute}) {
      const Turn owing =
          answer({.intent = intent, .words = words, .decision = ReadingDecision::Ask}, proven());
      EXPECT_EQ(told(owing), "claim respuesta_revisa_persona_v1") << words;
      EXPECT_EQ(owing.also, Move::CallToAnswer) << words;
      EXPECT_EQ(told(answer({.intent = intent, .words = words, .decision = ReadingDecision::Ask},
                            proven(0))),
                "call_to_answer respuesta_revisa_persona_v1")
          << words;
    }
  }
  EXPECT_EQ(told(answer({.intent = Intent::Paid, .words = "ya pagué las dos facturas"}, proven())),
            "claim respuesta_pago_avisado_v1");
  EXPECT_EQ(
      told(answer({.intent = Intent::Paid, .words = "ya les dije dos veces que pagué"}, proven())),
      "claim respuesta_pago_avisado_v1");
}

}  // namespace
}  // namespace puntual
