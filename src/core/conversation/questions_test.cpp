#include "core/conversation/questions.h"

#include <gtest/gtest.h>

#include "core/conversation/grave_words.h"
#include "core/conversation/respond.h"
#include "core/messaging/template.h"

namespace puntual {
namespace {

Situation owing(bool is_proven) {
  const CivilDate today = date_of(2026, 11, 24);
  return {.owed = {15'000'000, Currency::of("COP")},
          .debt = {.owed = {15'000'000, Currency::of("COP")}, .today = today, .is_closed = {}},
          .locale = "es_CO",
          .is_proven = is_proven,
          .claim_until = today + 3,
          .paid_lately = {},
          .agreed = {},
          .remind_from = today + 1};
}

Turn turn_on(std::string_view words, const Situation& now) {
  Heard heard;
  conversation::add_message(heard, "text", words, {});
  const Reading reading = conversation::understand({.text = words,
                                                    .today = date_of(2026, 11, 24),
                                                    .locale = "es_CO",
                                                    .currency = "COP",
                                                    .balance_minor = {}});
  return conversation::respond(heard, reading, {}, now);
}
std::string answer_to(std::string_view words, const Situation& now) {
  const Turn turn = turn_on(words, now);
  return fmt::format("{} {}", turn.move ? text_of(*turn.move) : "-",
                     turn.reply ? turn.reply->template_name : "silence");
}

TEST(AsksWhatArrearsAre, AndOfNoSumOfTheirs) {
  using conversation::asks_what_arrears_are;
  for (const std::string_view words :
       {"¿qué es la mora?", "que es mora", "Disculpe, ¿qué significa estar en mora?",
        "qué quiere decir vencido?", "no entiendo eso de la mora", "explíqueme qué es la mora",
        "o que é mora?", "o que quer dizer vencida?"}) {
    EXPECT_TRUE(asks_what_arrears_are(words)) << words;
  }
  for (const std::string_view words :
       {"¿qué es esa mora que me cobran?", "¿cuánto es la mora?", "¿por qué pago mora?",
        "qué es mi mora de 20 mil", "ele não mora aqui", "quiten la mora", "la mora es injusta",
        ""}) {
    EXPECT_FALSE(asks_what_arrears_are(words)) << words;
  }
}

TEST(Respond, SaysWhatArrearsAreAndTheBalanceOnlyToWhoIsProven) {
  Situation now = owing(true);
  EXPECT_EQ(answer_to("¿qué es la mora?", now), "- respuesta_mora_saldo_v1");
  now.owed.minor = 0;
  EXPECT_EQ(answer_to("¿qué es la mora?", now), "- respuesta_mora_v1");
  EXPECT_EQ(answer_to("o que é mora?", now), "- respuesta_mora_v1");
  EXPECT_EQ(answer_to("¿qué es la mora?", owing(false)),
            "call_to_answer respuesta_revisa_persona_v1");
}

TEST(Respond, SaysFromWhereTheNumberIs) {
  for (const std::string_view words :
       {"¿de dónde sacaron mi número?", "quién les dio mi número", "onde conseguiram meu número?",
        "¿de dónde sacaron mis datos?"}) {
    EXPECT_EQ(answer_to(words, owing(true)), "- respuesta_origen_v1") << words;
    EXPECT_EQ(answer_to(words, owing(false)), "- respuesta_origen_v1") << words;
    EXPECT_EQ(conversation::right_asked_for(words), RightKind::Access) << words;
  }
  EXPECT_EQ(answer_to("quiero copia de la autorización que firmé", owing(true)),
            "- respuesta_revisa_persona_v1");
}

// What they are told to write is heard.
TEST(Respond, HearsTheWordsItTellsThemToWrite) {
  const auto catalog = TemplateCatalog::built_in();
  ASSERT_TRUE(catalog);
  for (const std::string_view language : {"es_CO", "pt_BR"}) {
    const std::string& body = catalog->find("respuesta_origen_v1", language)->body;
    const size_t colon = body.rfind(": ");
    ASSERT_NE(colon, std::string::npos) << language;
    EXPECT_EQ(conversation::right_asked_for(body.substr(colon + 2)), RightKind::Erasure) << body;
  }
}

TEST(NamesInvoice, HoweverItIsSpaced) {
  using conversation::names_invoice;
  for (const std::string_view words : {"la F-1042 ya la pagué", "y la f1042?", "factura F 1042."})
    EXPECT_TRUE(names_invoice(words, "F-1042")) << words;
  EXPECT_TRUE(names_invoice("la 10422 la pagué", "10422"));
  for (const std::string_view words : {"la F-10421", "F 104", "1042", "AF-1042", ""})
    EXPECT_FALSE(names_invoice(words, "F-1042")) << words;
  EXPECT_FALSE(names_invoice("le pago el 30", "30"));
  EXPECT_FALSE(names_invoice("la factura", "factura"));
  EXPECT_FALSE(names_invoice("", ""));
}

TEST(Respond, SaysThatAnInvoiceWasTakenBack) {
  Situation now = owing(true);
  EXPECT_EQ(answer_to("la factura F-1042 ya la pagué", now), "claim respuesta_pago_avisado_v1");
  now.names_withdrawn = true;
  EXPECT_EQ(answer_to("la factura F-1042 ya la pagué", now),
            "call_to_answer respuesta_retirada_v1");
  EXPECT_EQ(answer_to("cuánto debo de la F-1042?", now), "- respuesta_retirada_v1");
  EXPECT_EQ(answer_to("no debo nada de la F-1042, está mal", now), "dispute respuesta_reclamo_v1");
  now.is_proven = false;
  now.may_ask_who = true;
  EXPECT_EQ(answer_to("la factura F-1042 ya la pagué", now), "ask_who silence");
}

TEST(AsksForClosedDays, AndOfNothingElseOnASunday) {
  using conversation::asks_for_closed_days;
  for (const std::string_view words :
       {"solo domingos", "escríbanme solo los domingos", "solo puedo hablar los domingos",
        "únicamente domingos y festivos por favor", "só aos domingos",
        "prefiero que sea el domingo"})
    EXPECT_TRUE(asks_for_closed_days(words)) << words;
  for (const std::string_view words :
       {"solo pago los domingos", "los domingos no me escriban", "solo me pagan el domingo",
        "el domingo le pago", "solo sábados y domingos trabajo", "prefiero el lunes", ""})
    EXPECT_FALSE(asks_for_closed_days(words)) << words;
  EXPECT_EQ(answer_to("escríbanme solo los domingos", owing(true)),
            "call_to_answer respuesta_domingo_v1");
  EXPECT_EQ(answer_to("escríbanme solo los domingos", owing(false)),
            "call_to_answer respuesta_domingo_v1");
}

TEST(WarnsUsOff, IsWhoForbidsToWriteAgain) {
  using conversation::warns_us_off;
  for (const std::string_view text :
       {"si me vuelven a escribir los demando", "si siguen escribiendo los denuncio",
        "se continuarem me ligando vou denunciar"}) {
    EXPECT_TRUE(warns_us_off(text)) << text;
  }
  for (const std::string_view text : {"los voy a denunciar por acoso", "vou denunciar vocês", ""})
    EXPECT_FALSE(warns_us_off(text)) << text;
}

}  // namespace
}  // namespace puntual
