#include "core/conversation/opt_out.h"

#include <gtest/gtest.h>

namespace puntual {
namespace {

struct Example {
  std::string_view text;
  OptOutVerdict verdict;
};

constexpr Example kExamples[] = {
    {"BAJA", OptOutVerdict::Stop},
    {"  baja. ", OptOutVerdict::Stop},
    {"STOP", OptOutVerdict::Stop},
    {"Stop!!!", OptOutVerdict::Stop},
    {"no más", OptOutVerdict::Stop},
    {"No mas mensajes por favor", OptOutVerdict::Stop},
    {"por favor no me escriban más", OptOutVerdict::Stop},
    {"ya pagué, y no me escriban más", OptOutVerdict::Stop},
    {"Dejen de escribirme", OptOutVerdict::Stop},
    {"dejen de escribir", OptOutVerdict::Stop},
    {"sair", OptOutVerdict::Stop},
    {"Não me mandem mais mensagem", OptOutVerdict::Stop},
    {"Quiero darme de baja", OptOutVerdict::Stop},
    {"borren mi número", OptOutVerdict::Stop},
    {"quiero cancelar esta factura", OptOutVerdict::Doubt},
    {"¿puedo dar de baja el internet?", OptOutVerdict::Doubt},
    {"STOP this bill", OptOutVerdict::Doubt},
    {"ya pagué", OptOutVerdict::None},
    {"el viernes te pago", OptOutVerdict::None},
    {"no puedo este mes", OptOutVerdict::None},
    {"trabajo en el bajamar", OptOutVerdict::None},
    {"", OptOutVerdict::None},
    {"👍", OptOutVerdict::None},
};

TEST(OptOut, ReadsWhatPeopleWrite) {
  for (const auto& [text, verdict] : kExamples) {
    EXPECT_EQ(conversation::opt_out_of(text, ""), verdict) << text;
  }
}

TEST(OptOut, TheButtonAlwaysStops) {
  EXPECT_EQ(conversation::opt_out_of("No más mensajes", "BAJA"), OptOutVerdict::Stop);
}

}  // namespace
}  // namespace puntual
